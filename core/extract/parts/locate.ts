import type { Range } from '../../read/inSteps';
import { leavesOf, type Leaf } from '../evidence/leaves';
import type { EntryNode } from './entryNodes';
import { placesIn } from './placesIn';

/** What a part gave for a list. */
export interface PartEntries {
	/** Its entries, and those of the lists in them. */
	nodes: readonly EntryNode[];
	/** The whole text of the part. */
	text: string;
}

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

/**
 * The entries of a part that may stand in the text that it shares with its neighbour, from that side
 * of its list on. Each place of the text is taken by one entry only.
 */
export function locate(
	{ nodes, text }: PartEntries,
	shared: string,
	side: 'beginning' | 'end',
): Located[] {
	const isFirst = side === 'beginning';
	const rest = isFirst ? text.slice(shared.length) : text.slice(0, -shared.length || undefined);
	const starts = isFirst ? ([0, shared.length] as const) : ([rest.length, 0] as const);
	const inPart = placesIn(text);
	const [inShared, elsewhere] = [openRegion(shared, isFirst), openRegion(rest, isFirst)];
	const needed = countLeaves(nodes);
	const found: Located[] = [];
	const search = openSearch();
	let hasLeft = false;
	for (let step = 0; step < nodes.length; step += 1) {
		const index = isFirst ? step : nodes.length - 1 - step;
		const node = nodes[index];
		if (!node || search.isOver()) break;
		if (search.passes(node)) continue;
		// A word that fewer places say than entries have is a heading, or was chosen for them.
		const isOwn = ({ key, leaf }: Word) => inPart(leaf).length >= (needed.get(key) ?? 0);
		const own = wordsOf(node).filter(isOwn);
		const words = searched(node, own);
		let others: Range[] | undefined = hasLeft ? elsewhere.takeNext(words) : undefined;
		const place = others ? OUTSIDE : placeIn(inShared, words);
		// Lists are in the order of their text, but the words of a record may stand behind its lists.
		if (!hasLeft && place.where !== 'inside') {
			const isBefore = isFirst && words.holdsOthers;
			others = isBefore ? elsewhere.peekNext(words) : elsewhere.takeNext(words);
			hasLeft = others !== undefined && !isBefore;
		}
		const said = new Set(own.map(({ key }) => key));
		const near = [...moved(place.ranges, starts[0]), ...moved(others ?? [], starts[1])];
		const places = closest(near, node, inPart);
		found.push({ index, node, said, ...place, places });
		search.takeDown(node, place.where);
	}
	return isFirst ? found : found.toReversed();
}

function searched(node: EntryNode, own: readonly Word[]): Words {
	const leaves = own.map(({ leaf }) => leaf);
	return { leaves, reach: reachOf(node), holdsOthers: node.lists.length > 0 };
}

