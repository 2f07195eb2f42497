import { isRecord } from '../../isRecord';
import type { JsonSchema } from '../../schema/jsonSchema';
import { mergedSchema } from '../resolveSchema';
import { jsonIn } from './jsonIn';
import { typesOf } from './typesOf';

/** Keywords that speak of texts, whether or not the schema names the type. */
const OF_TEXTS = ['minLength', 'maxLength', 'pattern', 'format', 'contentMediaType'];

/**
 * The same fields, with an object or a list in the place of its JSON text where the schema says
 * nothing of the field's type: models send those as texts. Other texts stay what they are.
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
