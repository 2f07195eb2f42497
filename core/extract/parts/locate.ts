import type { Range, Steps } from '../../lib/steps';
import type { EntryNode } from './entryNodes';
import { openEntryWords, REACH, wordsOf, type KnownRow, type PartEntries } from './entryWords';
import {
	areEqual,
	split,
	whereIs,
	withRepeats,
	type FoundPlaces,
	type Half,
	type Located,
} from './repeats';
import {
	openRegion,
	openTaken,
	spanOf,
	type PartText,
	type Region,
	type Words,
} from './wordPlaces';

/** So many entries in a row that stand elsewhere: those behind them do so too. */
const MOST_OUTSIDE = 3;
const MOST_UNKNOWN = 200;
const MOST_EDGES = 30;

type Side = 'beginning' | 'end';

/**
 * The entries of a part that may stand in the text that it shares with its neighbour, from that side
 * of its list on. Each place of the text is taken by one entry only.
 */
export function* locate(part: PartEntries, shared: string, side: Side): Steps<Located[]> {
	const isFirst = side === 'beginning';
	const { nodes } = part;
	const inOrder = isFirst ? nodes : nodes.toReversed();
	const entries = openEntryWords(inOrder, part);
	const start = isFirst ? 0 : Math.max(0, part.text.length - shared.length);
	const places = yield* openPlaces(part, { entries, shared, side });
	const found: Array<Located & FoundPlaces> = [];
	const search = openSearch();
	for (const [step, node] of inOrder.entries()) {
		yield;
		const index = isFirst ? step : nodes.length - 1 - step;
		// What stands behind a run of equal entries bounds it.
		if (search.isOver() && !areEqual(found.at(-1), found.at(-2))) break;
		if (search.passes(node)) continue;
		const { said } = entries.wordsOf(node);
		const place = places.of(node);
		const ranges = place.inShared.map(([from, to]): Range => [from - start, to - start]);
		found.push({ ...place, index, node, said, ranges });
		search.takeDown(node, place.where);
	}
	const inList = isFirst ? found : found.toReversed();
	const located: Located[] = [];
	for (const [at, one] of inList.entries()) {
		yield;
		located.push(withRepeats(one, { inList, at, text: part.text, half: places.half }));
	}
	return located;
}

interface PlacesTerms {
	entries: ReturnType<typeof openEntryWords>;
	shared: string;
	side: Side;
}

interface Places {
	of(node: EntryNode): FoundPlaces;
	half: Half;
}

/** Finds the places of entries, given from one side of their list on. */
function* openPlaces(part: PartEntries, { entries, shared, side }: PlacesTerms): Steps<Places> {
	const isForward = side === 'beginning';
	const { text } = part;
	const border = isForward ? shared.length : Math.max(0, text.length - shared.length);
	const { inShared, elsewhere, taken } = openHalves(part, { border, isForward });
	const rows = yield* rowsInOrder(part.nodes, { entries, isForward });
	for (const { row } of rows.values()) taken.take(row);
	const half: Half = { border, isForward };
	let hasLeft = false;
	return { of: (node: EntryNode) => knownPlaces(node) ?? likelyPlaces(node), half };

	function knownPlaces(node: EntryNode): FoundPlaces | undefined {
		const { row, words } = rows.get(node) ?? {};
		if (!row || !words) return undefined;
		const [own, rest] = split(row, half);
		inShared.pass(own, words);
		elsewhere.pass(rest, words);
		hasLeft ||= rest.length > 0;
		return { where: whereIs(row, half), inShared: own, places: row, row };
	}

	function likelyPlaces(node: EntryNode): FoundPlaces {
		const { ways } = entries.wordsOf(node);
		const isRow = (region: Region) =>
			(entries.areRows() ? ways : ways.slice(0, 1)).find((way) => region.isRow(way));
		const regions: Region[] = hasLeft ? [elsewhere] : [inShared, elsewhere];
		const words: Words = regions.map(isRow).find((way) => way !== undefined) ?? ways[0];
		let others: Range[] | undefined = hasLeft ? elsewhere.takeNext(words) : undefined;
		const isThere = others || (entries.areRows() && isRowElsewhere(words, inShared, elsewhere));
		const place = isThere ? OUTSIDE : placeIn(inShared, words);
		// Lists are in the order of their text, but the words of a record may stand behind its lists.
		if (!hasLeft && place.where !== 'inside') {
			const isBefore = isForward && words.holdsOthers;
			others = isBefore ? elsewhere.peekNext(words) : elsewhere.takeNext(words);
			hasLeft = others !== undefined && !isBefore;
		}
		const { where, ranges } = place;
		const taken = where === 'inside' ? ranges : others;
		const places = closest([...ranges, ...(others ?? [])], { node, part, row: taken });
		const row = places.length === words.leaves.length ? places : taken;
		return { where, inShared: ranges, places, row };
	}
}

