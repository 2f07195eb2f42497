import { schemaArrayKeyword, schemaKeyword, schemaMapKeyword } from '@cfworker/json-schema';
import { isRecord } from '../isRecord';
import { jsonPointer } from '../jsonPointer';
import type { JsonSchema } from './jsonSchema';

/** A schema inside a schema, and its JSON pointer. */
export interface Subschema {
	schema: JsonSchema;
	path: string;
}

/** The schema itself and every schema in it; a place where a value stands, as in `const`, is none. */
export function subschemas(schema: unknown, path: PropertyKey[] = []): Subschema[] {
	if (!isRecord(schema)) return [];
	const inner = Object.entries(schema).flatMap(([key, value]) => {
		if (Array.isArray(value))
			return Object.hasOwn(schemaArrayKeyword, key) ? within(value, [...path, key]) : [];
		if (Object.hasOwn(schemaMapKeyword, key))
			return isRecord(value) ? within(value, [...path, key]) : [];
		return Object.hasOwn(schemaKeyword, key) ? subschemas(value, [...path, key]) : [];
	});
	return [{ schema, path: jsonPointer(path) }, ...inner];
}

function within(schemas: object, path: PropertyKey[]): Subschema[] {
	return Object.entries(schemas).flatMap(([key, value]) => subschemas(value, [...path, key]));
}

/** The names of all properties that the schema and the schemas in it describe. */
export function propertyNames(schema: unknown): string[] {
	return subschemas(schema).flatMap(({ schema: { properties } }) =>
		isRecord(properties) ? Object.keys(properties) : [],
	);
}
