import { isRecord } from '../../isRecord';
import type { JsonSchema } from '../../schema/jsonSchema';

const SCHEMA_KEYS = new Set(
	'type properties required additionalProperties $schema $id title description $defs definitions'.split(
		' ',
	),
);

/** `{ "type": "object", "properties": { "a": 5 } }`: the schema, with values where its types were. */
export function echoed(
	record: Record<string, unknown>,
	schema: JsonSchema,
): { key: string; value: unknown } | undefined {
	const { properties } = record;
	const isEcho = record.type === 'object' || Object.keys(record).length === 1;
	if (
		!isRecord(properties) ||
		!isEcho ||
		(isRecord(schema.properties) && Object.hasOwn(schema.properties, 'properties'))
	)
		return undefined;
	if (!Object.keys(record).every((key) => SCHEMA_KEYS.has(key))) return undefined;
	if (!isSchemas(properties)) return { key: 'properties', value: properties };
	const entries = Object.entries(properties).flatMap(([key, inner]) =>
		isRecord(inner) && Object.hasOwn(inner, 'value') ? [[key, inner.value] as const] : [],
	);
	const isWhole = entries.length === Object.keys(properties).length && entries.length > 0;
	return isWhole ? { key: 'properties', value: Object.fromEntries(entries) } : undefined;
}

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']);

/** Whether they are schemas rather than values. */
export function isSchemas(properties: unknown): boolean {
	return (
		isRecord(properties) &&
		Object.values(properties).some(
			(inner) =>
				isRecord(inner) &&
				('$ref' in inner ||
					'anyOf' in inner ||
					(typeof inner.type === 'string' && TYPES.has(inner.type))),
		)
	);
}
