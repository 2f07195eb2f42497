import type { Leaf } from '../evidence/leaves';
import type { Range } from '../../read/range';
import { placesIn } from './placesIn';

/** The words of one entry, and how far from each other they may stand. */
export interface Words {
	leaves: readonly Leaf[];
	reach: number;
	/** Other entries stand between its words. */
	holdsOthers: boolean;
}

/** A text whose places are taken by one entry each. */
export interface Region {
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
export function openRegion(text: string, isForward: boolean): Region {
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
