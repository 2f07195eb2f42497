import { isRecord } from '../../lib/isRecord';
import { jsonPointer } from '../../lib/jsonPointer';
import { patternTest } from '../patterns/patternTest';
import { ownPattern } from './foreignPattern';
import { KEYWORDS, saysSomething, type KeywordKind, typeMeant, type JsonSchema } from './keywords';
import { withInner, type Modernized } from './modernized';

/**
 * A schema as servers in other languages write it, in JSON Schema's terms: Go writes null for what is
 * absent, PHP an empty list for an empty object, Gemini types in upper case, OpenAPI "nullable". What
 * cannot be read stays as it is, to be refused later.
 */
export function inOwnWords(root: JsonSchema): Modernized {
	const notes: string[] = [];
	const translate = (node: JsonSchema, path: readonly string[]): JsonSchema => {
		const own = withMeant(node, path, notes);
		const inner = withInner(own, (schema, keys) => translate(schema, [...path, ...keys]));
		// Arguments are an object, whatever else is said about them as a whole.
		return path.length === 0 ? inner : nullAllowed(inner);
	};
	return { schema: translate(root, []), notes };
}

/** The schema itself if it is written as it is meant. */
function withMeant(node: JsonSchema, path: readonly string[], notes: string[]): JsonSchema {
	const isProperty = path.at(-2) === 'properties';
	const made: Array<[string, unknown]> = [];
	const kept = Object.entries(node).filter(([keyword, value]) => {
		const meant = keywordMeant(keyword, value, { schema: node, isProperty });
		if (!meant) return true;
		made.push(...Object.entries(meant.own));
		if (meant.note !== undefined) {
			notes.push(`${jsonPointer([...path, keyword])} ${meant.note}`);
		}
		return false;
	});
	return kept.length === Object.keys(node).length ? node : Object.fromEntries([...kept, ...made]);
}

/** What a keyword with a foreign value means. */
interface Meant {
	/** Its replacement; empty if it says nothing. */
	own: JsonSchema;
	/** A note for the author, after the place, if another schema might have been meant. */
	note?: string;
}

/** These may be null themselves. */
const MAY_BE_NULL = new Set(['const', 'default', 'example', 'examples']);
const NOTHING: Meant = { own: {} };

/** Undefined for a keyword that is read as it is, or that cannot be read. */
function keywordMeant(
	keyword: string,
	value: unknown,
	{ schema, isProperty }: { schema: JsonSchema; isProperty: boolean },
): Meant | undefined {
	if (value === null) return MAY_BE_NULL.has(keyword) ? undefined : NOTHING;
	// In draft-03, this is about properties only, and is read elsewhere.
	if (keyword === 'required' && typeof value === 'boolean') {
		return isProperty ? undefined : NOTHING;
	}
	const kind = KEYWORDS.get(keyword);
	return kind && MEANT[kind]?.(value, { keyword, schema });
}

type Read = (value: unknown, place: { keyword: string; schema: JsonSchema }) => Meant | undefined;

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

const flag: Read = (value, { keyword }) =>
	value === 'true' || value === 'false' ? { own: { [keyword]: value === 'true' } } : undefined;

/** Protocol buffers write large numbers as texts. */
const number: Read = (value, { keyword }) => {
	if (typeof value === 'number') return Number.isFinite(value) ? undefined : NOTHING;
	const isNumber = typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value);
	return isNumber ? { own: { [keyword]: Number(value) } } : undefined;
};

/** An empty list would make every value invalid. */
const entries: Read = (value) =>
	isEmptyList(value) ? { own: {}, note: 'is an empty list: it is left out' } : undefined;

