import { equalEntries } from '../extract/parts/recordKey';
import type { Steps } from '../read/inSteps';
import { assign } from './assign';

/** The index of an expected entry and of the one that was given for it; either may be missing. */
export interface EntryPair {
	a?: number;
	b?: number;
}

/** Beyond that many entries that are not the same, their places say which is which. */
const MOST_IN_ANY_ORDER = 150;

type Worth<Entry> = (a: Entry, b: Entry) => Steps<number>;

/**
 * Entries of two lists that belong together: first those that are the same by the key that merging
 * uses, then those that have most in common. The order of the expected list, then what is extra.
 */
export function* pairEntries(
	expected: readonly unknown[],
	actual: readonly unknown[],
	worthOf: Worth<unknown>,
): Steps<EntryPair[]> {
	const pairOf = equalEntries(expected, actual);
	const taken = new Set(pairOf.values());
	const restA = [...expected.keys()].filter((a) => !pairOf.has(a));
	const restB = [...actual.keys()].filter((b) => !taken.has(b));
	const best = yield* bestPairs(restA, restB, (a, b) => worthOf(expected[a], actual[b]));
	for (const [a, b] of best) {
		pairOf.set(a, b);
		taken.add(b);
	}
	const leftA = restA.filter((a) => !pairOf.has(a));
	const leftB = restB.filter((b) => !taken.has(b));
	// With nothing in common they are still one entry each, all wrong, rather than one missing and one extra.
	leftA.forEach((a, at) => {
		const b = leftB[at];
		if (b !== undefined) pairOf.set(a, b);
	});
	const pairs: EntryPair[] = [...expected.keys()].map((a) => ({ a, b: pairOf.get(a) }));
	return [...pairs, ...leftB.slice(leftA.length).map((b) => ({ b }))];
}

function* bestPairs(
	a: readonly number[],
	b: readonly number[],
	worth: Worth<number>,
): Steps<Array<[number, number]>> {
	if (a.length === 0 || b.length === 0) return [];
	if (Math.max(a.length, b.length) > MOST_IN_ANY_ORDER) return [];
	const worths: number[][] = [];
	for (const x of a) {
		const row: number[] = [];
		for (const y of b) {
			yield;
			const own = yield* worth(x, y);
			// Of pairs that are worth the same, the nearer ones.
			row.push(own > 0 ? own + 1e-3 / (1 + Math.abs(x - y)) : 0);
		}
		worths.push(row);
	}
	return assign(worths).flatMap(([i, j]): Array<[number, number]> => {
		const [x, y] = [a[i], b[j]];
		return x === undefined || y === undefined ? [] : [[x, y]];
	});
}
