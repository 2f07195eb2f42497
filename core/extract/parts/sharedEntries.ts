import { isSame } from '../../isSame';
import { isRecord } from '../../isRecord';
import { align, type Pair } from './align';
import { locate, type Located, type PartEntries } from './locate';
import { recordKey } from './recordKey';

/** Which entries of two neighbouring parts are the same entry of the text. */
export interface SharedEntries {
	/** By index in the later list: the index in the earlier one. */
	pairs: Map<number, number>;
	/** Entries that look the same, but nothing shows where they stand. */
	doubts: number;
}

/**
 * Models list entries in the order of the text: those that the shared text says stand at the end of
 * the earlier list and at the beginning of the later one, in one order. Equal entries from elsewhere
 * are entries that the text says again.
 */
export function sharedEntries(
	earlier: PartEntries,
	later: PartEntries,
	shared: string,
): SharedEntries {
	// A part that has nothing of its own repeats all that it says.
	const isRepeat = later.text.length > 0 ? later.text.trim() === shared.trim() : true;
	if (!isRepeat && shared.trim() === '') return { pairs: new Map(), doubts: 0 };
	const tail = locate(earlier, shared, 'end');
	const head = locate(later, shared, 'beginning');
	const found = align(tail, head, (a, b) => likeness(a, b, isRepeat));
	const sure = found.filter((pair) => !pair.isMaybe || isBesideSure(pair, found));
	const taken = { a: new Set(sure.map(({ a }) => a)), b: new Set(sure.map(({ b }) => b)) };
	const openA = tail.filter((one) => !taken.a.has(one));
	const openB = head.filter((one) => !taken.b.has(one));
	const doubts = openB.filter((b) => openA.some((a) => isDoubtful(a, b))).length;
	return { pairs: new Map(sure.map(({ a, b }) => [b.index, a.index])), doubts };
}

/** How much two entries look like one; 0 is not at all. What only may be is worth least. */
function likeness(a: Located, b: Located, isRepeat: boolean): { worth: number; isMaybe: boolean } {
	const sure = (worth: number) => ({ worth, isMaybe: false });
	const isNear = a.where === 'inside' || b.where === 'inside';
	const isAway = a.where === 'outside' || b.where === 'outside';
	if (recordKey(a.entry) === recordKey(b.entry)) {
		if (isRepeat) return sure(8);
		if (isAway || a.where === 'edge' || b.where === 'edge') return NONE;
		return isNear ? sure(8) : { worth: 3, isMaybe: true };
	}
	if (isAway || !meet(a, b)) return NONE;
	if (areHalves(a.entry, b.entry) && (isNear || a.where === 'edge' || b.where === 'edge')) {
		return sure(6);
	}
	return isSameRow(a, b) ? sure(5) : NONE;
}

const NONE = { worth: 0, isMaybe: false };

/** At one place of the shared text, as far as the places are known. */
function meet(a: Located, b: Located): boolean {
	if (a.ranges.length === 0 || b.ranges.length === 0) return true;
	return a.ranges.some(([from, to]) => b.ranges.some(([start, end]) => from < end && start < to));
}

/** Read twice: what stands in the text is the same, what was chosen for it is not. */
function isSameRow(a: Located, b: Located): boolean {
	const areInside = a.where === 'inside' && b.where === 'inside';
	return areInside && a.said.size > 0 && isSame([...a.said].sort(), [...b.said].sort());
}

function areHalves(a: unknown, b: unknown): boolean {
	if (!isRecord(a) || !isRecord(b)) return false;
	const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
	const valuesOf = (key: string) => [own(a, key), own(b, key)] as const;
	const agree = keys.every((key) => {
		const [one, other] = valuesOf(key);
		const areLists = Array.isArray(one) && Array.isArray(other);
		const isGap = isMissing(one) || isMissing(other) || areLists;
		return isGap || isSame(one, other) || areHalves(one, other);
	});
	const share = keys.some((key) => {
		const [one, other] = valuesOf(key);
		return !isMissing(one) && !Array.isArray(one) && isSame(one, other);
	});
	return agree && share;
}

const own = (record: Record<string, unknown>, key: string): unknown =>
	Object.hasOwn(record, key) ? record[key] : undefined;

const isMissing = (value: unknown) => value === undefined || value === null || value === '';

/** In one run with a pair that is sure: nothing stands between them in either list. */
function isBesideSure(pair: Pair<Located>, pairs: readonly Pair<Located>[]): boolean {
	const at = pairs.indexOf(pair);
	return [-1, 1].some((step) => {
		for (let next = at + step; ; next += step) {
			const [last, other] = [pairs[next - step], pairs[next]];
			if (!last || !other) return false;
			const isRun = [other.a.index - last.a.index, other.b.index - last.b.index];
			if (isRun.some((distance) => distance !== step)) return false;
			if (!other.isMaybe) return true;
		}
	});
}

function isDoubtful(a: Located, b: Located): boolean {
	if (a.where === 'outside' || b.where === 'outside') return false;
	if (recordKey(a.entry) === recordKey(b.entry)) return a.where !== 'edge' || b.where !== 'edge';
	return a.where === 'inside' && b.where === 'inside' && meet(a, b);
}
