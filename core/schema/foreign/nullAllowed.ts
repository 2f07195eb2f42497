import type { JsonSchema } from '../jsonSchema';
import { saysSomething } from '../reading/keywords';

/** A part of which OpenAPI or Swagger says "nullable", so that it takes null in JSON Schema as well. */
export function nullAllowed(schema: JsonSchema): JsonSchema {
	const { nullable, 'x-nullable': swaggers, ...rest } = schema;
	if (nullable !== true && swaggers !== true) return schema;
	const said = Object.keys(rest).filter(saysSomething);
	if (said.length === 0) return rest;
	const { type, enum: choices } = rest;
	if (said.length === 1 && Array.isArray(rest.anyOf)) {
		return { ...rest, anyOf: [...Array.from<unknown>(rest.anyOf), { type: 'null' }] };
	}
	const hasType = typeof type === 'string' || Array.isArray(type);
	const isPlain = hasType || Array.isArray(choices);
	if (!isPlain || said.some((keyword) => OF_ALL_TYPES.has(keyword))) return orNull(rest, said);
	return {
		...rest,
		...(hasType ? { type: [...new Set([type, 'null'].flat())] } : {}),
		...(Array.isArray(choices)
			? { enum: [...new Set([...Array.from<unknown>(choices), null])] }
			: {}),
	};
}

/** These decide about null as well. */
const OF_ALL_TYPES = new Set([
	...['$ref', '$dynamicRef', '$recursiveRef', 'anyOf', 'oneOf', 'allOf', 'not', 'if', 'const'],
]);

/** What is said of the part stays in front, where models read it. */
function orNull(schema: JsonSchema, said: readonly string[]): JsonSchema {
	const entries = Object.entries(schema);
	const parts = entries.filter(([keyword]) => said.includes(keyword));
	const words = entries.filter(([keyword]) => !said.includes(keyword));
	return { ...Object.fromEntries(words), anyOf: [Object.fromEntries(parts), { type: 'null' }] };
}
