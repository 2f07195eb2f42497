import { TokenHubError } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { jsonPointer } from '../../lib/jsonPointer';
import { nearestName } from '../../lib/names';
import { saysSomething, KEYWORDS, innerPlaces, namesType, type JsonSchema } from './keywords';
import { modernized } from './modernized';

/** A JSON Schema as it is meant. */
export interface ReadSchema {
	schema: JsonSchema;
	/** What was read differently from how it is written, and what seems to be a mistake. */
	notes: string[];
}

/**
 * Takes a schema out of an API's wrapper, and converts the forms of old drafts to current ones.
 * @param inWords Reads other spellings first.
 * @throws TokenHubError `badConfig` for a list of fields that is not a schema.
 */
export function readSchema(
	given: JsonSchema,
	name: string,
	inWords: (schema: JsonSchema) => ReadSchema = (schema) => ({ schema, notes: [] }),
): ReadSchema {
	const { schema: inner, from } = unwrapped(given);
	const { schema: meant, notes: before } = inWords(inner);
	const problem = shorthand(meant);
	if (problem !== undefined) {
		throw new TokenHubError('badConfig', `${name} is not a JSON Schema: ${problem}`);
	}
	const { schema, notes } = modernized(meant);
	const taken = from === undefined ? [] : [`taken out of "${from}"`];
	return { schema, notes: [...taken, ...before, ...notes, ...misspelt(schema)] };
}

/** A schema, and where it was found. */
interface Unwrapped {
	schema: JsonSchema;
	/** Such as `json_schema.schema`, if the given schema is only a wrapper. */
	from?: string;
}

/** Where APIs put a schema, and which keys may be next to it. */
const HOLDERS = [
	'schema',
	'parameters',
	'input_schema',
	'inputSchema',
	'json_schema',
	'jsonSchema',
	'function',
];
HOLDERS.push('response_format', 'responseFormat', 'format', 'custom', 'strict_schema');
const BESIDE = new Set('name description title strict type cache_control $schema'.split(' '));
const KINDS = new Set(['json_schema', 'function', 'tool', 'custom']);

/** The schema inside an API's wrapper, such as `{"name": …, "strict": true, "schema": {…}}`. */
function unwrapped(given: JsonSchema, path: readonly string[] = []): Unwrapped {
	const own = path.length > 0 ? { schema: given, from: path.join('.') } : { schema: given };
	const holder = holderIn(given);
	const held = holder === undefined ? undefined : given[holder];
	if (holder === undefined || !isRecord(held) || path.length > 3) return own;
	return unwrapped(held, [...path, holder]);
}

function holderIn(given: JsonSchema): string | undefined {
	const holders = HOLDERS.filter((key) => isRecord(given[key]));
	const [holder] = holders;
	if (holder === undefined || holders.length > 1) return undefined;
	const { type } = given;
	if (type !== undefined && !(typeof type === 'string' && KINDS.has(type))) return undefined;
	const isBeside = (key: string) => key === holder || BESIDE.has(key) || !saysSomething(key);
	if (!Object.keys(given).every(isBeside)) return undefined;
	const held = given[holder];
	const isClear = isRecord(held) && (Object.keys(held).some(saysSomething) || holderIn(held));
	return isClear ? holder : undefined;
}

const FIELDS =
	'did you mean the Schema Source "Fields" or "JSON Example", or in the library {"example": …}?';

/**
 * Recognizes a list of fields, such as `{"name": "string", "age": "number"}`: as a schema, it has no
 * keyword at all and accepts anything.
 */
function shorthand(root: JsonSchema): string | undefined {
	const keys = Object.keys(root);
	if (keys.length === 0) return undefined;
	const isSilent = !keys.some(saysSomething);
	const hasUnknown = keys.some((key) => isUnknown(key));
	if ((isSilent && hasUnknown) || isFieldList(root, 1)) {
		const fields = Object.values(root).every((value) => isRecord(value) && looksLikeSchema(value));
		const instead = fields ? 'put the fields under "properties", beside "type": "object".' : FIELDS;
		return `no keyword of JSON Schema is in it: ${instead}`;
	}
	return undefined;
}

const ANNOTATIONS = new Set(
	`title description default examples $id $comment $schema $defs definitions deprecated readOnly
	writeOnly $vocabulary`.split(/\s+/),
);

