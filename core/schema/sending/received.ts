import { isRecord } from '../../lib/isRecord';
import { exactJson, type SourceNumbers } from '../../json/exactJson';
import { readWholeJson } from '../../json/readJson';
import type { JsonSchema } from '../jsonSchema';
import { patternTest } from '../patterns/patternTest';
import type { SchemaIndex } from '../schemaIndex';
import { namesIn, type SentNames } from './sentSchema';

/** Arguments with the names of the author's own schema. */
export interface Received {
	value: unknown;
	/** What the text says about the numbers in it. */
	numbers?: SourceNumbers;
}

/** An object with its own names, and the object it was made from. */
interface Origin {
	holder: object;
	/** By the new name. */
	keys: ReadonlyMap<string, string>;
}

type Schemas = ReadonlySet<JsonSchema>;

interface Reading {
	originOf: Map<object, Origin>;
	/** The schemas that apply to a value, including its choices, by the schema in its place. */
	about: (schema: JsonSchema) => Schemas;
	/** The author's name for each name that was sent. */
	ownName: ReadonlyMap<string, string>;
}

/**
 * Gives what a model wrote for a sent schema the author's own names, wherever one of the schemas that
 * may apply to a value has that name. A name that was not changed is understood too.
 */
export function namesBack(
	root: JsonSchema,
	{ about, names }: { about: Reading['about']; names: SentNames },
): (value: unknown, numbers?: SourceNumbers) => Received {
	const ownName = new Map([...names].map(([own, sent]) => [sent, own]));
	return (value, numbers) => {
		if (names.size === 0) return { value, numbers };
		const reading: Reading = { originOf: new Map(), about, ownName };
		const own = readValue(value, about(root), reading);
		return { value: own, numbers: numbers && numbersAt(numbers, reading.originOf) };
	};
}

function numbersAt(numbers: SourceNumbers, originOf: Reading['originOf']): SourceNumbers {
	if (originOf.size === 0) return numbers;
	return {
		...numbers,
		literalOf: (holder, key) => {
			const origin = originOf.get(holder);
			if (!origin) return numbers.literalOf(holder, key);
			return numbers.literalOf(origin.holder, origin.keys.get(String(key)) ?? key);
		},
		isInDoubt: (number, holder) =>
			numbers.isInDoubt(number, holder && (originOf.get(holder)?.holder ?? holder)),
	};
}

/** The value itself if no name in it changes. */
function readValue(value: unknown, schemas: Schemas, reading: Reading): unknown {
	if (Array.isArray(value)) return readList(value, schemas, reading);
	if (typeof value === 'string') return readText(value, schemas, reading);
	return isRecord(value) ? readObject(value, schemas, reading) : value;
}

