import { isRecord } from '../../isRecord';

export type Leaf = string | number | boolean | null;

/** Every plain value in a JSON value, and its path. */
export function leavesOf(
	value: unknown,
	path: PropertyKey[] = [],
): Array<{ path: PropertyKey[]; leaf: Leaf }> {
	if (Array.isArray(value)) {
		return value.flatMap((entry, index) => leavesOf(entry, [...path, index]));
	}
	if (isRecord(value)) {
		return Object.entries(value).flatMap(([key, entry]) => leavesOf(entry, [...path, key]));
	}
	const isPlain =
		typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
	return [{ path, leaf: isPlain ? value : null }];
}