/** Ends where entries stand elsewhere; of lists in records, those records are still looked at. */
function openSearch() {
	const [outside, passed] = [new Map<string, number>(), new Set<EntryNode>()];
	let [unknown, isOver] = [0, false];
	return {
		isOver: () => isOver,
		passes: (node: EntryNode) => isUnder(node, passed),
		takeDown(node: EntryNode, where: Located['where']) {
			if (where === 'inside') outside.clear();
			const isAway = where === 'outside' || where === 'edge';
			const away = isAway ? (outside.get(node.kind) ?? 0) + 1 : 0;
			outside.set(node.kind, away);
			unknown += where === 'unknown' ? 1 : 0;
			// A record may have words on the other side of its lists.
			if (away >= MOST_OUTSIDE && node.parent) passed.add(node.parent);
			else isOver ||= away >= MOST_OUTSIDE || unknown >= MOST_UNKNOWN;
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
function closest(taken: readonly Range[], node: EntryNode, placesOf: (leaf: Leaf) => Range[]) {
	const words = wordsOf(node).map(({ leaf }) => placesOf(leaf));
	const most = Math.max(REACH.least / 2, (JSON.stringify(node.value) ?? '').length);
	const clusters = taken.map((anchor) =>
		words.flatMap((places) => {
			const gaps = places.map((place) => gapOf(place, anchor));
			const least = Math.min(...gaps);
			return least <= most ? places.slice(gaps.indexOf(least)).slice(0, 1) : [];
		}),
	);
	const known = Math.max(...clusters.map(({ length }) => length));
	const widths = clusters.map((ranges) => {
		const [from, to] = spanOf(ranges);
		return ranges.length === known ? to - from : Infinity;
	});
	return clusters[widths.indexOf(Math.min(...widths))] ?? [];
}

const gapOf = ([from, to]: Range, [start, end]: Range) => Math.max(0, from - end, start - to);

/** From the first word to the last one. */
export function spanOf(words: readonly Range[]): Range {
	return [Math.min(...words.map(([from]) => from)), Math.max(...words.map(([, to]) => to))];
}

type WhereItIs = Pick<Located, 'where' | 'ranges'>;
const OUTSIDE: WhereItIs = { where: 'outside', ranges: [] };

function placeIn(region: Region, words: Words): WhereItIs {
	if (words.leaves.length === 0) return { where: 'unknown', ranges: [] };
	const ranges = region.takeNext(words) ?? region.takeAny(words);
	if (ranges) return { where: 'inside', ranges };
	const partial = region.first(words);
	return partial.length > 0 ? { where: 'edge', ranges: partial } : OUTSIDE;
}

interface Word {
	key: string;
	leaf: Leaf;
}

const isWord = (leaf: Leaf) =>
	typeof leaf === 'number' || (typeof leaf === 'string' && leaf.trim() !== '');
const keyOf = (leaf: Leaf) => `${typeof leaf} ${leaf}`;

/** Its own words and numbers; those of lists in it stand further away. */
function wordsOf({ own }: EntryNode): Word[] {
	return leavesOf(own)
		.filter(({ leaf }) => isWord(leaf))
		.map(({ leaf }) => ({ key: keyOf(leaf), leaf }));
}

function countLeaves(nodes: readonly EntryNode[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { key } of nodes.flatMap(wordsOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
	return counts;
}

/** Words of one entry stand near each other: so many times its JSON, and never less than this. */
const REACH = { times: 4, least: 200 } as const;

function reachOf({ value }: EntryNode): number {
	return Math.max(REACH.least, (JSON.stringify(value) ?? '').length * REACH.times);
}

/** The words of one entry, and how far from each other they may stand. */
interface Words {
	leaves: readonly Leaf[];
	reach: number;
	/** Other entries stand between its words. */
	holdsOthers: boolean;
}

/** A text whose places are taken by one entry each. */
interface Region {
	/** The first places behind those of the entry before. */
	takeNext(words: Words): Range[] | undefined;
	/** The same places, which stay free. */
	peekNext(words: Words): Range[] | undefined;
	/** Places anywhere, the nearest to each other. */
	takeAny(words: Words): Range[] | undefined;
	/** The first free place of each word that has one. */
	first(words: Words): Range[];
}

/** Entries come in the order of the text, or from its end on. */
function openRegion(text: string, isForward: boolean): Region {
	const placesOf = placesIn(text);
	const used = new Uint8Array(text.length);
	let reached = isForward ? 0 : text.length;
	const isNext = ([from, to]: Range) => (isForward ? from >= reached : to <= reached);
	const isFree = ([from, to]: Range) => !used.subarray(from, to).includes(1);
	/** By word, those with the fewest places first. */
	const free = ({ leaves }: Words) =>
		leaves
			.map((leaf) => placesOf(leaf).filter(isFree))
			.map((ranges) => (isForward ? ranges : ranges.toReversed()))
			.sort((a, b) => a.length - b.length);
	const take = (ranges: Range[] | undefined, { holdsOthers }: Words) => {
		if (!ranges || ranges.length === 0) return ranges;
		for (const [from, to] of ranges) used.fill(1, from, to);
		const [froms, tos] = [ranges.map(([from]) => from), ranges.map(([, to]) => to)];
		const end = holdsOthers ? Math.min(...tos) : Math.max(...tos);
		reached = isForward ? Math.max(reached, end) : Math.min(reached, ...froms);
		return ranges;
	};
	const nextOf = (words: Words) =>
		firstEach(
			free(words).map((ranges) => ranges.filter(isNext)),
			words.reach,
		);
	return {
		takeNext: (words) => take(nextOf(words), words),
		peekNext: nextOf,
		takeAny(words) {
			const [anchors = [], ...others] = free(words);
			for (const anchor of anchors) {
				const ranges = nearestEach(anchor, others, words.reach);
				if (ranges) return take(ranges, words);
			}
			return undefined;
		},
		first: (words) => free(words).flatMap(([first]) => (first ? [first] : [])),
	};
}

function firstEach(ranges: readonly Range[][], reach: number): Range[] | undefined {
	const taken: Range[] = [];
	for (const all of ranges) {
		const first = all.find((range) => taken.every((other) => areApart(range, other)));
		if (!first) return undefined;
		taken.push(first);
	}
	if (taken.length === 0) return undefined;
	const [from, to] = [taken.map(([start]) => start), taken.map(([, end]) => end)];
	return Math.max(...to) - Math.min(...from) <= reach ? taken : undefined;
}

function nearestEach(anchor: Range, ranges: readonly Range[][], reach: number) {
	const taken: Range[] = [anchor];
	for (const all of ranges) {
		const free = all.filter((range) => taken.every((other) => areApart(range, other)));
		const [best] = free.toSorted((a, b) => gap(a, anchor) - gap(b, anchor));
		if (!best || gap(best, anchor) > reach) return undefined;
		taken.push(best);
	}
	return taken;
}

const areApart = ([from, to]: Range, [start, end]: Range) => to <= start || end <= from;
const gap = ([from, to]: Range, [start, end]: Range) => Math.max(0, from - end, start - to);
