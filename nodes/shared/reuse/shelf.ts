import type { IExecuteFunctions } from 'n8n-workflow';

/** What an item gave. */
interface Entry {
	/** Milliseconds since 1970. */
	at: number;
	results: object[];
}

/** Finished outputs of a node, by what they were made of; the newest come last. */
export type Shelf = Map<string, Entry>;

const DAY_MS = 24 * 60 * 60 * 1000;
/** Characters of JSON that all nodes of the process may keep together. */
const MOST = 50_000_000;

/** By workflow and node, as long as the process lives; the one used last comes last. */
const shelves = new Map<string, Shelf>();

const nameOf = (context: IExecuteFunctions) =>
	`${context.getWorkflow().id} ${context.getNode().id}`;

/** What earlier runs have left. */
export function openShelf(context: IExecuteFunctions): Shelf {
	const kept = [...(shelves.get(nameOf(context)) ?? [])];
	return new Map(kept.filter(([, { at }]) => at > Date.now() - DAY_MS));
}

export function storeShelf(context: IExecuteFunctions, shelf: Shelf): void {
	shelves.delete(nameOf(context));
	shelves.set(nameOf(context), new Map(shelf));
	makeRoom();
}

export function clearShelf(context: IExecuteFunctions): void {
	shelves.delete(nameOf(context));
}

/** The oldest go first. */
function makeRoom(): void {
	let left = MOST;
	for (const [name, shelf] of [...shelves].toReversed()) {
		for (const [key, entry] of [...shelf].toReversed()) {
			left -= JSON.stringify(entry.results).length;
			if (left < 0) shelf.delete(key);
		}
		if (shelf.size === 0) shelves.delete(name);
	}
}
