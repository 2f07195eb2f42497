import { isRecord } from '../../lib/isRecord';
import { isSame } from '../../lib/isSame';
import { own } from '../../lib/own';
import { perObject } from '../../lib/perObject';
import { saysNothing } from '../../read/words';

/** The same key for equal values, whatever the order of their fields. */
export function recordKey(value: unknown): string {
	return typeof value === 'object' && value !== null ? keyOfObject(value) : keyText(value);
}

/** Records are compared with many others. */
const keyOfObject = perObject(keyText);

function keyText(value: unknown): string {
	return JSON.stringify(value, (_key, inner: unknown) =>
		isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner,
	);
}

/**
 * The positions of entries in one list, and of equal entries in another; each is paired once, in order.
 */
export function equalEntries(
	list: readonly unknown[],
	other: readonly unknown[],
): Map<number, number> {
	const free = new Map<string, number[]>();
	for (const [at, entry] of other.entries()) {
		const key = recordKey(entry);
		const places = free.get(key);
		if (places) places.push(at);
		else free.set(key, [at]);
	}
	const pairs = new Map<number, number>();
	for (const [at, entry] of list.entries()) {
		const same = free.get(recordKey(entry))?.shift();
		if (same !== undefined) pairs.set(at, same);
	}
	return pairs;
}

/** Whether a value says nothing: null, an empty text, or a word such as `N/A`. */
export function isMissing(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	return typeof value === 'string' && (!/[\p{L}\p{N}]/u.test(value) || saysNothing(value));
}

/** Whether two records can be two halves of one: no field has two values. */
export function agree(a: unknown, b: unknown): boolean {
	if (isMissing(a) || isMissing(b) || isSame(a, b)) return true;
	if (!isRecord(a) || !isRecord(b)) return false;
	const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
	return [...keys].every((key) => agree(own(a, key), own(b, key)));
}

/** Whether two records have the same value in a field. */
export function shareValue(a: unknown, b: unknown): boolean {
	if (!isRecord(a) || !isRecord(b)) return false;
	return Object.keys(a).some((key) => {
		const [one, other] = [own(a, key), own(b, key)];
		return (!isMissing(one) && isSame(one, other)) || shareValue(one, other);
	});
}
