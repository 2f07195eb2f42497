import { isRecord } from '../../isRecord';

/** The same value with texts for what JSON has no form for: bytes as base64, links, whole numbers. */
export function plainValues<Value>(value: Value): Value;
export function plainValues(value: unknown): unknown {
	if (typeof value === 'bigint') return value.toString();
	if (value instanceof URL) return value.href;
	if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
	if (value instanceof ArrayBuffer) return Buffer.from(value).toString('base64');
	if (Array.isArray(value)) {
		const list: unknown[] = value;
		const made = list.map((entry) => plainValues(entry));
		return made.every((entry, index) => Object.is(entry, list[index])) ? list : made;
	}
	if (!isRecord(value)) return value;
	const entries = Object.entries(value);
	const made = entries.map(([key, inner]): [string, unknown] => [key, plainValues(inner)]);
	const isSame = made.every(([, inner], index) => Object.is(inner, entries[index]?.[1]));
	return isSame ? value : Object.fromEntries(made);
}