/** Names with types, and no meaningful keyword except perhaps `type` as the name of a field. */
function isFieldList(schema: JsonSchema, mostKeywords: number): boolean {
	const entries = Object.entries(schema);
	const unknown = entries.filter(([key]) => isUnknown(key));
	return (
		unknown.length > mostKeywords &&
		entries.filter(([key]) => saysSomething(key)).length <= mostKeywords &&
		entries.every(([, value]) => typeof value === 'string' && namesType(value))
	);
}

function isUnknown(key: string): boolean {
	return !KEYWORDS.has(key) && !ANNOTATIONS.has(key) && key !== 'const' && !/^(_|x-)/.test(key);
}

function looksLikeSchema(value: JsonSchema): boolean {
	return Object.keys(value).some(saysSomething);
}

/** Each keyword that JSON Schema does not know and that seems to be a mistake. */
function misspelt(schema: JsonSchema, path: readonly string[] = []): string[] {
	if (path.length > 0 && isFieldList(schema, 0)) {
		return [`${jsonPointer(path)} lists fields and is not a schema: it accepts anything`];
	}
	const own = Object.keys(schema).flatMap((keyword) => {
		const instead = meantBy(keyword, schema);
		if (instead === undefined) return [];
		return [`${jsonPointer([...path, keyword])} means nothing in JSON Schema: ${instead}`];
	});
	const inner = innerPlaces(schema).flatMap(([keys, node]) =>
		isRecord(node) ? misspelt(node, [...path, ...keys]) : [],
	);
	return [...own, ...inner];
}

const KNOWN = new Set([
	...KEYWORDS.keys(),
	...`const $schema $vocabulary $comment title description default examples deprecated readOnly
	writeOnly contentEncoding contentMediaType`.split(/\s+/),
]);

/** Other languages' keywords, which are not mistakes, or which no similar keyword explains. */
const OTHERS = new Set('id example constant extend order unit index title name'.split(' '));

const INSTEAD: ReadonlyMap<string, string> = new Map([
	['nullable', 'write "type": ["string", "null"], with your type'],
	['optional', 'leave the name out of "required" one level up'],
	['extends', 'write "allOf"'],
	['disallow', 'write "not"'],
	['choices', 'did you mean "enum"?'],
	['oneof', 'did you mean "oneOf"?'],
	['item', 'did you mean "items"?'],
	['regex', 'did you mean "pattern"?'],
	['regexp', 'did you mean "pattern"?'],
	['min', 'did you mean "minimum", "minLength" or "minItems"?'],
	['max', 'did you mean "maximum", "maxLength" or "maxItems"?'],
]);

function meantBy(keyword: string, { [keyword]: value }: JsonSchema): string | undefined {
	if (KNOWN.has(keyword) || OTHERS.has(keyword) || isSetAside(keyword)) return undefined;
	if (value === false && (keyword === 'nullable' || keyword === 'optional')) return undefined;
	const instead = INSTEAD.get(keyword);
	if (instead !== undefined) return instead;
	const near = nearKeyword(keyword);
	return near === undefined ? undefined : `did you mean "${near}"?`;
}

/** A leading symbol means that somebody disabled it, or uses it in their own way. */
function isSetAside(keyword: string): boolean {
	return /^(_|-|x-|[^a-z$])/i.test(keyword);
}

/** The same letters, or a word so long that one or two wrong letters are no coincidence. */
function nearKeyword(keyword: string): string | undefined {
	const letters = lettersOf(keyword);
	const same = [...KNOWN].find((known) => lettersOf(known) === letters);
	if (same !== undefined || letters.length < 5) return same;
	const mostWrong = letters.length < 8 ? 1 : 2;
	const near = nearestName(
		letters,
		[...KNOWN].filter((known) => lengthGap(known, letters) <= mostWrong),
	);
	return near !== undefined && isWithin(letters, near.toLowerCase(), mostWrong) ? near : undefined;
}

function lettersOf(keyword: string): string {
	return keyword.toLowerCase().replace(/[^a-z]/g, '');
}

function lengthGap(known: string, letters: string): number {
	return Math.abs(known.length - letters.length);
}

/** Whether the words are equal except for a few consecutive letters, or two swapped ones. */
function isWithin(a: string, b: string, mostWrong: number): boolean {
	let start = 0;
	while (start < a.length && a[start] === b[start]) start += 1;
	let end = 0;
	while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
	return Math.max(a.length, b.length) - start - end <= Math.max(mostWrong, 2);
}
