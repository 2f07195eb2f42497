import { isRecord } from '../isRecord';

/** No JSON key of a model's; it stands for one that zod drops, or makes the prototype of a value. */
const STAND_IN = '\u0000__proto__';

/** The value with its keys `__proto__` under a name that zod treats like any other; else undefined. */
export function withStandIns(value: unknown): { value: unknown } | undefined {
	return hasKey(value, '__proto__') ? { value: renamed(value) } : undefined;
}

/** Whether what zod made of the value still holds such a key. */
export function hasStandIn(value: unknown): boolean {
	return hasKey(value, STAND_IN);
}

/** Transforms may give anything, also what holds itself. */
function hasKey(value: unknown, key: string, seen = new Set<object>()): boolean {
	if (typeof value !== 'object' || value === null || seen.has(value)) return false;
	seen.add(value);
	return (
		Object.hasOwn(value, key) || Object.values(value).some((inner) => hasKey(inner, key, seen))
	);
}

function renamed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(renamed);
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [
			key === '__proto__' ? STAND_IN : key,
			renamed(inner),
		]),
	);
}
