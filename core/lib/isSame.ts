import { isObject, isRecord } from './isRecord';

/**
 * Whether two JSON values are equal, whatever the order of their keys; they may also contain
 * `undefined`, NaN and dates. Other objects are equal only to themselves.
 */
export function isSame(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (!isObject(a) || !isObject(b)) return false;
	const prototype: unknown = Object.getPrototypeOf(a);
	if (prototype !== Object.getPrototypeOf(b)) return false;
	if (a instanceof Date && b instanceof Date) return Object.is(a.getTime(), b.getTime());
	if (!Array.isArray(a) && prototype !== Object.prototype && prototype !== null) return false;
	const keys = Object.keys(a);
	// The length of a list is not one of its keys.
	if (keys.length !== Object.keys(b).length || (Array.isArray(a) && !sameLength(a, b)))
		return false;
	return keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

const sameLength = (a: readonly unknown[], b: unknown): boolean =>
	Array.isArray(b) && a.length === b.length;

/** Whether two values are equal once they are JSON; a value without a JSON form equals nothing else. */
export function sameJson(a: unknown, b: unknown): boolean {
	try {
		return isSame(asJson(a), asJson(b));
	} catch {
		return false;
	}
}

function asJson(value: unknown): unknown {
	return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/**
 * The same text for all values that are equal in JSON Schema's sense: the order of keys does not
 * matter.
 */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
	if (isRecord(value)) {
		const keys = Object.keys(value).sort();
		return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
	}
	// String(-0) is "0".
	return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
