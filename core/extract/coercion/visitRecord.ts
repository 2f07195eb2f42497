import { groupBy } from '../../own';
import { isRecord } from '../../isRecord';
import type { JsonSchema } from '../../schema/jsonSchema';
import { jsonPointer } from '../../jsonPointer';
import { saysNothing } from '../../read/saysNothing';
import { resolveSchema } from '../resolveSchema';
import { renamed, withoutExtras, type Fields } from './fieldNames';
import { step, type Place } from './place';
import { matches, takes } from './takes';
import { typesOf } from './typesOf';

/** An object's fields as the schema names them, each as it asks for it. */
export function visitRecord(
	given: Record<string, unknown>,
	schema: JsonSchema,
	place: Place,
): unknown {
	const properties = isRecord(schema.properties) ? schema.properties : {};
	const named = place.isExact
		? given
		: nested(renamed(given, properties, place), properties, place);
	const required = new Set<unknown>(Array.isArray(schema.required) ? schema.required : []);
	const fields = Object.entries(named).flatMap(([key, value]): Array<[string, unknown]> => {
		const origin = Object.hasOwn(given, key) ? given : named;
		const own = step(place, origin, key);
		if (!Object.hasOwn(properties, key))
			return [[key, place.visit(value, othersSchema(key, schema), own)]];
		if (!required.has(key) && isNothing(value, properties[key], own)) {
			place.warnings.push(
				`dropped ${jsonPointer(own.path)}: ${JSON.stringify(value)} in an optional field`,
			);
			return [];
		}
		return [[key, place.visit(value, properties[key], own)]];
	});
	return Object.fromEntries(place.isExact ? fields : withoutExtras(fields, schema, place));
}

/** Null, or a word for it, where the field may be left out and takes neither. */
function isNothing(value: unknown, wanted: unknown, place: Place): boolean {
	const isWord = !place.isExact && typeof value === 'string' && saysNothing(value);
	if (value !== null && !isWord) return false;
	if (takes(value, wanted, place) || takes(null, wanted, place)) return false;
	if (value === null) return true;
	const schema = resolveSchema(wanted, place.root);
	// Of a word, a text may be meant, and of an empty one an empty list.
	const types = schema ? typesOf(schema) : [];
	return (
		schema !== undefined &&
		types.length > 0 &&
		!types.includes('array') &&
		!types.includes('object')
	);
}

/** What the schema says of a key that it does not name. */
function othersSchema(
	key: string,
	{ patternProperties, additionalProperties }: JsonSchema,
): unknown {
	const patterns = isRecord(patternProperties) ? Object.entries(patternProperties) : [];
	const matching = patterns.find(([pattern]) => matches(pattern, key));
	return matching ? matching[1] : additionalProperties;
}

/** `address.city` as a field of `address`. */
function nested(record: Fields, properties: Fields, place: Place): Fields {
	const dotted = Object.keys(record).filter((key) => {
		const [first = ''] = key.split('.');
		return (
			key.includes('.') &&
			!Object.hasOwn(properties, key) &&
			Object.hasOwn(properties, first) &&
			!Object.hasOwn(record, first)
		);
	});
	if (
		dotted.length === 0 ||
		dotted.some((key) => key.split('.').some((part) => part === '' || part === '__proto__'))
	)
		return record;
	const isDotted = new Set(dotted);
	const plain = Object.entries(record).filter(([key]) => !isDotted.has(key));
	const byFirst = groupBy(dotted, (key) => key.slice(0, key.indexOf('.')));
	const made = [...byFirst].map(([first, inner]): [string, unknown] => [
		first,
		fromPaths(inner.map((key) => [key.slice(first.length + 1).split('.'), record[key]])),
	]);
	if (made.some(([, value]) => value === undefined)) return record;
	for (const key of dotted)
		place.warnings.push(
			`coerced ${jsonPointer([...place.path, key])}: dotted key to nested fields`,
		);
	return Object.fromEntries([...plain, ...made]);
}

type Path = [keys: string[], value: unknown];

/** Undefined where one path is the beginning of another. */
function fromPaths(paths: readonly Path[]): unknown {
	const ends = paths.filter(([keys]) => keys.length === 0);
	if (ends.length > 0) return paths.length === 1 ? ends[0]?.[1] : undefined;
	const groups = groupBy(paths, ([[key = '']]) => key);
	const entries = [...groups].map(([key, inner]): [string, unknown] => [
		key,
		fromPaths(inner.map(([keys, value]) => [keys.slice(1), value])),
	]);
	if (entries.some(([, value]) => value === undefined)) return undefined;
	const isList = entries.every(([key], index) => key === String(index));
	return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
