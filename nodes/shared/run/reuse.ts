import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { readSwitch } from '../item/itemReader';
import { toDataObject } from './output';
import { nodeOf } from '../item/itemRun';

/** How often the node has run before in this execution. */
export function runIndexOf(context: IExecuteFunctions): number {
	const value: unknown = context.evaluateExpression('{{ $runIndex }}', 0);
	return typeof value === 'number' ? value : 0;
}

/** How a run has ended: `open` when it threw or waits, `partly` when it goes on without some items. */
export type RunEnd = 'open' | 'partly' | 'done';

/** Results that a run of n8n's has paid for, by what they were made of, for its Retry. */
export interface Reuse {
	isOn: boolean;
	known(key: string): object | undefined;
	keep(key: string, result: object): void;
	/** Results are left behind only for a run that n8n may start again. */
	close(end: RunEnd): void;
}

const NONE: Reuse = {
	...{ isOn: false, known: () => undefined },
	...{ keep: () => undefined, close: () => undefined },
};

/** In the node's context of the execution. */
const KEY = 'reusableResults';
const keptSchema = z.object({
	/** How often the node had run before in the execution: Loop Over Items is not a retry. */
	run: z.number(),
	results: z.record(z.string(), z.looseObject({})),
});

/**
 * Results are kept in the node's context of the execution: n8n stores it with an execution that failed,
 * and hands it to a Retry of that execution alone. They are kept as they were paid for, before the
 * fields of an item stand beside them.
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
			// A run that goes on is started again for Retry On Fail only.
			const mayComeAgain = end === 'partly' && nodeOf(context).retryOnFail === true;
			if (end !== 'open' && !mayComeAgain) delete store[KEY];
		},
	};
}

/** Work that says how it ended; one that throws has not. */
type Work<Results> = (reuse: Reuse) => Promise<{ results: Results; end: RunEnd }>;

/** Leaves what a Retry may reuse behind, or clears it away, as the work ended. */
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
