import type { Steps } from '../lib/steps';
import { addCounts, scoresOf, type Counts } from './score';

/** The middle 95 % of what chance could make of a number. */
export type Interval = [low: number, high: number];

/** Random numbers from 0 to 1 that are the same for the same seed. */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

export interface Resampling {
	seed: number;
	resamples: number;
}

/**
 * A number for many samples of the same cases, drawn with replacement: what another set of documents of
 * the same kind could have given. Whole cases are drawn, because the values of one fail together.
 */
export function* bootstrap(
	size: number,
	statistic: (cases: readonly number[]) => number,
	{ seed, resamples }: Resampling,
): Steps<number[]> {
	const random = seededRandom(seed);
	const drawn = Array.from({ length: size }, () => 0);
	const found: number[] = [];
	for (let sample = 0; size > 0 && sample < resamples; sample += 1) {
		yield;
		for (let at = 0; at < size; at += 1)
			drawn[at] = Math.min(size - 1, Math.floor(random() * size));
		found.push(statistic(drawn));
	}
	return found.sort((a, b) => a - b);
}

export function intervalOf(sorted: readonly number[]): Interval {
	return [percentile(sorted, 0.025), percentile(sorted, 0.975)];
}

/** By interpolation between the two nearest; 0 for an empty list. */
export function percentile(sorted: readonly number[], share: number): number {
	const place = share * (sorted.length - 1);
	const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
	return low + (high - low) * (place - Math.floor(place));
}

export const NO_COUNTS: Counts = { right: 0, wrong: 0, missing: 0, extra: 0 };

export const sumCounts = (list: readonly Counts[]) => list.reduce(addCounts, NO_COUNTS);

/** Returns a function for the F1 of some of the cases together; thousands of samples call it. */
export function f1Over(counts: readonly Counts[]): (cases: readonly number[]) => number {
	const columns = VERDICTS.map((verdict) => Float64Array.from(counts, (one) => one[verdict]));
	return (cases) => {
		const [right = 0, wrong = 0, missing = 0, extra = 0] = columns.map((column) =>
			sumOf(column, cases),
		);
		return scoresOf({ right, wrong, missing, extra }).f1;
	};
}

const VERDICTS = ['right', 'wrong', 'missing', 'extra'] as const;

/** The sum of some numbers of a list, by their indexes. */
export function sumOf(column: Float64Array, cases: readonly number[]): number {
	let sum = 0;
	for (const at of cases) sum += column[at] ?? 0;
	return sum;
}
