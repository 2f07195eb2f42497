import type { Range } from '../../read/inSteps';

/** How far places of a text stand from each other. */
export interface Distances {
	gap: (a: Range, b: Range) => number;
	/** From the first of them to the last. */
	width: (ranges: readonly Range[]) => number;
}

/** The end of a line parts more than so many characters do: rows stand in lines of their own. */
const END_OF_LINE = 20;

export function distancesIn(text: string): Distances {
	const at = new Uint32Array(text.length + 1);
	for (let index = 0, reached = 0; index <= text.length; index += 1) {
		at[index] = reached;
		reached += text.charAt(index) === '\n' ? END_OF_LINE : 1;
	}
	const place = (index: number) => at[index] ?? 0;
	return {
		gap: ([from, to], [start, end]) =>
			Math.max(0, place(from) - place(end), place(start) - place(to)),
		width: (ranges) =>
			place(Math.max(...ranges.map(([, to]) => to))) -
			place(Math.min(...ranges.map(([from]) => from))),
	};
}

/** The places of each word of an entry, those with the fewest first, and how far from each other they may stand. */
interface Search {
	ranges: readonly Range[][];
	reach: number;
	distances: Distances;
	/** Of ways that are as close, the first one is meant, or from the end on the last one. */
	isForward: boolean;
}

export function firstEach({ ranges, reach }: Search): Range[] | undefined {
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

/** Of two rows, each may say some words of an entry that a third one says all of. */
const MUCH_CLOSER = 1.5;
const MOST_LOOKED_AT = 20;

export function closerThan(first: Range[], search: Search): Range[] {
	const { width } = search.distances;
	const most = width(first) / MUCH_CLOSER;
	const [anchors = []] = search.ranges;
	const closer = anchors
		.slice(0, MOST_LOOKED_AT)
		.map((anchor) => nearestEach(anchor, search))
		.find((found) => found !== undefined && width(found) < most);
	return closer ?? first;
}

const MOST_STARTS = 12;

/** The places of all words that stand closest together around one of the first word. */
export function nearestEach(anchor: Range, { ranges, reach, isForward, distances }: Search) {
	const near = ranges.map((all) =>
		all.filter((range) => charsBetween(range, anchor) <= reach).sort(([a], [b]) => a - b),
	);
	const starts = near.flatMap((all) => all.map(([from]) => from));
	const before = starts.filter((from) => from <= anchor[0]).sort((a, b) => b - a);
	const found = before
		.slice(0, MOST_STARTS)
		.flatMap((start) => [
			firstOfEach(near.map((all) => all.filter(([from]) => from >= start))) ?? [],
		])
		.filter(({ length }) => length > 0);
	const widths = found.map(distances.width);
	const least = Math.min(...widths);
	return found[isForward ? widths.lastIndexOf(least) : widths.indexOf(least)];
}

/** The same for the first place of the first word that has the others near it. */
export function nearestOfAll(search: Search): Range[] | undefined {
	for (const anchor of search.ranges[0] ?? []) {
		const found = nearestEach(anchor, search);
		if (found) return found;
	}
	return undefined;
}

export const isInLine = (ranges: readonly Range[], { width }: Distances) =>
	width(ranges) === lengthOf(ranges);

const areApart = ([from, to]: Range, [start, end]: Range) => to <= start || end <= from;
const lengthOf = (ranges: readonly Range[]) =>
	Math.max(...ranges.map(([, to]) => to)) - Math.min(...ranges.map(([from]) => from));
const charsBetween = ([from, to]: Range, [start, end]: Range) =>
	Math.max(0, from - end, start - to);
