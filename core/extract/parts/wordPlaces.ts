import { remembering } from '../../lib/perObject';
import { candidates, ownNumbers } from '../evidence/candidates';
import type { Leaf } from '../evidence/leaves';
import { openSource } from '../evidence/source';
import { foldText } from '../../read/foldText';
import { inOneGo, type Range, type Steps } from '../../lib/steps';

/** Every place where a text says a word or a number, in any spelling; nothing that is only similar. */
export type PlacesOf = (leaf: Leaf) => Range[];

/** A text, and where it says what. */
export interface PartText {
	text: string;
	placesOf: PlacesOf;
	distances: Distances;
}

export function* openPartText(text: string): Steps<PartText> {
	return { text, placesOf: yield* placesSteps(text), distances: distancesIn(text) };
}

export const placesIn = (text: string): PlacesOf => inOneGo(placesSteps(text));

function* placesSteps(text: string): Steps<PlacesOf> {
	const source = yield* openSource(text);
	return remembering(placesOf);
	function placesOf(leaf: Leaf): Range[] {
		const isThere =
			typeof leaf !== 'string' ||
			leaf.length < SHORTEST_SIMILAR ||
			source.folded.text.includes(foldText(leaf).text.trim());
		if (!isThere) return [];
		const found =
			typeof leaf === 'number' ? ownNumbers(source, leaf) : inOneGo(candidates(source, leaf));
		return found.filter(({ score }) => score === 1).map(({ start, end }) => [start, end]);
	}
}

/** Searching for similar texts takes long, and shorter ones are never searched for. */
const SHORTEST_SIMILAR = 12;

/** The words of one entry, and how far apart they may be. */
export interface Words {
	leaves: readonly Leaf[];
	/** The names of their fields. */
	fields: readonly string[];
	reach: number;
	/** Whether other entries are between its words. */
	holdsOthers: boolean;
}

/** A range of a text in which each place is used by one entry. */
export interface Region {
	/** Marks the places of an entry, if they are known. */
	pass(ranges: readonly Range[], words: Words): void;
	/** The first places after those of the entry before. */
	takeNext(words: Words): Range[] | undefined;
	/** The same places, without using them. */
	peekNext(words: Words): Range[] | undefined;
	/** Places anywhere, the closest to each other. */
	takeAny(words: Words): Range[] | undefined;
	/** The first free place of each word that has one. */
	first(words: Words): Range[];
	/** Whether the first places after those of the entry before are on one line. */
	isRow(words: Words): boolean;
}

/** Places of a text that are each used by one entry. */
export function openTaken(text: string) {
	const used = new Uint8Array(text.length);
	return {
		take: (ranges: readonly Range[]) => {
			for (const [from, to] of ranges) used.fill(1, from, to);
		},
		isFree: ([from, to]: Range) => {
			for (let at = from; at < to; at += 1) if (used[at] === 1) return false;
			return true;
		},
	};
}

type Taken = ReturnType<typeof openTaken>;

interface RegionTerms {
	part: PartText;
	taken: Taken;
	/** Whether entries come in the order of the text, or from its end. */
	isForward: boolean;
}

/** A range of a text. */
export function openRegion([from, to]: Range, { part, taken, isForward }: RegionTerms): Region {
	const { distances } = part;
	const terms = { distances, isForward };
	const placesOf = remembering((leaf: Leaf) =>
		part
			.placesOf(leaf)
			.filter((place) => place[0] >= from && place[1] <= to)
			.sort(([a], [b]) => (isForward ? a - b : b - a)),
	);
	let reached = isForward ? from : to;
	const isNext = (place: Range) => (isForward ? place[0] >= reached : place[1] <= reached);
	const free = ({ leaves }: Words) =>
		leaves.map((leaf) => placesOf(leaf).filter(taken.isFree)).sort((a, b) => a.length - b.length);
	const pass = (ranges: readonly Range[], { holdsOthers }: Words) => {
		const end = behindOf(ranges, { holdsOthers, isForward });
		reached = isForward ? Math.max(reached, end) : Math.min(reached, end);
	};
	const take = (ranges: Range[] | undefined, words: Words) => {
		if (!ranges || ranges.length === 0) return ranges;
		taken.take(ranges);
		pass(ranges, words);
		return ranges;
	};
	const nextOf = (words: Words) => {
		const ranges = free(words).map((all) => all.slice(firstAt(all, isNext)));
		const search = { ...terms, ranges, reach: words.reach };
		const first = firstEach(search);
		return first && first.length > 1 && !words.holdsOthers ? closerThan(first, search) : first;
	};
	return {
		pass,
		takeNext: (words) => take(nextOf(words), words),
		peekNext: nextOf,
		takeAny: (words) =>
			take(nearestOfAll({ ...terms, ranges: free(words), reach: words.reach }), words),
		first: (words) => free(words).flatMap(([first]) => (first ? [first] : [])),
		isRow: (words) => words.leaves.length > 1 && isInLine(nextOf(words), distances),
	};
}

/** Where the next entry may begin, or end: other entries are between the words of a record. */
function behindOf(
	ranges: readonly Range[],
	{ holdsOthers, isForward }: { holdsOthers: boolean; isForward: boolean },
): number {
	if (!isForward) return Math.min(...ranges.map(([from]) => from));
	const tos = ranges.map(([, to]) => to);
	return holdsOthers ? Math.min(...tos) : Math.max(...tos);
}

