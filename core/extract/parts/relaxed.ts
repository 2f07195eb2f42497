import { isRecord } from '../../isRecord';
import type { JsonSchema } from '../../schema/jsonSchema';

/**
 * The schema of a part of the text: nothing at the top has to be there. Records inside arrays stay
 * as strict as they are, or half of one would pass as a whole.
 */
export function relaxed(schema: JsonSchema): JsonSchema {
	const { required: _required, minItems: _minItems, properties, ...rest } = schema;
	if (!isRecord(properties)) return rest;
	const entries = Object.entries(properties).map(([key, value]) => [
		key,
		isRecord(value) ? relaxed(value) : value,
	]);
	return { ...rest, properties: Object.fromEntries(entries) };
}
