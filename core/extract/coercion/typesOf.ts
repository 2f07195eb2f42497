import { isRecord } from '../../isRecord';
import { perObject } from '../../perObject';
import type { JsonSchema } from '../../schema/jsonSchema';

/** The types that a schema takes; empty for any. */
export function typesOf(schema: JsonSchema): string[] {
	const { type } = schema;
	const named = (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string');
	if (named.length > 0) return named;
	const members = membersOf(schema);
	if (members) return [...new Set(members.map(typeOf))];
	if (isRecord(schema.properties)) return ['object'];
	return schema.items !== undefined || Array.isArray(schema.prefixItems) ? ['array'] : [];
}

/** The values of `enum` or `const`. */
export function membersOf(schema: JsonSchema): unknown[] | undefined {
	if (Array.isArray(schema.enum)) return listOf(schema.enum);
	return Object.hasOwn(schema, 'const') ? [schema.const] : undefined;
}

/** One list for each `enum`, so that what is known of its members is found out once. */
const listOf = perObject((members: readonly unknown[]) => Array.from<unknown>(members));

export function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}
