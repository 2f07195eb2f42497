import { isRecord } from '../../lib/isRecord';
import { nearestName } from '../../lib/names';

/** A JSON Schema as a plain object, any draft from 7 to 2020-12. */
export type JsonSchema = Record<string, unknown>;

/** What a keyword may contain. */
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

/** Keywords that decide what is valid, or contribute to it. */
export const KEYWORDS: ReadonlyMap<string, KeywordKind> = new Map(
	KINDS.flatMap(([kind, names]) => names.split(/\s+/).map((name) => [name, kind] as const)),
);

/** Keywords that decide by themselves. */
export function saysSomething(keyword: string): boolean {
	return (KEYWORDS.has(keyword) && !SILENT.has(keyword)) || keyword === 'const';
}

const SILENT = new Set('$anchor $dynamicAnchor $recursiveAnchor $id $defs definitions'.split(' '));

/** A schema inside a schema, with the keys that lead to it. */
type Inner = [path: [string] | [string, string], schema: unknown];

/** The values one step inside where schemas are expected. */
export function innerPlaces(schema: JsonSchema): Inner[] {
	const places: Inner[] = [];
	// Most keywords contain none, and a document has thousands of schemas.
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

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

/** What other languages and tools call the types, with the type and the format to write instead. */
const MEANT: ReadonlyArray<readonly [type: string, names: string, format?: string]> = [
	['integer', 'int int32 int64 uint long short bigint whole'],
	['number', 'float float32 float64 double decimal numeric real currency money percent'],
	['string', 'str text varchar char character enum'],
	['boolean', 'bool'],
	['array', 'list tuple set vector'],
	['object', 'dict dictionary map record hash json struct'],
	['null', 'nil none undefined void'],
	['string', 'date', 'date'],
	['string', 'datetime date-time timestamp', 'date-time'],
	['string', 'time', 'time'],
	['string', 'email', 'email'],
	['string', 'url uri', 'uri'],
	['string', 'uuid guid', 'uuid'],
];

const INSTEAD = new Map(
	MEANT.flatMap(([type, names, format]) =>
		names.split(' ').map((name) => [name, { type, ...(format ? { format } : {}) }] as const),
	),
);

/** Only these have a single meaning: `json`, for example, may be anything. */
const CERTAIN = new Set([
	...'int int32 int64 uint long float float32 float64 double decimal numeric str text'.split(' '),
	...'bool list dict dictionary map nil none date datetime date-time email url uri uuid'.split(' '),
]);
const ANY = new Set(['any', 'mixed', 'unknown']);

/** The meaning of another language's type; undefined for JSON Schema's own and for unknown ones. */
export function typeMeant(
	given: unknown,
): { schema: Record<string, unknown>; note?: string } | undefined {
	const names: unknown[] = Array.isArray(given) ? given : [given];
	const words = names.map((name) => (typeof name === 'string' ? name.trim().toLowerCase() : ''));
	if (names.every((name) => typeof name === 'string' && TYPES.includes(name))) return undefined;
	const isRead = (word: string) => TYPES.includes(word) || CERTAIN.has(word) || ANY.has(word);
	if (words.length === 0 || !words.every(isRead)) return undefined;
	const read = words.map((word) => INSTEAD.get(word) ?? { type: word });
	const [first] = read;
	const schema = words.some((word) => ANY.has(word))
		? {}
		: !Array.isArray(given) && first
			? first
			: { type: [...new Set(read.map(({ type }) => type))] };
	if (words.every((word) => TYPES.includes(word))) return { schema };
	const said = 'type' in schema ? `as ${JSON.stringify(schema.type)}` : 'as any type';
	return { schema, note: `is ${JSON.stringify(given)}: it is read ${said}` };
}

/** What is wrong with the value of "type"; undefined if nothing is. */
export function typeProblem(type: unknown): string | undefined {
	const types: unknown[] = Array.isArray(type) ? type : [type];
	if (types.length === 0) return '"type" lists no type: leave it out.';
	const wrong = types.find((name) => typeof name !== 'string' || !TYPES.includes(name));
	if (wrong === undefined) return undefined;
	if (typeof wrong === 'string') return `the type "${wrong}" does not exist${meant(wrong)}`;
	return `"type" must be a type or a list of types, not ${JSON.stringify(wrong)}. ${LIST}`;
}

const LIST = `The types are ${TYPES.slice(0, -1).join(', ')} and ${TYPES.at(-1)}.`;

function meant(name: string): string {
	const word = name.trim().toLowerCase();
	if (ANY.has(word)) {
		return `: leave "type" out where anything is allowed. ${LIST}`;
	}
	const near = TYPES.includes(word) ? word : nearestName(word, TYPES);
	const instead = shownType(INSTEAD.get(word)) ?? (near === undefined ? undefined : `"${near}"`);
	return instead === undefined ? `. ${LIST}` : `: did you mean ${instead}? ${LIST}`;
}

function shownType(meant: { type: string; format?: string } | undefined): string | undefined {
	if (!meant) return undefined;
	return `"${meant.type}"${meant.format ? ` with "format": "${meant.format}"` : ''}`;
}

/** Whether a text is the name of a type, here or elsewhere. */
export function namesType(text: string): boolean {
	const word = text
		.trim()
		.toLowerCase()
		.replace(/\[\]$|\?$/g, '');
	return TYPES.includes(word) || INSTEAD.has(word) || word === 'any';
}
