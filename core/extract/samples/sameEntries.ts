import { isRecord } from '../../isRecord';
import { sameValue } from '../../read/sameValue';
import type { TextFacts } from '../../read/textFacts';
import { isMissing } from '../parts/agree';
import { align } from '../parts/align';
import { equalEntries } from '../parts/recordKey';

/** More pairs of entries than this are not compared. */
const MOST_PAIRS = 100_000;
/** No likeness is worth more, so that lists that are the same are paired at once. */
const WHOLLY_ALIKE = 8;

/** For each entry of a list, the one of another list that means the same; undefined where there is none. */
export function sameEntries(
	list: readonly unknown[],
	other: readonly unknown[],
	facts?: TextFacts,
): unknown[] {
	const pairs = equalEntries(list, other);
	const taken = new Set(pairs.values());
	const rest = [...list.keys()].filter((at) => !pairs.has(at));
	const left = [...other.keys()].filter((at) => !taken.has(at));
	if (rest.length * left.length <= MOST_PAIRS) {
		const likeness = (a: number, b: number) => ({
			worth: worthOf(list[a], other[b], facts),
			isMaybe: false,
		});
		for (const { a, b } of align(rest, left, likeness)) pairs.set(a, b);
	}
	return list.map((_entry, at) => other[pairs.get(at) ?? -1]);
}

/** How much of two entries is the same; 0 where nothing is. */
function worthOf(one: unknown, other: unknown, facts?: TextFacts): number {
	if (!isRecord(one) || !isRecord(other)) {
		return sameValue(one, other, facts) ? WHOLLY_ALIKE : 0;
	}
	const said = Object.entries(one).filter(([, value]) => !isMissing(value));
	const same = said.filter(
		([key, value]) => Object.hasOwn(other, key) && sameValue(value, other[key], facts),
	);
	return said.length === 0 ? 0 : (WHOLLY_ALIKE * same.length) / said.length;
}
