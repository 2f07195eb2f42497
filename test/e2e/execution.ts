import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod/v4';
import { callRest, type Rest } from './rest';
import { unflatten } from './unflatten';

const itemSchema = z.looseObject({
	json: z.record(z.string(), z.unknown()),
	pairedItem: z.unknown(),
});
export type Item = z.output<typeof itemSchema>;

const nodeRunSchema = z.looseObject({
	executionStatus: z.string(),
	error: z.looseObject({ message: z.string() }).optional(),
	data: z.record(z.string(), z.array(z.array(itemSchema).nullable())).default({}),
});

const runDataSchema = z.object({
	resultData: z.looseObject({
		runData: z.record(z.string(), z.array(nodeRunSchema)),
		lastNodeExecuted: z.string().optional(),
		error: z.looseObject({ message: z.string() }).optional(),
	}),
});

export interface Execution {
	status: string;
	/** What stopped it. */
	error?: string;
	lastNode: string;
	/** The items that a node gave in its last run, for each of its outputs. */
	outputs(node: string, connection?: string): Item[][];
	/** How often a node ran. */
	runs(node: string): number;
}

const FINISH_TIMEOUT_MS = 90_000;
const executionSchema = z.object({ data: z.object({ status: z.string(), data: z.string() }) });
const UNFINISHED = ['new', 'running', 'waiting', 'unknown'];

export async function untilFinished(rest: Rest, id: string): Promise<Execution> {
	const deadline = Date.now() + FINISH_TIMEOUT_MS;
	for (;;) {
		const answer = await callRest(rest, `/rest/executions/${id}`);
		const { status, data } = executionSchema.parse(answer).data;
		if (!UNFINISHED.includes(status)) return readExecution(status, data);
		if (Date.now() > deadline) throw new Error(`execution ${id} is still ${status}`);
		await sleep(100);
	}
}

function readExecution(status: string, flat: string): Execution {
	const { runData, lastNodeExecuted, error } = runDataSchema.parse(unflatten(flat)).resultData;
	return {
		status,
		error: error?.message,
		lastNode: lastNodeExecuted ?? '',
		outputs: (node, connection = 'main') =>
			(runData[node]?.at(-1)?.data[connection] ?? []).map((items) => items ?? []),
		runs: (node) => runData[node]?.length ?? 0,
	};
}
