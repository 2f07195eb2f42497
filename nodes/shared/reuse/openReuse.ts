import type { IExecuteFunctions } from 'n8n-workflow';
import { fingerprint } from '../../../core/fingerprint';
import { noSpending } from '../../../core/usage';
import { readParameters, readSwitch } from '../itemReader';
import { runOptionKeys } from '../runOptions';
import { toDataObject } from '../toDataObject';
import { clearShelf, openShelf, storeShelf } from './shelf';

/** Finished items of a run that failed, for the next run with the same input. */
export interface Reuse {
	/** What the item gave before; it costs nothing now. */
	known(itemIndex: number): object[] | undefined;
	keep(itemIndex: number, results: readonly object[]): void;
	/** A run in which all went well leaves nothing behind: the next one asks anew. */
	close(isComplete: boolean): void;
}

const NONE: Reuse = { known: () => undefined, keep: () => undefined, close: () => undefined };

export function openReuse(context: IExecuteFunctions): Reuse {
	if (!readSwitch(context, 'options.reuseResults')) return NONE;
	const shelf = openShelf(context);
	return {
		known(itemIndex) {
			const entry = shelf.get(keyOf(context, itemIndex));
			return entry?.results.map((result) => ({
				...result,
				...noSpending(),
				...{ latencyMs: 0, reused: true },
			}));
		},
		keep(itemIndex, results) {
			const entry = { at: Date.now(), results: results.map(toDataObject) };
			shelf.set(keyOf(context, itemIndex), entry);
		},
		close(isComplete) {
			if (isComplete) clearShelf(context);
			else storeShelf(context, shelf);
		},
	};
}

/** What an output is made of: the node's fields for the item, its data and its files. */
function keyOf(context: IExecuteFunctions, itemIndex: number): string {
	const { type, typeVersion } = context.getNode();
	const { json, binary } = context.getInputData()[itemIndex] ?? {};
	const parameters = readParameters(context, itemIndex, Object.keys(runOptionKeys));
	return fingerprint([type, typeVersion, parameters, json, binary]);
}
