import type { Failure } from '../errors';
import { isRecord } from '../lib/isRecord';
import { isSame } from '../lib/isSame';
import { jsonPointer } from '../lib/jsonPointer';
import { perObject } from '../lib/perObject';
import type { JsonSchema } from '../schema/jsonSchema';
import { propertyNames } from '../schema/schemaIndex';
import { droppedAt } from './coercion/place';
import { keyForm } from './fieldNames';
import { coerceSteps, type CoerceContext } from './coerce';
import type { Target } from './targetSchema';

/** The names of all fields that a schema describes, at any place. */
export const namesOf = ({ schema }: Target) => namesIn(schema);

export const namesIn = perObject((schema: JsonSchema) => new Set(propertyNames(schema)));

/** A valid value may have fields under other spellings, if the schema allows any key. */
export function* renamedFields(value: unknown, target: Target, coercion: CoerceContext) {
	if (!holdsOtherKeys(value, namesOf(target))) return undefined;
	const { value: given, warnings } = yield* coerceSteps(value, target.schema, coercion);
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

/** Two keys that are one field in two spellings, with two values. */
export function rivalKeys(
	value: unknown,
	names: ReadonlySet<string>,
	path: readonly PropertyKey[] = [],
): Failure[] {
	if (Array.isArray(value)) {
		return value.flatMap((entry, at) => rivalKeys(entry, names, [...path, at]));
	}
	if (!isRecord(value)) return [];
	const keys = Object.keys(value);
	const strangers = keys.filter((key) => !names.has(key));
	const known = strangers.length === 0 ? [] : keys.filter((key) => names.has(key));
	const byForm = new Map(known.map((key) => [keyForm(key), key]));
	const own = strangers.flatMap((key): Failure[] => {
		const name = byForm.get(keyForm(key));
		if (name === undefined || isSame(value[name], value[key])) return [];
		const message = `"${key}" and "${name}" are one field with two values: give "${name}" only`;
		return [{ path: jsonPointer([...path, key]), message, code: 'ambiguous' }];
	});
	return [...own, ...keys.flatMap((key) => rivalKeys(value[key], names, [...path, key]))];
}

/** Keys that zod has silently left out. */
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
			: [droppedAt([...path, key], given[key])],
	);
}
