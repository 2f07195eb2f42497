import type { Failure } from '../errors';
import { isRecord } from '../isRecord';
import { jsonPointer } from '../jsonPointer';
import { perObject } from '../perObject';
import type { JsonSchema } from '../schema/jsonSchema';
import { declaredIn, type Declared } from './declaredIn';
import { resolveSchema } from './resolveSchema';

/**
 * Objects that hold something, but nothing that their schema names: an excuse, a wrapper, the schema
 * itself. Where all fields are optional, they would pass as an answer that found nothing.
 */
export function undeclaredCheck(root: JsonSchema): (value: unknown) => Failure[] {
	const declaredBy = perObject((schema: object) => ({ declared: declaredIn(schema, root) }));
	return (value) => visit(value, root, { root, declaredBy, path: [] });
}

interface Place {
	root: JsonSchema;
	declaredBy: (schema: object) => { declared: Declared | undefined };
	path: PropertyKey[];
}

function visit(value: unknown, wanted: unknown, place: Place): Failure[] {
	if (typeof value !== 'object' || value === null) return [];
	const schema = resolveSchema(wanted, place.root);
	if (Array.isArray(value))
		return value.flatMap((entry, at) => visit(entry, schema?.items, under(place, at)));
	if (!isRecord(value) || !isRecord(wanted)) return [];
	const { declared } = place.declaredBy(wanted);
	const own = declared ? ofRecord(value, declared, place.path) : [];
	const properties = isRecord(schema?.properties) ? schema.properties : {};
	const inner = Object.entries(value).flatMap(([key, entry]) =>
		Object.hasOwn(properties, key) ? visit(entry, properties[key], under(place, key)) : [],
	);
	return [...own, ...inner];
}

const under = (place: Place, key: PropertyKey) => ({ ...place, path: [...place.path, key] });

function ofRecord(
	value: Record<string, unknown>,
	{ names, allowsOthers }: Declared,
	path: PropertyKey[],
): Failure[] {
	const others = Object.keys(value).filter((key) => !names.has(key));
	const says = Object.entries(value).some(([key, entry]) => names.has(key) && !isEmpty(entry));
	const [hidden] = others.filter((key) => holdsAnswer(value[key], names));
	const isEcho = repeatsSchema(value, names);
	if (!isEcho && (others.length === 0 || says)) return [];
	const isForeign = others.length === Object.keys(value).length && !allowsOthers;
	// `{ "rows": [], "note": "too long" }`: what it says is said beside the fields.
	const present = Object.entries(value).flatMap(([key, entry]) => (names.has(key) ? [entry] : []));
	const isEmptyList = present.length > 0 && present.every(Array.isArray);
	const mayHide = path.length === 0 && !allowsOthers && isEmptyList;
	const beside = mayHide ? others.find((key) => !isEmpty(value[key])) : undefined;
	if (!isForeign && !isEcho && hidden === undefined && beside === undefined) return [];
	const known = [...names]
		.slice(0, MOST_NAMED)
		.map((name) => `"${name}"`)
		.join(', ');
	const where = hidden === undefined ? '' : `: take the values out of "${hidden}"`;
	const message =
		isForeign || isEcho || hidden !== undefined
			? `there is none of the fields of the schema (${known}) here${where}`
			: `the fields of the schema are empty (${known}), and "${beside}" is none of them: fill them in, or leave it out`;
	return [{ path: jsonPointer(path), message, code: 'undeclared' }];
}

const MOST_NAMED = 8;

/** An object, or a list with one, that has a field which the outer object should have. */
function holdsAnswer(value: unknown, names: ReadonlySet<string>): boolean {
	const [inner] = Array.isArray(value) ? Array.from<unknown>(value) : [value];
	if (!isRecord(inner)) return false;
	return Object.entries(inner).some(([key, entry]) => names.has(key) && !isEmpty(entry));
}

/** A schema has keys such as `type` that the data may have as well. */
function repeatsSchema(value: Record<string, unknown>, names: ReadonlySet<string>): boolean {
	const { type, properties } = value;
	if (type !== 'object' || names.has('properties') || !isRecord(properties)) return false;
	return Object.keys(properties).some((name) => names.has(name));
}

function isEmpty(value: unknown): boolean {
	if (value === null || value === undefined || value === '') return true;
	if (Array.isArray(value)) return value.length === 0;
	return isRecord(value) && Object.keys(value).length === 0;
}
