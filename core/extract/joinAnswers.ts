import { isRecord } from '../isRecord';
import { recordKey } from './parts/recordKey';

export type Joined = { ok: true; value: unknown } | { ok: false; path: PropertyKey[] };

/**
 * Several answers as one, where that has one meaning: lists that share no entry are put behind one
 * another, values are equal or stand in one answer only. Else the path where they disagree.
 */
export function joinAnswers(answers: readonly unknown[]): Joined {
	const [first, ...others] = answers;
	return others.reduce<Joined>(
		(joined, answer) => (joined.ok ? join(joined.value, answer, []) : joined),
		{ ok: true, value: first },
	);
}

export function areEqual(one: unknown, other: unknown): boolean {
	return one === other || recordKey(one) === recordKey(other);
}

function join(one: unknown, other: unknown, path: PropertyKey[]): Joined {
	if (areEqual(one, other) || isMissing(other)) return { ok: true, value: one };
	if (isMissing(one)) return { ok: true, value: other };
	if (Array.isArray(one) && Array.isArray(other)) return joinLists(one, other, path);
	return isRecord(one) && isRecord(other) ? joinRecords(one, other, path) : { ok: false, path };
}

function isMissing(value: unknown): boolean {
	return value === undefined || value === null;
}

/** An entry that both have may be one or two: nobody can tell. */
function joinLists(
	one: readonly unknown[],
	other: readonly unknown[],
	path: PropertyKey[],
): Joined {
	const known = new Set(one.map(recordKey));
	const overlaps = other.some((entry) => known.has(recordKey(entry)));
	return overlaps ? { ok: false, path } : { ok: true, value: [...one, ...other] };
}

function joinRecords(
	one: Record<string, unknown>,
	other: Record<string, unknown>,
	path: PropertyKey[],
): Joined {
	const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
	const entries: Array<[string, unknown]> = [];
	for (const key of keys) {
		const own = (record: Record<string, unknown>) =>
			Object.hasOwn(record, key) ? record[key] : undefined;
		const joined = join(own(one), own(other), [...path, key]);
		if (!joined.ok) return joined;
		entries.push([key, joined.value]);
	}
	return { ok: true, value: Object.fromEntries(entries) };
}
