import type { IExecuteFunctions } from 'n8n-workflow';
import { fingerprint } from '../../../core/fingerprint';
import { reused } from '../../../core/reused';
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
	const keys = new Map<number, string>();
	const keyOf = (itemIndex: number) => {
		const key = keys.get(itemIndex) ?? fingerprintOf(context, itemIndex);
		keys.set(itemIndex, key);
		return key;
	};
	return {
		known(itemIndex) {
			return shelf.get(keyOf(itemIndex))?.results.map(reused);
		},
		keep(itemIndex, results) {
			const entry = { at: Date.now(), results: results.map(toDataObject) };
			shelf.set(keyOf(itemIndex), entry);
		},
		close(isComplete) {
			if (isComplete) clearShelf(context);
			else storeShelf(context, shelf);
		},
	};
}

/** What an output is made of: the node's fields for the item, its data and its files. */
function fingerprintOf(context: IExecuteFunctions, itemIndex: number): string {
	const { type, typeVersion } = context.getNode();
	const { json, binary } = context.getInputData()[itemIndex] ?? {};
	const parameters = readParameters(context, itemIndex, Object.keys(runOptionKeys));
	return fingerprint([type, typeVersion, parameters, json, binary]);
}
