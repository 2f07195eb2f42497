import { followRef } from '../followRef';
import { isRecord } from '../isRecord';
import type { JsonSchema } from '../schema/jsonSchema';

/** The schema that a sub-schema stands for: a local `$ref` followed, one nullable choice taken. */
export function resolveSchema(schema: unknown, root: JsonSchema, hops = 0): JsonSchema | undefined {
	if (!isRecord(schema) || hops > 32) return undefined;
	if (typeof schema.$ref === 'string')
		return resolveSchema(followRef(schema.$ref, root), root, hops + 1);
	const choices = schema.anyOf ?? schema.oneOf;
	if (!Array.isArray(choices)) return schema;
	const meant = choices.filter((choice) => isRecord(choice) && choice.type !== 'null');
	return meant.length === 1 ? nullable(resolveSchema(meant[0], root, hops + 1)) : undefined;
}

function nullable(schema: JsonSchema | undefined): JsonSchema | undefined {
	if (!schema || typeof schema.type !== 'string') return schema;
	return { ...schema, type: [schema.type, 'null'] };
}
