import type { Leaf } from '../evidence/leaves';
import type { Range } from '../../read/inSteps';
import { closerThan, distancesIn, firstEach, isInLine, nearestOfAll } from './closeness';
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
	/** Whether the first places behind those of the entry before are in one line. */
	isRow(words: Words): boolean;
}

/** Entries come in the order of the text, or from its end on. */
export function openRegion(text: string, isForward: boolean): Region {
	const placesOf = placesIn(text);
	const distances = distancesIn(text);
	const used = new Uint8Array(text.length);
	let reached = isForward ? 0 : text.length;
	const isNext = ([from, to]: Range) => (isForward ? from >= reached : to <= reached);
	const isFree = ([from, to]: Range) => !used.subarray(from, to).includes(1);
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
	const nextOf = (words: Words) => {
		const ranges = free(words).map((all) => all.filter(isNext));
		const search = { ranges, reach: words.reach, distances, isForward };
		const first = firstEach(search);
		return first && !words.holdsOthers ? closerThan(first, search) : first;
	};
	return {
		takeNext: (words) => take(nextOf(words), words),
		peekNext: nextOf,
		takeAny(words) {
			const search = { ranges: free(words), reach: words.reach, distances, isForward };
			return take(nearestOfAll(search), words);
		},
		first: (words) => free(words).flatMap(([first]) => (first ? [first] : [])),
		isRow(words) {
			const next = words.leaves.length > 1 ? nextOf(words) : undefined;
			return next !== undefined && isInLine(next, distances);
		},
	};
}