/** How far apart places of a text are. */
export interface Distances {
	gap: (a: Range, b: Range) => number;
	/** From the first of them to the last. */
	width: (ranges: readonly Range[]) => number;
	/** Whether two begin on one line. */
	areInLine: (a: Range, b: Range) => boolean;
}

/** The end of a line separates more than this many characters do: rows are on lines of their own. */
const END_OF_LINE = 20;

function distancesIn(text: string): Distances {
	const at = new Uint32Array(text.length + 1);
	for (let index = 0, reached = 0; index <= text.length; index += 1) {
		at[index] = reached;
		reached += text.charAt(index) === '\n' ? END_OF_LINE : 1;
	}
	const place = (index: number) => at[index] ?? 0;
	const lineOf = ([from]: Range) => place(from) - from;
	return {
		gap: ([from, to], [start, end]) =>
			Math.max(0, place(from) - place(end), place(start) - place(to)),
		width(ranges) {
			const [from, to] = spanOf(ranges);
			return place(to) - place(from);
		},
		areInLine: (a, b) => lineOf(a) === lineOf(b),
	};
}

/** The places of each word of an entry, the rarest words first, and how far apart they may be. */
interface Search {
	ranges: readonly Range[][];
	reach: number;
	distances: Distances;
	/**
	 * Of equally close combinations, the first one is meant, or the last one if the search starts at the
	 * end.
	 */
	isForward: boolean;
}

function firstEach({ ranges, reach }: Search): Range[] | undefined {
	const first = firstOfEach(ranges);
	return first && lengthOf(first) <= reach ? first : undefined;
}

function firstOfEach(ranges: readonly Range[][]): Range[] | undefined {
	const taken: Range[] = [];
	for (const all of ranges) {
		const first = all.find((range) => taken.every((other) => areApart(range, other)));
		if (!first) return undefined;
		taken.push(first);
	}
	return taken.length === 0 ? undefined : taken;
}

/** Two rows may each say some words of an entry that a third one says completely. */
const MUCH_CLOSER = 1.5;
const MOST_LOOKED_AT = 20;

function closerThan(first: Range[], search: Search): Range[] {
	const { width } = search.distances;
	const most = width(first) / MUCH_CLOSER;
	const [anchors = []] = search.ranges;
	for (const anchor of anchors.slice(0, MOST_LOOKED_AT)) {
		const found = nearestEach(anchor, search);
		if (found && width(found) < most) return found;
	}
	return first;
}

const MOST_STARTS = 12;

/** The places of all words that are closest together around one of the first word. */
function nearestEach(anchor: Range, { ranges, reach, isForward, distances }: Search) {
	const near = ranges.map((all) => within(all, anchor, { reach, isForward }));
	const starts = near.flatMap((all) => all.map(([from]) => from));
	const before = starts.filter((from) => from <= anchor[0]).sort((a, b) => b - a);
	const found = before
		.slice(0, MOST_STARTS)
		.flatMap((start) => [
			firstOfEach(near.map((all) => all.slice(firstAt(all, ([from]) => from >= start)))) ?? [],
		])
		.filter(({ length }) => length > 0);
	const widths = found.map(distances.width);
	const least = Math.min(...widths);
	return found[isForward ? widths.lastIndexOf(least) : widths.indexOf(least)];
}

/** Those near a range, in order, of places in the order of the search. */
function within(
	places: readonly Range[],
	[from, to]: Range,
	{ reach, isForward }: Pick<Search, 'reach' | 'isForward'>,
): Range[] {
	const isBefore = ([, end]: Range) => from - end > reach;
	const isBehind = ([start]: Range) => start - to > reach;
	const [isOver, isNotYet] = isForward ? [isBehind, isBefore] : [isBefore, isBehind];
	const near: Range[] = [];
	for (let at = firstAt(places, (place) => !isNotYet(place)); at < places.length; at += 1) {
		const place = places[at];
		if (!place || isOver(place)) break;
		near.push(place);
	}
	return isForward ? near : near.reverse();
}

/** The index of the first item in an order from which on all are wanted. */
export function firstAt<Item>(items: readonly Item[], isWanted: (item: Item) => boolean): number {
	let [low, high] = [0, items.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		const item = items[middle];
		if (item !== undefined && isWanted(item)) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** The same for the first place of the first word that has the others nearby. */
function nearestOfAll(search: Search): Range[] | undefined {
	for (const anchor of search.ranges[0] ?? []) {
		const found = nearestEach(anchor, search);
		if (found) return found;
	}
	return undefined;
}

/** Whether a line contains a place of each word; the first word is searched for in this many lines. */
export function standInLine(ranges: readonly Range[][], { areInLine }: Distances): boolean {
	const [anchors = [], ...others] = ranges;
	return anchors.slice(0, MOST_LOOKED_AT).some((anchor) => {
		const near = others.map((all) => all.filter((range) => areInLine(range, anchor)));
		return others.length > 0 && firstOfEach([[anchor], ...near]) !== undefined;
	});
}

const isInLine = (ranges: readonly Range[] | undefined, { width }: Distances) =>
	ranges !== undefined && width(ranges) === lengthOf(ranges);

/** From the first word to the last one. */
export function spanOf(words: readonly Range[]): Range {
	return [Math.min(...words.map(([from]) => from)), Math.max(...words.map(([, to]) => to))];
}

export const areApart = ([from, to]: Range, [start, end]: Range) => to <= start || end <= from;
export function lengthOf(ranges: readonly Range[]): number {
	const [from, to] = spanOf(ranges);
	return to - from;
}
