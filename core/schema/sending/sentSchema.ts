import { isRecord } from '../../lib/isRecord';
import { jsonPointer } from '../../lib/jsonPointer';
import { LONGEST_NAME, markedName } from '../../lib/names';
import type { JsonSchema } from '../jsonSchema';
import { KEYWORDS } from '../reading/keywords';
import type { SchemaIndex } from '../schemaIndex';
import { inNewWords, legalPattern, plainKeyword } from './sentKeywords';

type Path = readonly string[];

interface Sending {
	index: SchemaIndex;
	names: SentNames;
	/** The place of each schema in what is sent. */
	placeOf: Map<JsonSchema, Path>;
	/** References that are written once every place is known. */
	references: Array<{ at: JsonSchema; target: JsonSchema; name: string }>;
	defs: JsonSchema;
	defNames: Set<string>;
}

/**
 * A schema in the terms of draft 2020-12, valid there, with property names that Claude accepts and
 * without addresses: each reference is a pointer. Definitions are at the top, the schema itself where
 * `at` says.
 */
export function sentSchema(
	root: JsonSchema,
	{ index, names }: Pick<Sending, 'index' | 'names'>,
	at: Path,
): { body: JsonSchema; defs: JsonSchema } {
	const sending: Sending = {
		...{ index, names, placeOf: new Map(), references: [] },
		...{ defs: {}, defNames: new Set() },
	};
	const body = sentNode(root, at, sending);
	// The list grows: the target of a reference may refer further.
	for (const { at: holder, target, name } of sending.references) {
		if (!sending.placeOf.has(target)) define(target, name, sending);
		holder.$ref = `#${encodeURI(jsonPointer(sending.placeOf.get(target) ?? []))}`;
	}
	return { body, defs: sending.defs };
}

/** Definitions that nothing refers to are not sent. */
function define(schema: JsonSchema, name: string, { defs, defNames, ...others }: Sending): void {
	let own = legalName(name, defNames);
	for (let count = 2; defNames.has(own); count += 1) own = legalName(`${own}_${count}`, defNames);
	defNames.add(own);
	defs[own] = sentNode(schema, ['$defs', own], { defs, defNames, ...others });
}

/** What is not a schema says nothing. */
function sentAny(node: unknown, path: Path, sending: Sending): unknown {
	if (isRecord(node)) return sentNode(node, path, sending);
	return typeof node === 'boolean' ? node : {};
}

function sentNode(node: JsonSchema, path: Path, sending: Sending): JsonSchema {
	if (!sending.placeOf.has(node)) sending.placeOf.set(node, path);
	const schema = inNewWords(node);
	const entries = Object.entries(schema).flatMap(([keyword, value]): Array<[string, unknown]> => {
		const sent = sentKeyword(keyword, value, { path: [...path, keyword], sending });
		return sent === undefined ? [] : [[keyword, sent]];
	});
	return withReferences(node, withItems(Object.fromEntries(entries)), sending);
}

/** OpenAI, and gateways that validate as it does, refuse a list whose entries nothing describes. */
function withItems(sent: JsonSchema): JsonSchema {
	const { type, items, unevaluatedItems: rest } = sent;
	const isList = type === 'array' || (Array.isArray(type) && type.includes('array'));
	return isList && items === undefined && rest === undefined ? { ...sent, items: {} } : sent;
}

