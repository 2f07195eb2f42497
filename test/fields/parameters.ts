import { isRecord } from '../../core/lib/isRecord';

export type Key = string | number;
export type Parameters = Record<string, unknown>;

/** What stands at a path such as `bodies.0.messages.length`. */
export function at(value: unknown, path: string | readonly Key[]): unknown {
	const keys = typeof path === 'string' ? path.split('.') : path;
	return keys.reduce<unknown>(
		(node, key) => (node === undefined || node === null ? node : Reflect.get(Object(node), key)),
		value,
	);
}

/** The same with another value at a path; `undefined` leaves the field out. */
export function withValue(node: unknown, [key, ...rest]: readonly Key[], value: unknown): unknown {
	if (key === undefined) return value;
	const inner = withValue(at(node, [key]), rest, value);
	if (typeof key === 'number') {
		const list: unknown[] = Array.isArray(node) ? [...node] : [];
		list[key] = inner;
		return list;
	}
	const record: Parameters = { ...(isRecord(node) ? node : {}), [key]: inner };
	if (inner === undefined) delete record[key];
	return record;
}

/** One over the other; of records that both have, the keys of both. */
export function merged(base: Parameters, over: Parameters): Parameters {
	const entries = Object.entries(over).map(([key, value]): [string, unknown] => {
		const below = base[key];
		return [key, isRecord(below) && isRecord(value) ? merged(below, value) : value];
	});
	return { ...base, ...Object.fromEntries(entries) };
}
