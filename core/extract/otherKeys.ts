import { isRecord } from '../isRecord';
import { jsonPointer } from '../jsonPointer';
import { perObject } from '../perObject';
import { propertyNames } from '../schema/subschemas';
import { coerce, type CoerceContext } from './coerce';
import type { Target } from './targetSchema';

const namesOf = perObject((target: Target) => new Set(propertyNames(target.schema)));

/** A valid value may hold fields under other spellings, where the schema lets any key pass. */
export function renamedFields(value: unknown, target: Target, coercion: CoerceContext) {
	if (!holdsOtherKeys(value, namesOf(target))) return undefined;
	const { value: given, warnings } = coerce(value, target.schema, coercion);
	if (warnings.length === 0 || !warnings.every((one) => one.startsWith('renamed')))
		return undefined;
	const read = target.check(given);
	if (!read.ok) return undefined;
	return { checked: read, given, warnings };
}

function holdsOtherKeys(value: unknown, names: ReadonlySet<string>): boolean {
	if (Array.isArray(value)) return value.some((entry) => holdsOtherKeys(entry, names));
	if (!isRecord(value)) return false;
	return Object.entries(value).some(
		([key, inner]) => !names.has(key) || holdsOtherKeys(inner, names),
	);
}

/** Keys that zod has left out without a word. */
export function droppedKeys(
	given: unknown,
	taken: unknown,
	path: readonly PropertyKey[] = [],
): string[] {
	if (given === taken) return [];
	if (Array.isArray(given) && Array.isArray(taken)) {
		return given.length === taken.length
			? given.flatMap((entry, at) => droppedKeys(entry, taken[at], [...path, at]))
			: [];
	}
	if (!isRecord(given) || !isRecord(taken)) return [];
	// A transform has made another object of it.
	if (!Object.keys(taken).some((key) => Object.hasOwn(given, key))) return [];
	return Object.keys(given).flatMap((key) =>
		Object.hasOwn(taken, key)
			? droppedKeys(given[key], taken[key], [...path, key])
			: [`dropped ${jsonPointer([...path, key])}: the schema does not know it`],
	);
}
