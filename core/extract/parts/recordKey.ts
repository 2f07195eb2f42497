import { isRecord } from '../../isRecord';
import { perObject } from '../../perObject';

/** The same for equal values, whatever the order of their keys. */
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

/** Places of entries in one list by those of equal entries in another; each is paired once, in order. */
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