/** If a schema has several references, all but the first go next to it. */
function withReferences(node: JsonSchema, sent: JsonSchema, sending: Sending): JsonSchema {
	const holders = (sending.index.targets.get(node) ?? []).flatMap(
		({ ref, target }): JsonSchema[] => {
			if (target === true) return [];
			if (!isRecord(target)) return [{ not: {} }];
			const at: JsonSchema = { $ref: '' };
			const name = ref.split(/[#/]/).at(-1) || 'definition';
			sending.references.push({ at, target, name });
			return [at];
		},
	);
	const [first] = holders;
	if (!first) return sent;
	if (holders.length === 1 && !('not' in first)) return Object.assign(first, sent);
	const allOf: unknown[] = Array.isArray(sent.allOf) ? sent.allOf : [];
	return { ...sent, allOf: [...allOf, ...holders] };
}

interface Place {
	path: Path;
	sending: Sending;
}

function sentKeyword(keyword: string, value: unknown, place: Place): unknown {
	const { path, sending } = place;
	switch (KEYWORDS.get(keyword)) {
		case 'schema':
		case 'schemaOrSchemas':
			return isRecord(value) || typeof value === 'boolean'
				? sentAny(value, path, sending)
				: undefined;
		case 'schemas':
			return Array.isArray(value) && value.length > 0
				? value.map((inner, n) => sentAny(inner, [...path, String(n)], sending))
				: undefined;
		case 'namedSchemas':
			return isRecord(value) ? sentNamed(keyword, value, place) : undefined;
		case 'names':
			return sentList(value, sending);
		case 'namedNames':
			return sentLists(value, sending);
		default:
			return plainKeyword(keyword, value);
	}
}

function sentNamed(keyword: string, named: JsonSchema, { path, sending }: Place): JsonSchema {
	const entries = Object.entries(named).flatMap(([name, inner]): Array<[string, unknown]> => {
		const own =
			keyword === 'patternProperties'
				? legalPattern(name)
				: (sending.names.get(name) ?? name.toWellFormed());
		if (own === undefined) return [];
		const schema = sentAny(inner, [...path, own], sending);
		return [[own, keyword === 'properties' && own !== name ? labelled(schema, name) : schema]];
	});
	return Object.fromEntries(entries);
}

/** Tells the model what a property is really called. */
function labelled(schema: unknown, name: string): JsonSchema {
	const known = isRecord(schema) ? schema : schema === false ? { not: {} } : {};
	const label = name.toWellFormed();
	if (known.title === undefined) return Object.assign(known, { title: label });
	const said = typeof known.description === 'string' ? ` ${known.description}` : '';
	return Object.assign(known, { description: `(${JSON.stringify(label)})${said}` });
}

function sentList(value: unknown, { names }: Sending): string[] | undefined {
	if (!Array.isArray(value)) return undefined;
	const texts = value.filter((name) => typeof name === 'string');
	return [...new Set(texts.map((name) => names.get(name) ?? name.toWellFormed()))];
}

function sentLists(value: unknown, sending: Sending): JsonSchema | undefined {
	if (!isRecord(value)) return undefined;
	const entries = Object.entries(value).flatMap(([name, list]): Array<[string, string[]]> => {
		const own = sentList(list, sending);
		return own ? [[sending.names.get(name) ?? name.toWellFormed(), own]] : [];
	});
	return Object.fromEntries(entries);
}

/** For each property name that Claude does not accept, the name that is sent. */
export type SentNames = ReadonlyMap<string, string>;

/** Claude refuses other names in a tool's schema with a 400. */
const LEGAL = new RegExp(`^[a-zA-Z0-9_.-]{1,${LONGEST_NAME}}$`);

/** `__proto__` is legal to Claude, and lost by many who read what Claude writes. */
function isLegal(name: string): boolean {
	return LEGAL.test(name) && name !== '__proto__';
}

/** One name for each, whatever its place, that no other property of the document has. */
export function sentNames(schemas: readonly JsonSchema[]): SentNames {
	const declared = new Set(
		schemas.flatMap(({ properties }) => (isRecord(properties) ? Object.keys(properties) : [])),
	);
	const taken = new Set([...declared, ...schemas.flatMap(namesIn)].filter(isLegal));
	const sent = new Map<string, string>();
	for (const name of declared) {
		if (isLegal(name)) continue;
		const own = legalName(name, taken);
		taken.add(own);
		sent.set(name, own);
	}
	return sent;
}

/** A legal name close to a given one, that nothing else has. */
export function legalName(name: string, taken: ReadonlySet<string>): string {
	const letters = name.normalize('NFKD').replace(/\p{M}/gu, '');
	const near = letters.replace(/[^a-zA-Z0-9_.-]+/g, '_').replace(/^_+|_+$/g, '') || 'field';
	if (near.length <= LONGEST_NAME && !taken.has(near)) return near;
	return markedName(name, near);
}

/** The property names that a schema itself mentions. */
export function namesIn(schema: JsonSchema): string[] {
	const { properties, required, dependentRequired, dependentSchemas, dependencies } = schema;
	const lists = [dependentRequired, dependencies].flatMap((named) =>
		isRecord(named) ? Object.values(named) : [],
	);
	return [
		...[properties, dependentRequired, dependentSchemas, dependencies].flatMap((named) =>
			isRecord(named) ? Object.keys(named) : [],
		),
		...[required, ...lists].flatMap((names) =>
			Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [],
		),
	];
}