/** Models send objects and lists as JSON texts, which contain the sent names too. */
function readText(text: string, schemas: Schemas, reading: Reading): string {
	if (!/^\s*[[{]/.test(text) || !isMeantAsJson(schemas)) return text;
	const read = readWholeJson(text);
	if (!read.ok || read.notes.length > 0) return text;
	const originOf: Reading['originOf'] = new Map();
	const own = readValue(read.value, schemas, { ...reading, originOf });
	return own === read.value
		? text
		: exactJson(own, read.numbers && numbersAt(read.numbers, originOf));
}

/** If a text is allowed, one that looks like JSON is still a text. */
function isMeantAsJson(schemas: Schemas): boolean {
	const types = [...schemas].flatMap(({ type }) => type);
	return !types.includes('string') && [...schemas].some(holdsOthers);
}

function holdsOthers(schema: JsonSchema): boolean {
	return HOLDERS.some((keyword) => keyword in schema);
}

const HOLDERS = [
	...['properties', 'patternProperties', 'additionalProperties', 'unevaluatedProperties'],
	...['items', 'prefixItems', 'additionalItems', 'contains', 'unevaluatedItems'],
];

function readList(list: unknown[], schemas: Schemas, reading: Reading): unknown {
	const own = list.map((entry, at) =>
		readValue(
			entry,
			merged(schemas, reading, (schema) => [
				...entrySchemas(schema, at),
				// A list of one is read as its entry if no list is asked for.
				...(list.length === 1 ? [schema] : []),
			]),
			reading,
		),
	);
	if (own.every((entry, at) => entry === list[at])) return list;
	reading.originOf.set(own, { holder: list, keys: new Map() });
	return own;
}

function readObject(given: JsonSchema, schemas: Schemas, reading: Reading): unknown {
	const spoken = new Set([...schemas].flatMap(namesIn));
	const keys = new Map<string, string>();
	const entries = Object.entries(given).map(([key, value]): [string, unknown] => {
		const meant = reading.ownName.get(key);
		// If both names are given, nobody knows which one counts.
		const isOther = meant !== undefined && spoken.has(meant) && !Object.hasOwn(given, meant);
		const name = isOther ? meant : key;
		if (name !== key) keys.set(name, key);
		const below = merged(schemas, reading, (schema) => memberSchemas(schema, name));
		return [name, readValue(value, below, reading)];
	});
	if (keys.size === 0 && entries.every(([key, value]) => given[key] === value)) return given;
	const own = Object.fromEntries(entries);
	reading.originOf.set(own, { holder: given, keys });
	return own;
}

function merged(
	schemas: Schemas,
	{ about }: Reading,
	below: (schema: JsonSchema) => unknown[],
): Schemas {
	const all = new Set<JsonSchema>();
	for (const schema of schemas) {
		for (const inner of below(schema)) {
			if (isRecord(inner)) for (const one of about(inner)) all.add(one);
		}
	}
	return all;
}

function entrySchemas(schema: JsonSchema, at: number): unknown[] {
	const { items, prefixItems, additionalItems, contains, unevaluatedItems } = schema;
	const places: unknown[] = [prefixItems, items].find(Array.isArray) ?? [];
	const rest = Array.isArray(items) ? additionalItems : items;
	return [at < places.length ? places[at] : rest, contains, unevaluatedItems];
}

function memberSchemas(schema: JsonSchema, name: string): unknown[] {
	const { properties, patternProperties, additionalProperties, unevaluatedProperties } = schema;
	const named = isRecord(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [];
	const matched = Object.entries(isRecord(patternProperties) ? patternProperties : {}).flatMap(
		([pattern, inner]) => (isMatch(pattern, name) ? [inner] : []),
	);
	const declared = [...named, ...matched];
	return declared.length > 0 ? declared : [additionalProperties, unevaluatedProperties];
}

function isMatch(pattern: string, name: string): boolean {
	const compiled = patternTest(pattern);
	return compiled.ok && compiled.test(name);
}

const LISTS = ['allOf', 'anyOf', 'oneOf'];
const ONE = ['not', 'if', 'then', 'else'];
const NAMED = ['dependentSchemas', 'dependencies'];

/** A schema with everything next to it that applies to the same value, references followed. */
export function schemasAbout({ targets }: SchemaIndex): (schema: JsonSchema) => Schemas {
	const known = new Map<JsonSchema, Schemas>();
	return (schema) => {
		const before = known.get(schema);
		if (before) return before;
		const found = new Set([schema]);
		// The set grows while it is read.
		for (const one of found) {
			const beside = [
				...ONE.map((key) => one[key]),
				...LISTS.flatMap((key) => (Array.isArray(one[key]) ? Array.from<unknown>(one[key]) : [])),
				...NAMED.flatMap((key) => (isRecord(one[key]) ? Object.values(one[key]) : [])),
				...(targets.get(one) ?? []).map(({ target }) => target),
			];
			for (const inner of beside) if (isRecord(inner)) found.add(inner);
		}
		known.set(schema, found);
		return found;
	};
}
