import { equalEntries } from '../extract/parts/compareRecords';
import type { Steps } from '../lib/steps';

/** The index of an expected entry and of the one that was returned for it; either may be missing. */
interface EntryPair {
	a?: number;
	b?: number;
}

/** If more entries than this differ, they are paired by their positions. */
const MOST_IN_ANY_ORDER = 150;

type Worth<Entry> = (a: Entry, b: Entry) => Steps<number>;

/**
 * Entries of two lists that belong together: first those with the same merge key, then those that have
 * most in common. In the order of the expected list, followed by extra entries.
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
	// With nothing in common, they are still one entry that is all wrong, rather than one missing and one
	// extra.
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
			// Of pairs with the same worth, the closer ones.
			row.push(own > 0 ? own + 1e-3 / (1 + Math.abs(x - y)) : 0);
		}
		worths.push(row);
	}
	return assign(worths).flatMap(([i, j]): Array<[number, number]> => {
		const [x, y] = [a[i], b[j]];
		return x === undefined || y === undefined ? [] : [[x, y]];
	});
}

/**
 * The pairs of two lists with the highest total worth, in whatever order. Pairs without worth are left
 * out. Takes time with the cube of the length.
 * @param worth The worth of each pair, by the index in the first and in the second list.
 */
export function assign(worth: ReadonlyArray<readonly number[]>): Array<[a: number, b: number]> {
	const isTall = worth.length > (worth[0]?.length ?? 0);
	const rows = isTall ? transposed(worth) : worth;
	const columns = rows[0]?.length ?? 0;
	const state = { u: zeros(rows.length + 1), v: zeros(columns + 1), rowOf: zeros(columns + 1) };
	for (let row = 1; row <= rows.length; row += 1) addRow(row, rows, state);
	const pairs = state.rowOf.flatMap((row, column): Array<[number, number]> => {
		if (column === 0 || row === 0 || worthAt(rows, row, column) <= 0) return [];
		return [isTall ? [column - 1, row - 1] : [row - 1, column - 1]];
	});
	return pairs.sort(([a], [b]) => a - b);
}

interface State {
	/** The potentials of rows and columns. */
	u: number[];
	v: number[];
	/** By column, from 1; 0 means none. */
	rowOf: number[];
}

const zeros = (length: number) => Array.from({ length }, () => 0);
const at = (list: readonly number[], index: number) => list[index] ?? 0;
const worthAt = (rows: ReadonlyArray<readonly number[]>, row: number, column: number) =>
	at(rows[row - 1] ?? [], column - 1);
const transposed = (rows: ReadonlyArray<readonly number[]>) =>
	(rows[0] ?? []).map((_, column) => rows.map((row) => at(row, column)));

/** One step of the Hungarian method: the shortest path to a free column. */
function addRow(row: number, rows: ReadonlyArray<readonly number[]>, state: State): void {
	const { u, v, rowOf } = state;
	const columns = v.length - 1;
	const least = Array.from({ length: columns + 1 }, () => Infinity);
	const [from, isUsed] = [zeros(columns + 1), zeros(columns + 1)];
	rowOf[0] = row;
	let column = 0;
	do {
		isUsed[column] = 1;
		const current = at(rowOf, column);
		let [next, delta] = [0, Infinity];
		for (let to = 1; to <= columns; to += 1) {
			if (isUsed[to]) continue;
			const cost = -worthAt(rows, current, to) - at(u, current) - at(v, to);
			if (cost < at(least, to)) [least[to], from[to]] = [cost, column];
			if (at(least, to) < delta) [delta, next] = [at(least, to), to];
		}
		for (let to = 0; to <= columns; to += 1) {
			if (isUsed[to]) {
				u[at(rowOf, to)] = at(u, at(rowOf, to)) + delta;
				v[to] = at(v, to) - delta;
			} else least[to] = at(least, to) - delta;
		}
		column = next;
	} while (at(rowOf, column) !== 0);
	for (; column !== 0; column = at(from, column)) rowOf[column] = at(rowOf, at(from, column));
}
