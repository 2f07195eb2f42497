import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { fingerprint } from '../../../core/names';
import { reused } from '../../../core/usage';
import { valueOrReason } from '../../../core/messageOf';
import { readParameters, readSwitch } from '../item/itemReader';
import { readCredential } from '../account/readCredential';
import { runOptionKeys } from '../form/runOptions';
import { subNodesOf } from './subNodes';
import { toDataObject } from './output';

/** How a run has ended: `open` when it threw or waits, `partly` when it goes on without some items. */
export type RunEnd = 'open' | 'partly' | 'done';

/** Finished items of a run that failed, for n8n's Retry of the same execution. */
export interface Reuse {
	/** What the item gave before; it costs nothing now. */
	known(itemIndex: number): Promise<object[] | undefined>;
	/** Takes the results of an item that was not known. */
	keep(itemIndex: number, results: readonly object[]): void;
	/** Results are left behind only for a run that n8n may start again. */
	close(end: RunEnd): void;
}

const NONE: Reuse = {
	known: () => Promise.resolve(undefined),
	keep: () => undefined,
	close: () => undefined,
};

/** In the node's context of the execution. */
const KEY = 'reusableResults';
const keptSchema = z.object({
	/** How often the node had run before in the execution: Loop Over Items is not a retry. */
	run: z.number(),
	/** By what they were made of. */
	results: z.record(z.string(), z.array(z.looseObject({}))),
});

/**
 * Results are kept in the node's context of the execution: n8n stores it with an execution that failed,
 * and hands it to a Retry of that execution alone.
 */
export function openReuse(context: IExecuteFunctions): Reuse {
	if (!readSwitch(context, 'options.reuseResults')) return NONE;
	const store = context.getContext('node');
	const run = Number(context.evaluateExpression('{{ $runIndex }}', 0));
	const before = keptSchema.safeParse(store[KEY]).data;
	const results = before?.run === run ? { ...before.results } : {};
	const keys = new Map<number, string>();
	store[KEY] = { run, results };
	return {
		async known(itemIndex) {
			// Without a credential there is nothing to be told apart by; the item says so itself.
			const key = await valueOrReason(() => fingerprintOf(context, itemIndex));
			if (!key.ok) return undefined;
			keys.set(itemIndex, key.value);
			return Object.hasOwn(results, key.value) ? results[key.value]?.map(reused) : undefined;
		},
		keep(itemIndex, given) {
			const key = keys.get(itemIndex);
			// What a budget has cut short is to be asked again with a higher one.
			if (key === undefined || given.some(isCutByCost)) return;
			results[key] = given.map(toDataObject);
		},
		close(end) {
			// A run that goes on is started again for Retry On Fail only.
			const mayComeAgain = end === 'partly' && context.getNode().retryOnFail === true;
			if (end !== 'open' && !mayComeAgain) delete store[KEY];
		},
	};
}

const isCutByCost = (result: object) => Reflect.get(result, 'stopReason') === 'costBudget';

/** Options that only say how a run goes about its items. */
const WITHOUT = Object.keys(runOptionKeys).filter((key) => !key.startsWith('fallback'));

/** All that an output is made of: the item, the node, what is connected to it, and who is asking. */
async function fingerprintOf(context: IExecuteFunctions, itemIndex: number): Promise<string> {
	const { type, typeVersion, credentials } = context.getNode();
	const { json, binary } = context.getInputData()[itemIndex] ?? {};
	const parameters = readParameters(context, itemIndex, WITHOUT);
	const connected = (subNodesOf(context) ?? []).flatMap(({ nodes }) =>
		nodes.map((node) => [
			node.name,
			node.type,
			node.typeVersion,
			node.parameters,
			node.credentials,
		]),
	);
	const access = fingerprint(await readCredential(context, itemIndex));
	const made = [type, typeVersion, parameters, json, binary, connected, credentials, access];
	return fingerprint(made);
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
