import { isRecord } from '../../isRecord';
import { isSame } from '../../isSame';
import { foldText } from '../../read/foldText';
import { isMissing } from '../parts/agree';
import { align } from '../parts/align';
import { recordKey } from '../parts/recordKey';

/** Whether two plain values say the same: texts also in other case, width and white space. */
export function isAlike(one: unknown, other: unknown): boolean {
	if (isSame(one, other)) return true;
	if (typeof one !== 'string' || typeof other !== 'string')
		return isMissing(one) && isMissing(other);
	return foldText(one).text.trim() === foldText(other).text.trim();
}

/** More pairs of entries than this are not compared. */
const MOST_PAIRS = 100_000;
/** No likeness is worth more, so that lists that are the same are paired at once. */
const WHOLLY_ALIKE = 8;

/** For each entry of a list, the one of another list that means the same; undefined where there is none. */
export function sameEntries(list: readonly unknown[], other: readonly unknown[]): unknown[] {
	const found = new Map<number, unknown>();
	const free = new Map<string, number[]>();
	other.forEach((entry, at) => {
		const key = recordKey(entry);
		const places = free.get(key);
		if (places) places.push(at);
		else free.set(key, [at]);
	});
	const taken = new Set<number>();
	list.forEach((entry, at) => {
		const same = free.get(recordKey(entry))?.shift();
		if (same === undefined) return;
		found.set(at, other[same]);
		taken.add(same);
	});
	const rest = list.flatMap((value, at) => (found.has(at) ? [] : [{ value, at }]));
	const left = other.flatMap((value, at) => (taken.has(at) ? [] : [{ value, at }]));
	if (rest.length * left.length <= MOST_PAIRS) {
		for (const { a, b } of align(rest, left, likeness)) found.set(a.at, b.value);
	}
	return list.map((_entry, at) => found.get(at));
}

function likeness(a: { value: unknown }, b: { value: unknown }) {
	return { worth: worthOf(a.value, b.value), isMaybe: false };
}

/** How much of two entries is the same; 0 where nothing is. */
function worthOf(one: unknown, other: unknown): number {
	if (!isRecord(one) || !isRecord(other)) return isAlike(one, other) ? WHOLLY_ALIKE : 0;
	const said = Object.entries(one).filter(([, value]) => !isMissing(value));
	const same = said.filter(
		([key, value]) => Object.hasOwn(other, key) && isAlike(value, other[key]),
	);
	return said.length === 0 ? 0 : (WHOLLY_ALIKE * same.length) / said.length;
}
