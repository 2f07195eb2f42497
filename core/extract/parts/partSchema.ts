import { followRef } from '../../lib/jsonPointer';
import { isRecord } from '../../lib/isRecord';
import type { JsonSchema } from '../../schema/jsonSchema';
import { resolveSchema } from '../resolveSchema';

/** Keywords that only the whole has to satisfy. */
const OF_THE_WHOLE = [
	...['required', 'minItems', 'contains', 'minContains', 'minProperties', 'dependentRequired'],
	...['dependentSchemas', 'dependencies', 'if', 'then', 'else'],
];
const DEEPEST = 8;

/**
 * The schema for a part of the text: single values may be missing. A list that the whole must have is
 * still required, because an empty one says that the part has none. Records inside lists stay as strict
 * as they are, otherwise half of one would pass as a whole.
 */
export function partSchema(schema: JsonSchema): JsonSchema {
	return visit(schema, schema, 0);
}

function visit(schema: JsonSchema, root: JsonSchema, depth: number): JsonSchema {
	if (depth > DEEPEST) return schema;
	if (typeof schema.$ref === 'string') return followed(schema, root, depth);
	const kept = Object.entries(schema).filter(([key]) => !OF_THE_WHOLE.includes(key));
	const lists = listsIn(schema, root);
	return {
		...Object.fromEntries(kept.map(([key, value]) => [key, inner(key, value, { root, depth })])),
		...(lists.length > 0 ? { required: lists } : {}),
	};
}

function inner(key: string, value: unknown, { root, depth }: { root: JsonSchema; depth: number }) {
	const relax = (one: unknown) => (isRecord(one) ? visit(one, root, depth + 1) : one);
	if (key === 'properties' && isRecord(value)) {
		return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, relax(one)]));
	}
	const isChoice = key === 'allOf' || key === 'anyOf' || key === 'oneOf';
	if (!isChoice || !Array.isArray(value)) return value;
	// With real alternatives, a relaxed one would be as good as any other.
	const choices = Array.from<unknown>(value);
	const alternatives = choices.filter((one) => isRecord(one) && one.type !== 'null');
	return key === 'allOf' || alternatives.length === 1 ? choices.map(relax) : choices;
}

/** A record that is described elsewhere is relaxed here only, not for the lists that contain it. */
function followed({ $ref, ...beside }: JsonSchema, root: JsonSchema, depth: number): JsonSchema {
	const meant = followRef(String($ref), root);
	if (!isRecord(meant)) return { $ref, ...beside };
	return { ...visit(meant, root, depth + 1), ...beside };
}

function listsIn({ required, properties }: JsonSchema, root: JsonSchema): string[] {
	if (!Array.isArray(required) || !isRecord(properties)) return [];
	const names = Array.from<unknown>(required).filter((name) => typeof name === 'string');
	return names.filter((name) => {
		if (!Object.hasOwn(properties, name)) return false;
		const type = resolveSchema(properties[name], root)?.type;
		return type === 'array' || (Array.isArray(type) && type.includes('array'));
	});
}
