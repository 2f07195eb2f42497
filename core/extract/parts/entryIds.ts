import { jsonPointer } from '../../lib/jsonPointer';
import type { Range, Steps } from '../../lib/steps';
import type { JsonSchema } from '../../schema/jsonSchema';
import { cutRows } from './cutRows';
import { entryNodes, listsIn, type FoundList } from './entryNodes';
import { lostRanges, rowsIn, type Seam } from './lostRows';
import { openPartText } from './wordPlaces';
import type { PartEntries } from './entryWords';
import { openPartEntries } from './textOrder';
import { openRowPatterns, type RowPatterns } from './rowPatterns';
import { skippedRows } from './skippedRows';
import { sharedEntries, type SharedEntries } from './sharedEntries';

/** What a part of a text returned. */
export interface Contribution {
	value: unknown;
	/** The text that only this part has, and the text that it shares with the part before. */
	own: string;
	shared: string;
}

/** Identifies the entries of all parts, by their paths in the value of a part. */
export interface EntryIds {
	/** The same id for what is one entry of the text. */
	of(part: number, path: readonly PropertyKey[]): string;
	/** The paths down to a place of entries that may be the same as one of the part before. */
	doubtsUnder(part: number, path: readonly PropertyKey[]): Array<readonly PropertyKey[]>;
	/** The places of rows in the whole text that no part returned. */
	lost: Range[];
	/** The places of rows in the middle of a part that it did not return. */
	skipped: Range[];
	/** Whether only its place says that it continues an entry of the part before. */
	isContinued(part: number, path: readonly PropertyKey[]): boolean;
}

/** Compares the lists of each part with those of the part before. */
export function* entryIds(parts: readonly Contribution[], root: JsonSchema): Steps<EntryIds> {
	const [ids, continued] = [new Map<string, string>(), new Set<string>()];
	const doubts = parts.map((): PropertyKey[][] => []);
	const keyOf = (part: number, path: readonly PropertyKey[]) => `${part}${jsonPointer(path)}`;
	const idOf = (key: string) => ids.get(key) ?? key;
	/** By list. */
	const seams = new Map<string, Seam[]>();
	const lists = parts.map(({ value }) => listsIn({ value, schema: root, root, path: [] }));
	const starts = startsOf(parts);
	const { all, skipped } = yield* neighbours(parts, lists);
	for (const { part, where, found } of all) {
		const seam = {
			...found,
			starts: [starts[part - 1] ?? 0, starts[part] ?? 0] as const,
			shared: parts[part]?.shared.length ?? 0,
		};
		seams.set(where, [...(seams.get(where) ?? []), seam]);
		for (const { a, b, isContinued } of found.pairs) {
			ids.set(keyOf(part, b.path), idOf(keyOf(part - 1, a.path)));
			if (isContinued) continued.add(keyOf(part, b.path));
		}
		doubts[part]?.push(...found.doubts.map(({ path }) => path));
	}
	const isEmpty = areEmpty(lists.flat());
	const text = parts.map(({ own }) => own).join('');
	const lost = isEmpty && parts.length > 1 ? rowsIn(text) : [];
	const ranges = parts.map(({ shared, own }, part) => rangeAt(starts[part] ?? 0, shared + own));
	for (const list of seams.values())
		lost.push(...(yield* lostRanges(text, list)), ...(yield* cutRows(text, list, ranges)));
	return {
		of: (part, path) => idOf(keyOf(part, path)),
		doubtsUnder: (part, path) =>
			(doubts[part] ?? [])
				.filter((one) => path.every((key, at) => one[at] === key))
				.map((one) => one.slice(path.length)),
		lost,
		skipped,
		isContinued: (part, path) => continued.has(keyOf(part, path)),
	};
}

const rangeAt = (from: number, text: string): Range => [from, from + text.length];

const areEmpty = (lists: readonly FoundList[]) =>
	lists.length > 0 && lists.every(({ entries }) => entries.length === 0);

/** Where the text of each part begins, including the shared text. */
function startsOf(parts: readonly Contribution[]): number[] {
	let reached = 0;
	return parts.map(({ own, shared }) => {
		const start = reached - shared.length;
		reached += own.length;
		return start;
	});
}

/** What a list of a part shares with the same list of the part before. */
interface Neighbours {
	part: number;
	/** JSON pointer of the list. */
	where: string;
	found: SharedEntries;
}

function* neighbours(
	parts: readonly Contribution[],
	lists: readonly FoundList[][],
): Steps<{ all: Neighbours[]; skipped: Range[] }> {
	const all: Neighbours[] = [];
	const skipped: Range[] = [];
	let start = 0;
	const patterns = new Map<string, RowPatterns>();
	let before = new Map<string, PartEntries>();
	for (const [part, { shared, own }] of parts.entries()) {
		const text = yield* openPartText(shared + own);
		const later = new Map<string, PartEntries>();
		for (const list of lists[part] ?? []) {
			yield;
			const where = jsonPointer(list.path);
			const known = patterns.get(where) ?? openRowPatterns();
			patterns.set(where, known);
			const entries = yield* openPartEntries(text, entryNodes(list), known);
			const earlier = before.get(where);
			later.set(where, entries);
			if (earlier) all.push({ part, where, found: yield* sharedEntries(earlier, entries, shared) });
		}
		before = later;
		start -= shared.length;
		const end = text.text.length - (parts[part + 1]?.shared.length ?? 0);
		for (const [from, to] of yield* skippedRows(
			text,
			[...later.values()].map(({ nodes }) => nodes),
		))
			if (from >= shared.length && to <= end) skipped.push([start + from, start + to]);
		start += text.text.length;
	}
	return { all, skipped };
}
