import { groupBy } from '../../lib/own';
import { jsonPointer } from '../../lib/jsonPointer';
import type { Steps } from '../../lib/steps';
import { firstFrom, type Span } from './leaves';

export interface Found {
	path: PropertyKey[];
	/** Every place from which it may have been taken, in order. */
	spans: Span[];
}

/** The leaves of one record, which are close together in the text. */
export interface RecordGroup {
	/** The list that it is an entry of; '' for the value as a whole. */
	list: string;
	leaves: Found[];
	/** By leaf: where it has to be if the records of its list agree. */
	windows: Map<Found, [from: number, to: number]>;
}

/**
 * Grouped by the nearest object that is an entry of a list, otherwise by the value as a whole; in
 * order.
 */
export function* recordGroups(leaves: readonly Found[]): Steps<RecordGroup[]> {
	const groups = new Map<string, RecordGroup>();
	for (const leaf of leaves) {
		yield;
		const { path } = leaf;
		const entry = path.findLastIndex((key, at) => typeof key === 'number' && at < path.length - 1);
		const key = entry < 0 ? '' : jsonPointer(path.slice(0, entry + 1));
		const list = entry < 1 ? '' : jsonPointer(path.slice(0, entry));
		const group: RecordGroup = groups.get(key) ?? { list, leaves: [], windows: new Map() };
		groups.set(key, group);
		group.leaves.push(leaf);
	}
	const all = [...groups.values()];
	const lists = groupBy(all, ({ list }) => list);
	for (const [list, records] of lists) {
		yield;
		if (list !== '' && records.length > 1) yield* addWindows(records);
	}
	return all;
}

/** The field of a leaf in its record, such as `/price/net`. */
function fieldOf({ path }: Found): string {
	return jsonPointer(path.slice(path.findLastIndex((key) => typeof key === 'number') + 1));
}

/** The first leaf of each field. */
function fieldsOf({ leaves }: RecordGroup): Map<string, Found> {
	return new Map(leaves.toReversed().map((leaf) => [fieldOf(leaf), leaf]));
}

/**
 * Records are written alike: a field comes before or after the most distinctive one, in whichever way
 * more records have a place for it between their neighbors.
 */
function* addWindows(records: readonly RecordGroup[]): Steps<void> {
	const anchors = anchorsOf(records);
	if (!anchors) return;
	const byField = new Map(records.map((record) => [record, fieldsOf(record)]));
	const fields = new Set([...byField.values()].flatMap((own) => [...own.keys()]));
	for (const field of fields) {
		yield;
		const cells = records.flatMap((record, index) => {
			const leaf = byField.get(record)?.get(field);
			const at = anchors[index];
			if (!leaf || at === undefined) return [];
			const before: [number, number] = [anchors[index - 1] ?? -1, at];
			const behind: [number, number] = [at, anchors[index + 1] ?? Infinity];
			return [{ record, leaf, before, behind }];
		});
		const wins = (side: 'before' | 'behind') =>
			cells.filter((cell) => hasWithin(cell.leaf.spans, cell[side])).length;
		const [before, behind] = [wins('before'), wins('behind')];
		if (before === behind) continue;
		const side = before > behind ? 'before' : 'behind';
		for (const { record, leaf, ...windows } of cells) record.windows.set(leaf, windows[side]);
	}
}

/** A value that all records share has as many places as there are records. */
function hasWithin(spans: readonly Span[], window: [from: number, to: number]): boolean {
	const first = spans[firstFrom(spans, window[0] + 1)];
	return first !== undefined && isWithin(first, window);
}

export function isWithin({ start }: Span, [from, to]: [from: number, to: number]): boolean {
	return from < start && start < to;
}

/** By record: the place of the field that most records have in one place only. */
function anchorsOf(records: readonly RecordGroup[]): Array<number | undefined> | undefined {
	const only = (leaf: Found) => (leaf.spans.length === 1 ? leaf.spans[0]?.start : undefined);
	const single = records.flatMap(({ leaves }) =>
		leaves.filter((leaf) => only(leaf) !== undefined).map(fieldOf),
	);
	const counts = [...groupBy(single, (field) => field)].map(
		([field, all]) => [field, all.length] as const,
	);
	const [best] = counts.sort(([, a], [, b]) => b - a);
	if (!best) return undefined;
	return records.map(({ leaves }) => {
		const leaf = leaves.find((known) => fieldOf(known) === best[0]);
		return leaf && only(leaf);
	});
}
