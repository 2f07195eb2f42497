import { isRecord } from '../isRecord';
import { jsonPointer } from '../jsonPointer';
import type { JsonSchema } from './jsonSchema';

/** A schema inside a schema. */
export interface Subschema {
	schema: JsonSchema;
	/** Its JSON pointer. */
	path: string;
	/** Whether a value need not fit it, since it stands under `not` or `if`. */
	isOnlyAsked: boolean;
}

/** What stands under these keywords: a schema, a list of schemas, or schemas by name. */
const ONE = new Set(
	`additionalItems unevaluatedItems items contains additionalProperties unevaluatedProperties
	propertyNames not if then else`.split(/\s+/),
);
const LISTS = new Set(['prefixItems', 'items', 'allOf', 'anyOf', 'oneOf']);
const NAMED = new Set(
	'$defs definitions properties patternProperties dependentSchemas dependencies'.split(' '),
);

/** The schema itself and every schema in it; a place where a value stands, as in `const`, is none. */
function subschemas(schema: unknown, path = ''): Subschema[] {
	if (!isRecord(schema)) return [];
	const found: Subschema[] = [{ schema, path, isOnlyAsked: false }];
	// The list grows while it is walked.
	for (const place of found) for (const inner of innerSchemas(place)) found.push(inner);
	return found;
}

/** The schemas one step inside another. */
export function innerSchemas({ schema, path, isOnlyAsked }: Subschema): Subschema[] {
	return Object.entries(schema).flatMap(([keyword, value]): Subschema[] => {
		const asked = isOnlyAsked || keyword === 'not' || keyword === 'if';
		const own = path + jsonPointer([keyword]);
		if (Array.isArray(value)) {
			return LISTS.has(keyword) ? within(value, own, asked) : [];
		}
		if (!isRecord(value)) return [];
		if (NAMED.has(keyword)) return within(value, own, asked);
		return ONE.has(keyword) ? [{ schema: value, path: own, isOnlyAsked: asked }] : [];
	});
}

function within(schemas: object, path: string, isOnlyAsked: boolean): Subschema[] {
	return Object.entries(schemas).flatMap(([key, schema]: [string, unknown]) =>
		isRecord(schema) ? [{ schema, path: path + jsonPointer([key]), isOnlyAsked }] : [],
	);
}

/** The names of all properties that the schema and the schemas in it describe. */
export function propertyNames(schema: unknown): string[] {
	return subschemas(schema).flatMap(({ schema: { properties } }) =>
		isRecord(properties) ? Object.keys(properties) : [],
	);
}
