import { isRecord } from '../../isRecord';
import type { JsonSchema } from '../jsonSchema';
import { KEYWORDS, saysSomething, type KeywordKind } from '../reading/keywords';
import { typeMeant } from '../reading/typeNames';
import { checkedPatterns, patternMeant } from './patternMeant';

/** What a keyword with a foreign value means. */
export interface Meant {
	/** In its place; empty where it says nothing. */
	own: JsonSchema;
	/** For the author, behind the place, where another schema might have been meant. */
	note?: string;
}

/** These may be null themselves. */
const MAY_BE_NULL = new Set(['const', 'default', 'example', 'examples']);
const NOTHING: Meant = { own: {} };

/** Undefined for a keyword that is read as it is, and for what nobody can read. */
export function keywordMeant(
	keyword: string,
	value: unknown,
	{ schema, isProperty }: { schema: JsonSchema; isProperty: boolean },
): Meant | undefined {
	if (value === null) return MAY_BE_NULL.has(keyword) ? undefined : NOTHING;
	// Draft-03 says it of properties alone, and is read elsewhere.
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

/** A list without an entry would let nothing be valid. */
const entries: Read = (value) =>
	isEmptyList(value) ? { own: {}, note: 'is an empty list: it is left out' } : undefined;

/** PHP has one form for an empty list and an empty object. */
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
	if (isName) return { own: { [keyword]: [value] }, note: 'is a name alone: it is read as a list' };
	if (!Array.isArray(value) || !value.includes(null)) return undefined;
	return { own: { [keyword]: value.filter((name) => name !== null) } };
};

const type: Read = (value) => {
	if (value === '' || value === 'TYPE_UNSPECIFIED') return NOTHING;
	const meant = typeMeant(value);
	return meant && { own: meant.schema, note: meant.note };
};

/** Go writes an empty text where no reference is: it would be one to the whole schema. */
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
