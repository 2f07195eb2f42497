import { isObject, isRecord } from './isRecord';

/**
 * Whether two values of JSON are the same, whatever the order of their keys; also with `undefined`,
 * NaN and dates among them. Other objects are the same only as themselves.
 */
export function isSame(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (!isObject(a) || !isObject(b)) return false;
	const prototype: unknown = Object.getPrototypeOf(a);
	if (prototype !== Object.getPrototypeOf(b)) return false;
	if (a instanceof Date && b instanceof Date) return Object.is(a.getTime(), b.getTime());
	if (!Array.isArray(a) && prototype !== Object.prototype && prototype !== null) return false;
	const keys = Object.keys(a);
	// The length of a list is not a key of it.
	if (keys.length !== Object.keys(b).length || (Array.isArray(a) && !sameLength(a, b)))
		return false;
	return keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

const sameLength = (a: readonly unknown[], b: unknown): boolean =>
	Array.isArray(b) && a.length === b.length;

/** Whether two values are the same once they are JSON; what has no JSON form is like nothing else. */
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

/** One text for all values that are equal as JSON Schema has it: the order of keys says nothing. */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
	if (isRecord(value)) {
		const keys = Object.keys(value).sort();
		return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
	}
	// String(-0) is "0".
	return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
