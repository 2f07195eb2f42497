import { isRecord } from '../../isRecord';
import type { JsonSchema } from '../jsonSchema';

/** What may stand under a keyword. */
export type KeywordKind =
	| 'type'
	| 'schema'
	| 'schemas'
	| 'schemaOrSchemas'
	| 'namedSchemas'
	| 'namedSchemasOrNames'
	| 'names'
	| 'namedNames'
	| 'choices'
	| 'number'
	| 'positive'
	| 'count'
	| 'text'
	| 'pattern'
	| 'flag';

const BY_KIND: Record<KeywordKind, string> = {
	type: 'type',
	schema: `additionalProperties propertyNames unevaluatedProperties contains additionalItems
		unevaluatedItems not if then else contentSchema`,
	schemas: 'prefixItems allOf anyOf oneOf',
	schemaOrSchemas: 'items',
	namedSchemas: 'properties patternProperties $defs definitions dependentSchemas',
	namedSchemasOrNames: 'dependencies',
	names: 'required',
	namedNames: 'dependentRequired',
	choices: 'enum',
	number: 'minimum maximum exclusiveMinimum exclusiveMaximum',
	positive: 'multipleOf',
	count:
		'minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains',
	text: '$ref $dynamicRef $recursiveRef $anchor $dynamicAnchor $id format',
	pattern: 'pattern',
	flag: 'uniqueItems $recursiveAnchor',
};

const KINDS: ReadonlyArray<readonly [KeywordKind, string]> = [
	['type', BY_KIND.type],
	...Object.entries(BY_KIND).flatMap(([kind, names]) =>
		isKind(kind) ? [[kind, names] as const] : [],
	),
];

function isKind(kind: string): kind is KeywordKind {
	return Object.hasOwn(BY_KIND, kind);
}

/** Keywords that decide what is valid, or help to. */
export const KEYWORDS: ReadonlyMap<string, KeywordKind> = new Map(
	KINDS.flatMap(([kind, names]) => names.split(/\s+/).map((name) => [name, kind] as const)),
);

/** Those that decide alone. */
export function saysSomething(keyword: string): boolean {
	return (KEYWORDS.has(keyword) && !SILENT.has(keyword)) || keyword === 'const';
}

const SILENT = new Set('$anchor $dynamicAnchor $recursiveAnchor $id $defs definitions'.split(' '));

/** A schema inside a schema, with the keys that lead to it. */
export type Inner = [path: [string] | [string, string], schema: unknown];

/** What stands where schemas are expected, one step inside. */
export function innerPlaces(schema: JsonSchema): Inner[] {
	const places: Inner[] = [];
	// Most keywords hold none, and a document has thousands of schemas.
	for (const keyword of Object.keys(schema)) {
		const kind = KEYWORDS.get(keyword);
		if (!kind || !HOLDING.has(kind)) continue;
		for (const place of placesUnder(keyword, kind, schema[keyword])) places.push(place);
	}
	return places;
}

const HOLDING: ReadonlySet<KeywordKind> = new Set([
	...(['schema', 'schemas', 'schemaOrSchemas'] as const),
	...(['namedSchemas', 'namedSchemasOrNames'] as const),
]);

function placesUnder(keyword: string, kind: KeywordKind, value: unknown): Inner[] {
	if (kind === 'schema') return [[[keyword], value]];
	if (kind === 'schemaOrSchemas' && !Array.isArray(value)) return [[[keyword], value]];
	if (kind === 'schemas' || kind === 'schemaOrSchemas') {
		return Array.isArray(value) ? within(keyword, value) : [];
	}
	if (!isRecord(value)) return [];
	const inner = within(keyword, value);
	return kind === 'namedSchemas' ? inner : inner.filter(([, one]) => !Array.isArray(one));
}

function within(keyword: string, schemas: object): Inner[] {
	return Object.entries(schemas).map(([key, schema]: [string, unknown]) => [
		[keyword, key],
		schema,
	]);
}
