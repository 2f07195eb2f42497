import type { Range } from '../../read/inSteps';
import type { EntryNode } from './entryNodes';
import { openEntryWords, REACH, wordsOf, type PartEntries } from './entryWords';
import { openRegion, type PartText, type Region, type Words } from './wordPlaces';

/** An entry near the text that two parts share. */
export interface Located {
	index: number;
	node: EntryNode;
	/**
	 * `inside` when the shared text says all of it that can be found in the part, `edge` when it says
	 * some of it, `unknown` when none of it can be told from other entries.
	 */
	where: 'inside' | 'edge' | 'outside' | 'unknown';
	/** Its words and numbers that were looked for. */
	said: Set<string>;
	/** Where they stand in the shared text. */
	ranges: Range[];
	/** Where they stand in the part, as far as that is known. */
	places: Range[];
}

/** So many entries in a row that stand elsewhere: those behind them do so too. */
const MOST_OUTSIDE = 3;
const MOST_UNKNOWN = 200;
const MOST_EDGES = 30;

/**
 * The entries of a part that may stand in the text that it shares with its neighbour, from that side
 * of its list on. Each place of the text is taken by one entry only.
 */
export function locate(part: PartEntries, shared: string, side: 'beginning' | 'end'): Located[] {
	const isFirst = side === 'beginning';
	const { nodes, text } = part;
	const border = isFirst ? shared.length : Math.max(0, text.length - shared.length);
	const [before, behind]: [Range, Range] = [
		[0, border],
		[border, text.length],
	];
	const ranges = isFirst ? ([before, behind] as const) : ([behind, before] as const);
	const starts = [ranges[0][0], ranges[1][0]] as const;
	const inShared = openRegion(part, ranges[0], isFirst);
	const elsewhere = openRegion(part, ranges[1], isFirst);
	const inOrder = isFirst ? nodes : nodes.toReversed();
	const entries = openEntryWords(inOrder, part);
	const found: Located[] = [];
	const search = openSearch();
	let hasLeft = false;
	for (const [step, node] of inOrder.entries()) {
		const index = isFirst ? step : nodes.length - 1 - step;
		if (search.isOver()) break;
		if (search.passes(node)) continue;
		const { said, ways } = entries.wordsOf(node);
		const isRow = (region: Region) => ways.find((way) => region.isRow(way));
		const regions: Region[] = hasLeft ? [elsewhere] : [inShared, elsewhere];
		const words: Words = regions.map(isRow).find((way) => way !== undefined) ?? ways[0];
		let others: Range[] | undefined = hasLeft ? elsewhere.takeNext(words) : undefined;
		const isThere = others || (entries.areRows && isRowElsewhere(words, inShared, elsewhere));
		const place = isThere ? OUTSIDE : placeIn(inShared, words);
		// Lists are in the order of their text, but the words of a record may stand behind its lists.
		if (!hasLeft && place.where !== 'inside') {
			const isBefore = isFirst && words.holdsOthers;
			others = isBefore ? elsewhere.peekNext(words) : elsewhere.takeNext(words);
			hasLeft = others !== undefined && !isBefore;
		}
		const taken = [...moved(place.ranges, starts[0]), ...moved(others ?? [], starts[1])];
		const places = closest(taken, node, part);
		found.push({ index, node, said, ...place, places });
		search.takeDown(node, place.where);
	}
	return isFirst ? found : found.toReversed();
}

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

const moved = (ranges: readonly Range[], by: number) =>
	ranges.map(([from, to]): Range => [from + by, to + by]);

/**
 * The places of all words near one of those that were taken, where they stand closest: one that is
 * far from the others may be mistaken.
 */
function closest(taken: readonly Range[], node: EntryNode, { placesOf, distances }: PartText) {
	const words = wordsOf(node).map(({ leaf }) => placesOf(leaf));
	const most = Math.max(REACH.least / 2, (JSON.stringify(node.value) ?? '').length);
	const clusters = taken.map((anchor) =>
		words.flatMap((places) => {
			const gaps = places.map((place) => distances.gap(place, anchor));
			const least = Math.min(...gaps);
			return least <= most ? places.slice(gaps.indexOf(least)).slice(0, 1) : [];
		}),
	);
	// Of ways that are as close, the one that was taken.
	if (taken.length === words.length) clusters.unshift([...taken]);
	const known = Math.max(...clusters.map(({ length }) => length));
	const widths = clusters.map((ranges) =>
		ranges.length === known ? distances.width(ranges) : Infinity,
	);
	return clusters[widths.indexOf(Math.min(...widths))] ?? [];
}

/** From the first word to the last one. */
export function spanOf(words: readonly Range[]): Range {
	return [Math.min(...words.map(([from]) => from)), Math.max(...words.map(([, to]) => to))];
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
