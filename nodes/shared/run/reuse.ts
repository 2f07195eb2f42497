import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { readSwitch } from '../item/itemReader';
import { toDataObject } from './output';
import { nodeOf } from '../item/itemRun';

/** How many times the node has run before in this execution. */
export function runIndexOf(context: IExecuteFunctions): number {
	const value: unknown = context.evaluateExpression('{{ $runIndex }}', 0);
	return typeof value === 'number' ? value : 0;
}

/** How a run has ended: `open` if it threw or waits, `partly` if it continues without some items. */
export type RunEnd = 'open' | 'partly' | 'done';

/** Results that a run has paid for, by what they depend on, for n8n's Retry. */
export interface Reuse {
	isOn: boolean;
	known(key: string): object | undefined;
	keep(key: string, result: object): void;
	/** Results are only kept for a run that n8n may start again. */
	close(end: RunEnd): void;
}

const NONE: Reuse = {
	...{ isOn: false, known: () => undefined },
	...{ keep: () => undefined, close: () => undefined },
};

/** The key in the node's context of the execution. */
const KEY = 'reusableResults';
const keptSchema = z.object({
	/** How many times the node had run before in the execution: Loop Over Items is not a retry. */
	run: z.number(),
	results: z.record(z.string(), z.looseObject({})),
});

/**
 * Results are kept in the node's context of the execution: n8n stores it with a failed execution, and
 * passes it to a Retry of that execution only. They are kept as they were paid for, without the fields
 * of an item.
 */
function openReuse(context: IExecuteFunctions): Reuse {
	if (!readSwitch(context, 'options.reuseResults')) return NONE;
	const store = context.getContext('node');
	const run = runIndexOf(context);
	const before = keptSchema.safeParse(store[KEY]).data;
	const results: Record<string, object> = before?.run === run ? { ...before.results } : {};
	store[KEY] = { run, results };
	return {
		isOn: true,
		known: (key) => (Object.hasOwn(results, key) ? results[key] : undefined),
		keep(key, result) {
			results[key] = toDataObject(result);
		},
		close(end) {
			// A run that continues is only started again by Retry On Fail.
			const mayComeAgain = end === 'partly' && nodeOf(context).retryOnFail === true;
			if (end !== 'open' && !mayComeAgain) delete store[KEY];
		},
	};
}

/** Work that says how it ended; if it throws, it has not. */
type Work<Results> = (reuse: Reuse) => Promise<{ results: Results; end: RunEnd }>;

/** Keeps or removes what a Retry may reuse, depending on how the work ended. */
export async function withReuse<Results>(
	context: IExecuteFunctions,
	work: Work<Results>,
): Promise<Results> {
	const reuse = openReuse(context);
	let end: RunEnd = 'open';
	try {
		const ended = await work(reuse);
		end = ended.end;
		return ended.results;
	} finally {
		reuse.close(end);
	}
}
