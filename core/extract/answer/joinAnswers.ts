import { isRecord } from '../../lib/isRecord';
import { recordKey } from '../parts/compareRecords';

export type Joined = { ok: true; value: unknown } | { ok: false; path: PropertyKey[] };

/**
 * Joins several answers if that has a single meaning: lists that share no entry are appended, and
 * values are equal or occur in one answer only. Otherwise, the path where they disagree.
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

/**
 * An entry in both may be one or two, and one with a different value may correct the first: it is
 * unclear.
 */
function joinLists(
	one: readonly unknown[],
	other: readonly unknown[],
	path: PropertyKey[],
): Joined {
	const known = new Set(one.map(recordKey));
	const named = new Set(one.flatMap(namesIn));
	const overlaps = other.some(
		(entry) => known.has(recordKey(entry)) || namesIn(entry).some((name) => named.has(name)),
	);
	return overlaps ? { ok: false, path } : { ok: true, value: [...one, ...other] };
}

const NAMES =
	/^(?:id|key|code|sku|no|nr|number|name|title|.*(?:[_ ]id|Id|ID|[_ ]?(?:number|name|code)))$/i;

/** The fields that identify a record: its first field, and those with such names. */
function namesIn(entry: unknown): string[] {
	if (!isRecord(entry)) return [];
	return Object.entries(entry)
		.filter(([key, value], index) => !isMissing(value) && (index === 0 || NAMES.test(key)))
		.map(([key, value]) => `${key} ${recordKey(value)}`);
}

/** Whether a value says nothing that another does not say too: fewer fields, or some of its entries. */
export function isHeldIn(part: unknown, whole: unknown): boolean {
	if (areEqual(part, whole) || isMissing(part) || part === '') return true;
	if (Array.isArray(part) && Array.isArray(whole)) return areHeldIn(part, whole);
	if (!isRecord(part) || !isRecord(whole)) return false;
	return Object.entries(part).every(([key, value]) =>
		isHeldIn(value, Object.hasOwn(whole, key) ? whole[key] : undefined),
	);
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

/** More pairs than this are not compared. */
const MOST_PAIRS = 20_000;

function areHeldIn(part: readonly unknown[], whole: readonly unknown[]): boolean {
	const counts = new Map<string, number>();
	for (const key of part.map(recordKey)) counts.set(key, (counts.get(key) ?? 0) + 1);
	const takes = (entry: unknown) => {
		const count = counts.get(recordKey(entry)) ?? 0;
		counts.set(recordKey(entry), count - 1);
		return count > 0;
	};
	const others = whole.filter((entry) => !takes(entry));
	const rest = part.filter((entry) => {
		const key = recordKey(entry);
		const isLeft = (counts.get(key) ?? 0) > 0;
		if (isLeft) counts.set(key, (counts.get(key) ?? 0) - 1);
		return isLeft;
	});
	if (rest.length * others.length > MOST_PAIRS) return false;
	return rest.every((entry) => {
		const at = others.findIndex((other) => isHeldIn(entry, other));
		if (at !== -1) others.splice(at, 1);
		return at !== -1;
	});
}

/** Whether a value that is not contained in another has entries or fields that the other lacks. */
export function hasMore(part: unknown, whole: unknown): boolean {
	if (Array.isArray(part) && Array.isArray(whole)) {
		const named = new Set(whole.flatMap(namesIn));
		const isNew = (entry: unknown) => !namesIn(entry).some((name) => named.has(name));
		const known = new Set(whole.map(recordKey));
		return (
			part.length > whole.length || part.some((one) => !known.has(recordKey(one)) && isNew(one))
		);
	}
	if (!isRecord(part) || !isRecord(whole)) return false;
	return Object.entries(part).some(([key, value]) => {
		const own = Object.hasOwn(whole, key) ? whole[key] : undefined;
		return isMissing(own) ? !isMissing(value) && value !== '' : hasMore(value, own);
	});
}
