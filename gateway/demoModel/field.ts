import { isRecord } from '../../core/lib/isRecord';
import { own } from '../../core/lib/own';
import { spaced, stemsOf, type Label } from './words';

export type JsonSchema = Record<string, unknown>;

/** A place in a schema that needs a value. */
export interface Field {
	name: string;
	description: string;
	required: boolean;
}

/** Words that many fields share: "invoice date" and "due date" differ in the other word. */
const GENERIC = stemsOf('date number id amount name value code no');

export function labelOf({ name, description }: Field): Label {
	const label: Label = new Map([...stemsOf(description)].map((word) => [word, 0.3]));
	for (const word of stemsOf(spaced(name))) label.set(word, GENERIC.has(word) ? 0.5 : 1);
	return label;
}

export function fieldOf(name: string, schema: JsonSchema, required: boolean): Field {
	const { description } = schema;
	return { name, description: typeof description === 'string' ? description : '', required };
}

/** Follows local references, and merges `allOf`. */
export function resolveSchema(schema: unknown, root: JsonSchema, depth = 0): JsonSchema {
	if (!isRecord(schema) || depth > 8) return {};
	if (typeof schema.$ref === 'string') {
		const keys = schema.$ref.replace(/^#\/?/, '').split('/').filter(Boolean);
		const target = keys.reduce<unknown>(
			(at, key) => (isRecord(at) ? (own(at, key) ?? {}) : {}),
			root,
		);
		return { ...resolveSchema(target, root, depth + 1), ...omitRef(schema) };
	}
	if (!Array.isArray(schema.allOf)) return schema;
	const parts = schema.allOf.map((part) => resolveSchema(part, root, depth + 1));
	return [schema, ...parts].reduce<JsonSchema>(merge, {});
}

function omitRef({ $ref: _, ...rest }: JsonSchema): JsonSchema {
	return rest;
}

function merge(a: JsonSchema, b: JsonSchema): JsonSchema {
	const properties = { ...recordOf(a.properties), ...recordOf(b.properties) };
	return { ...a, ...b, properties, required: [...listOf(a.required), ...listOf(b.required)] };
}

export function recordOf(value: unknown): Record<string, unknown> {
	return isRecord(value) ? value : {};
}

export function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** The type other than null. */
export function typeOf(schema: JsonSchema): unknown {
	const types: unknown[] = Array.isArray(schema.type) ? schema.type : [schema.type];
	const [type] = types.filter((known) => known !== 'null');
	if (type !== undefined) return type;
	if (isRecord(schema.properties)) return 'object';
	return isRecord(schema.items) ? 'array' : 'string';
}
