import { isRecord } from '../../../lib/isRecord';
import { riskyNotes } from '../../../json/cursor';
import { readWholeJson, type ReadJson } from '../../../json/readJson';
import type { JsonSchema } from '../../../schema/jsonSchema';
import { mergedSchema } from '../../resolveSchema';
import type { Place } from './place';
import { typesOf } from './takes';

type Numbers = Pick<Place, 'isExact' | 'numbers'>;

const MOST_LAYERS = 3;

/**
 * JSON in a text, possibly encoded more than once, or in Python's notation. Its numbers keep their
 * digits.
 */
export function jsonIn(text: string, types: readonly string[], place: Numbers): unknown {
	let inner: unknown = text.trim();
	let read: ReadJson | undefined;
	for (let layer = 0; layer < MOST_LAYERS && typeof inner === 'string'; layer += 1) {
		read = readIn(inner, types, place);
		inner = read?.value;
		if (place.isExact) break;
	}
	const isWanted = Array.isArray(inner)
		? types.includes('array')
		: isRecord(inner) && types.includes('object');
	if (!isWanted) return undefined;
	if (read?.numbers) place.numbers.push(read.numbers);
	return inner;
}

function readIn(source: string, types: readonly string[], place: Numbers): ReadJson | undefined {
	if (!/^[{["(]/.test(source)) return undefined;
	const read = plainSlips(source);
	if (place.isExact) return isStrict(read) ? read : undefined;
	if (read || !types.includes('array')) return read;
	// Tuples and sets.
	const inside = /^(?:\((?<tuple>[^]*)\)|\{(?<set>[^]*)\})$/.exec(source)?.groups;
	const entries = inside?.tuple ?? inside?.set;
	return entries === undefined ? undefined : plainSlips(`[${entries}]`);
}

function isStrict(read: ReadJson | undefined): boolean {
	return read?.notes.length === 0 && !read.numbers?.lossy.size;
}

/** JSON with mistakes that leave one reading: a text inside a text is not a place for a guess. */
function plainSlips(source: string): ReadJson | undefined {
	const read = readWholeJson(source);
	if (!read.ok || read.notes.includes('duplicateKey') || read.comments) return undefined;
	return riskyNotes(new Set(read.notes)).length === 0 ? read : undefined;
}

/** Keywords about texts, whether or not the schema names the type. */
const OF_TEXTS = ['minLength', 'maxLength', 'pattern', 'format', 'contentMediaType'];

/**
 * The same fields, with objects and lists instead of their JSON texts if the schema does not give the
 * field's type: models send those as texts. Other texts are unchanged.
 */
export function untypedJson(
	fields: Record<string, unknown>,
	schema: JsonSchema,
): Record<string, unknown> {
	const { properties } = mergedSchema(schema, schema)?.schema ?? {};
	if (!isRecord(properties)) return fields;
	const read = Object.entries(fields).flatMap(([key, value]): Array<[string, unknown]> => {
		if (typeof value !== 'string' || !Object.hasOwn(properties, key)) return [];
		if (!isUntyped(properties[key], schema)) return [];
		const inner = jsonIn(value, ['object', 'array'], { isExact: true, numbers: [] });
		return inner === undefined ? [] : [[key, inner]];
	});
	if (read.length === 0) return fields;
	return Object.fromEntries([...Object.entries(fields), ...read]);
}

function isUntyped(wanted: unknown, root: JsonSchema): boolean {
	if (wanted === true) return true;
	const merged = mergedSchema(wanted, root);
	if (!merged || merged.choices) return false;
	const { schema } = merged;
	return typesOf(schema).length === 0 && !OF_TEXTS.some((key) => key in schema);
}