function openHalves(part: PartText, { border, isForward }: Half) {
	const { text } = part;
	const terms = { part, taken: openTaken(text), isForward };
	const before = openRegion([0, border], terms);
	const behind = openRegion([border, text.length], terms);
	const [inShared, elsewhere] = isForward ? [before, behind] : [behind, before];
	return { inShared, elsewhere, taken: terms.taken };
}

/**
 * Of entries that are written as most are: the row of each, the next one free from the side that is
 * looked at.
 */
function* rowsInOrder(
	nodes: readonly EntryNode[],
	{ entries, isForward }: { entries: PlacesTerms['entries']; isForward: boolean },
): Steps<Map<EntryNode, KnownRow>> {
	const rows = new Map<EntryNode, KnownRow>();
	const used = new Set<number>();
	let reached = isForward ? 0 : Infinity;
	for (const node of isForward ? nodes : nodes.toReversed()) {
		yield;
		const free = entries.rowsOf(node).filter(({ row }) => !used.has(startOf(row)));
		const inOrder = isForward ? free : free.toReversed();
		const isNext = ({ row: [from = 0, to = 0] }: { row: Range }) =>
			isForward ? from >= reached : to <= reached;
		const next = inOrder.find(({ row }) => isNext({ row: spanOf(row) })) ?? inOrder[0];
		if (!next) continue;
		rows.set(node, next);
		used.add(startOf(next.row));
		const [from, to] = spanOf(next.row);
		if (isNext({ row: [from, to] })) reached = isForward ? to : from;
	}
	return rows;
}

const startOf = (row: readonly Range[]) => row[0]?.[0] ?? 0;

/** Ends where entries stand elsewhere; of lists in records, those records are still looked at. */
function openSearch() {
	const [outside, passed] = [new Map<string, number>(), new Set<EntryNode>()];
	let [unknown, edges, isOver] = [0, 0, false];
	return {
		isOver: () => isOver,
		passes: (node: EntryNode) => isUnder(node, passed),
		takeDown(node: EntryNode, where: Located['where']) {
			if (where === 'inside') outside.clear();
			const away = (outside.get(node.kind) ?? 0) + (where === 'outside' ? 1 : 0);
			outside.set(node.kind, away);
			unknown += where === 'unknown' ? 1 : 0;
			// Rows that a heading has words of, which stands elsewhere, are all at an edge.
			edges += where === 'edge' ? 1 : 0;
			// A record may have words on the other side of its lists.
			if (away >= MOST_OUTSIDE && node.parent) passed.add(node.parent);
			else isOver ||= away >= MOST_OUTSIDE || unknown >= MOST_UNKNOWN || edges >= MOST_EDGES;
		},
	};
}

function isUnder({ parent }: EntryNode, records: ReadonlySet<EntryNode>): boolean {
	return parent !== undefined && (records.has(parent) || isUnder(parent, records));
}

interface Taken {
	node: EntryNode;
	part: PartText;
	/** All words that were looked for, where they stand together. */
	row: readonly Range[] | undefined;
}

/**
 * The places of all words near one of those that were taken, where they stand closest: one that is
 * far from the others may be mistaken.
 */
function closest(taken: readonly Range[], { node, part, row }: Taken): Range[] {
	const { placesOf, distances } = part;
	const words = wordsOf(node).map(({ leaf }) => placesOf(leaf));
	const own = (JSON.stringify(node.value) ?? '').length;
	const most = Math.max(REACH.least, own * 2);
	const clusters = taken.map((anchor) =>
		words.flatMap((places) => {
			const gaps = places.map((place) => distances.gap(place, anchor));
			const least = Math.min(...gaps);
			return least <= most ? places.slice(gaps.indexOf(least)).slice(0, 1) : [];
		}),
	);
	// Of ways that are as close, the one that was taken.
	if (row) clusters.unshift([...row]);
	const known = Math.max(...clusters.map(({ length }) => length));
	const widths = clusters.map((ranges) =>
		ranges.length === known ? distances.width(ranges) : Infinity,
	);
	return clusters[widths.indexOf(Math.min(...widths))] ?? [];
}

type WhereItIs = Pick<Located, 'where' | 'ranges'>;
const OUTSIDE: WhereItIs = { where: 'outside', ranges: [] };

/** What one line says elsewhere, words in two lines do not say once more. */
function isRowElsewhere(words: Words, shared: Region, elsewhere: Region): boolean {
	const isLoose = !words.holdsOthers && !shared.isRow(words) && shared.peekNext(words);
	return Boolean(isLoose) && elsewhere.isRow(words);
}

function placeIn(region: Region, words: Words): WhereItIs {
	if (words.leaves.length === 0) return { where: 'unknown', ranges: [] };
	const ranges = region.takeNext(words) ?? region.takeAny(words);
	if (ranges) return { where: 'inside', ranges };
	const partial = region.first(words);
	return partial.length > 0 ? { where: 'edge', ranges: partial } : OUTSIDE;
}
