import type { INodeExecutionData, ITaskData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { addSpending, noSpending, type Spending } from '../core/usage';
import type { NodeResult, RunResult } from './engine';

export interface Paid extends Spending {
	models: string[];
}

const count = z.number().catch(0);
const usage = z.object({ promptTokens: count, completionTokens: count, totalTokens: count });
const facts = z.object({
	model: z.string().optional().catch(undefined),
	requests: count,
	retries: count,
	costUsd: z.number().nullable().catch(0),
	usage,
});
/** From a good item, from a failed one, and from the context of an error that stopped the run. */
const record = z.union([
	facts,
	z.object({ details: facts }).transform(({ details }) => details),
	z.object({ data: facts }).transform(({ data }) => data),
]);
const answered = z.object({ response: z.array(z.unknown()) });

export const nothingPaid = (): Paid => ({ ...noSpending(), models: [] });

export function addPaid(a: Paid, b: Paid): Paid {
	return { ...addSpending(a, b), models: [...new Set([...a.models, ...b.models])] };
}

/**
 * Everything that the TokenHub nodes of a run paid for, including those in tools and called workflows.
 */
export function paidIn({ nodes, called, run }: RunResult): Paid {
	const { runData = {} } = run?.data.resultData ?? {};
	const ours = Object.entries(nodes).filter(([, { type }]) =>
		type.startsWith('n8n-nodes-tokenhub.'),
	);
	const paid = ours.flatMap(([name, node]) => {
		const logged = (runData[name] ?? []).flatMap(loggedIn);
		// A failed run has no log: its error says what it cost.
		return logged.length > 0 ? [...logged, ...paidBy({ ...node, outputs: [] })] : paidBy(node);
	});
	return [...paid, ...called.map(paidIn)].reduce(addPaid, nothingPaid());
}

/** What our nodes write to n8n's log of a run. Their items have less with Simplify Output. */
const logSchema = z.object({
	...{ models: z.array(z.string()), requests: z.number(), retries: count },
	costUsd: z.number().nullable(),
	tokenUsage: usage.default(noSpending().usage),
});

function loggedIn({ data }: ITaskData): Paid[] {
	return (data?.ai_languageModel ?? []).flat().flatMap((item) => {
		const { data: log } = logSchema.safeParse(item?.json);
		if (!log) return [];
		const { tokenUsage, ...rest } = log;
		return [{ ...rest, usage: tokenUsage }];
	});
}

function paidBy({ outputs, error }: NodeResult): Paid[] {
	const thrown: unknown[] = error ? [error.context] : [];
	return [...outputs.flat().flatMap(jsonOf), ...thrown].flatMap((value) => {
		const { data } = record.safeParse(value);
		return data ? [{ ...data, models: data.model ? [data.model] : [] }] : [];
	});
}

/** A tool's item contains the items that its node put out. */
function jsonOf({ json }: INodeExecutionData): unknown[] {
	const tool = answered.safeParse(json);
	return tool.success ? tool.data.response : [json];
}