/** PHP has the same form for an empty list and an empty object. */
const named: Read = (value, { keyword }) => {
	if (isEmptyList(value)) return NOTHING;
	if (!isRecord(value)) return undefined;
	const isSilent = (inner: unknown) =>
		inner === null || (keyword !== 'dependencies' && isEmptyList(inner));
	const checked = keyword === 'patternProperties' ? checkedPatterns(value) : undefined;
	if (!checked && !Object.values(value).some(isSilent)) return undefined;
	const made = Object.entries(checked?.own ?? value).map(([name, inner]) => {
		return [name, isSilent(inner) ? {} : inner] as const;
	});
	return { own: { [keyword]: Object.fromEntries(made) }, note: checked?.note };
};

const names: Read = (value, { keyword }) => {
	if (isRecord(value) && Object.keys(value).length === 0) return NOTHING;
	const isName = typeof value === 'string' && value !== '';
	if (isName)
		return { own: { [keyword]: [value] }, note: 'is a single name: it is read as a list' };
	if (!Array.isArray(value) || !value.includes(null)) return undefined;
	return { own: { [keyword]: value.filter((name) => name !== null) } };
};

const type: Read = (value) => {
	if (value === '' || value === 'TYPE_UNSPECIFIED') return NOTHING;
	const meant = typeMeant(value);
	return meant && { own: meant.schema, note: meant.note };
};

/**
 * Go writes an empty text if there is no reference: read as one, it would refer to the whole schema.
 */
const reference: Read = (value, { keyword, schema }) => {
	const isElsewhere = Object.keys(schema).some((key) => key !== keyword && saysSomething(key));
	return value === '' && (keyword !== '$ref' || isElsewhere) ? NOTHING : undefined;
};

const MEANT: Partial<Record<KeywordKind, Read>> = {
	...{ type, names, flag, choices: entries, schemas: entries, schemaOrSchemas: flag },
	...{ number, positive: number, count: number, text: reference },
	...{ namedSchemas: named, namedSchemasOrNames: named },
	schema: (value, place) => (isEmptyList(value) ? NOTHING : flag(value, place)),
	namedNames: (value) => (isEmptyList(value) ? NOTHING : undefined),
	pattern: (value, { schema }) => patternMeant(value, schema),
};

/**
 * A pattern that cannot be checked here becomes a description for the model; undefined for all others.
 */
function patternMeant(value: unknown, { description }: JsonSchema): Meant | undefined {
	if (typeof value !== 'string' || isChecked(value)) return undefined;
	const words = `It has to match the regular expression ${value}`;
	return {
		own: { description: typeof description === 'string' ? `${description} (${words})` : words },
		note: `${NOT_CHECKED}: the model is only told of ${value.slice(0, 200)}`,
	};
}

const NOT_CHECKED = 'cannot be checked';

/** The same for names of properties: without the other patterns, any name is allowed. */
function checkedPatterns(named: JsonSchema): { own: JsonSchema; note: string } | undefined {
	const lost = Object.keys(named).filter((source) => !isChecked(source));
	if (lost.length === 0) return undefined;
	const kept = Object.entries(named).filter(([source]) => !lost.includes(source));
	const note = `${NOT_CHECKED}: ${lost.join(', ').slice(0, 200)} is left out`;
	return { own: Object.fromEntries(kept), note };
}

function isChecked(source: string): boolean {
	return patternTest(ownPattern(source)).ok;
}

/** A part that OpenAPI or Swagger calls "nullable", so that it accepts null in JSON Schema too. */
function nullAllowed(schema: JsonSchema): JsonSchema {
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

/** These keywords decide about null too. */
const OF_ALL_TYPES = new Set([
	...['$ref', '$dynamicRef', '$recursiveRef', 'anyOf', 'oneOf', 'allOf', 'not', 'if', 'const'],
]);

/** The part's description stays outside, where models read it. */
function orNull(schema: JsonSchema, said: readonly string[]): JsonSchema {
	const entries = Object.entries(schema);
	const parts = entries.filter(([keyword]) => said.includes(keyword));
	const words = entries.filter(([keyword]) => !said.includes(keyword));
	return { ...Object.fromEntries(words), anyOf: [Object.fromEntries(parts), { type: 'null' }] };
}
