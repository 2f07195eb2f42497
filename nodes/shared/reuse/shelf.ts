import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { tryJson } from '../../../core/tryJson';

/** Finished outputs of a node, by what they were made of; the newest come last. */
export type Shelf = Map<string, Entry>;

const entrySchema = z.object({
	/** Milliseconds since 1970. */
	at: z.number(),
	results: z.array(z.record(z.string(), z.unknown())),
});
type Entry = z.output<typeof entrySchema>;
const keptSchema = z.array(z.tuple([z.string(), entrySchema]));

const DAY_MS = 24 * 60 * 60 * 1000;
/** Characters of JSON: of one node in memory, and in the workflow's own data, which is a database row. */
const MOST_IN_MEMORY = 20_000_000;
const MOST_STORED = 500_000;

/** By workflow and node, as long as the process lives. */
const shelves = new Map<string, Shelf>();

const nameOf = (context: IExecuteFunctions) =>
	`${context.getWorkflow().id} ${context.getNode().id}`;

/** What earlier runs have left: in this process, or in the workflow's static data. */
export function openShelf(context: IExecuteFunctions): Shelf {
	const stored: unknown = context.getWorkflowStaticData('node').results;
	const read = keptSchema.safeParse(typeof stored === 'string' ? tryJson(stored) : undefined);
	const all = [...(read.data ?? []), ...(shelves.get(nameOf(context)) ?? [])];
	const fresh = all.filter(([, { at }]) => at > Date.now() - DAY_MS);
	return new Map(fresh.sort(([, a], [, b]) => a.at - b.at));
}

/** n8n saves static data for production executions only; memory serves the others and retries. */
export function storeShelf(context: IExecuteFunctions, shelf: Shelf): void {
	shelves.set(nameOf(context), new Map(newest(shelf, MOST_IN_MEMORY)));
	context.getWorkflowStaticData('node').results = JSON.stringify(newest(shelf, MOST_STORED));
}

export function clearShelf(context: IExecuteFunctions): void {
	shelves.delete(nameOf(context));
	const data = context.getWorkflowStaticData('node');
	if ('results' in data) delete data.results;
}

function newest(shelf: Shelf, mostCharacters: number): Array<[string, Entry]> {
	let left = mostCharacters;
	const kept = [...shelf].toReversed().filter(([, entry]) => {
		left -= JSON.stringify(entry).length;
		return left > 0;
	});
	return kept.toReversed();
}
