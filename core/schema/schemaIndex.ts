import type { Failure } from '../errors';
import { isRecord } from '../lib/isRecord';
import { jsonPointer } from '../lib/jsonPointer';
import { messageOf } from '../messageOf';
import type { JsonSchema } from './jsonSchema';

export type Dialect = '7' | '2019-09' | '2020-12';

/** Every schema of a document, and the targets of its references. Each is indexed once. */
export interface SchemaIndex {
	dialect: Dialect;
	/** In the order in which they were found: those that only a reference finds come last. */
	places: Subschema[];
	/** Addresses that cannot be read, or occur twice. */
	problems: Failure[];
	/** By the schema that refers: the targets of its references. */
	targets: Map<JsonSchema, Reference[]>;
}

/** `several` if the target depends on the path that led to the reference. */
export type Reference = { keyword: string; ref: string } & (
	{ target: unknown } | { target?: undefined; several: true }
);

interface Indexing extends SchemaIndex {
	/** By the address of a document, or of an anchor in one. */
	byAddress: Map<string, JsonSchema>;
	baseOf: Map<JsonSchema, string>;
	pathOf: Map<JsonSchema, string>;
	/** By the name of a dynamic anchor. */
	anchored: Map<string, JsonSchema[]>;
}

/** Cannot be the name of an anchor. */
const RECURSIVE = '$recursiveAnchor';

/** Nothing is ever fetched: it only serves as the base of relative addresses. */
const ROOT = 'https://schema.invalid/';

export function indexSchema(schema: JsonSchema, dialect: Dialect): SchemaIndex {
	const index: Indexing = {
		...{ dialect, places: [], problems: [], targets: new Map(), byAddress: new Map() },
		...{ baseOf: new Map(), pathOf: new Map(), anchored: new Map() },
	};
	index.byAddress.set(ROOT, schema);
	addPlace(index, { schema, path: '', isOnlyAsked: false }, ROOT);
	// Both lists grow while they are read: the target of a reference may refer further.
	for (let read = 0; read < index.places.length;) {
		const from = read;
		for (; read < index.places.length; read += 1) addInner(index, index.places[read]);
		for (const { schema: node } of index.places.slice(from)) addTargets(index, node);
	}
	return index;
}

function addPlace(index: Indexing, place: Subschema, outer: string): void {
	const { schema, path } = place;
	if (index.baseOf.has(schema)) return;
	index.places.push(place);
	index.pathOf.set(schema, path);
	index.baseOf.set(schema, outer);
	const { $dynamicAnchor: anchor, $recursiveAnchor } = schema;
	const name = $recursiveAnchor === true ? RECURSIVE : anchor;
	if (typeof name === 'string') {
		const before = index.anchored.get(name);
		if (before) before.push(schema);
		else index.anchored.set(name, [schema]);
	}
	try {
		index.baseOf.set(schema, addAddresses(index, schema, outer));
	} catch (thrown) {
		index.problems.push({ path, message: `its address cannot be read: ${messageOf(thrown)}` });
	}
}

/** The address to which references in the schema are relative. */
function addAddresses({ byAddress, dialect }: Indexing, schema: JsonSchema, outer: string): string {
	const { $id, $anchor, $dynamicAnchor } = schema;
	// Before 2019, keywords next to a reference mean nothing.
	const hasId = typeof $id === 'string' && $id !== '' && !(dialect === '7' && '$ref' in schema);
	// Most schemas have no address of their own, and a document has thousands of them.
	if (!hasId && ![$anchor, $dynamicAnchor].some((one) => typeof one === 'string')) return outer;
	const own = new URL(hasId ? $id : outer, outer);
	const isFragment = own.hash.length > 1;
	const base = isFragment ? outer : withoutHash(own);
	if (hasId && (isFragment || base !== outer))
		claim(byAddress, isFragment ? own.href : base, schema);
	for (const anchor of [$anchor, $dynamicAnchor]) {
		if (typeof anchor === 'string') claim(byAddress, new URL(`#${anchor}`, base).href, schema);
	}
	return base;
}

function claim(byAddress: Indexing['byAddress'], address: string, schema: JsonSchema): void {
	const known = byAddress.get(address);
	if (known && known !== schema) throw new Error(`"${address}" is given twice`);
	byAddress.set(address, schema);
}

function withoutHash(url: URL): string {
	return url.href.split('#')[0] ?? '';
}

function addInner(index: Indexing, place: Subschema | undefined): void {
	if (!place) return;
	const base = index.baseOf.get(place.schema) ?? ROOT;
	for (const inner of innerSchemas(place)) addPlace(index, inner, base);
}

function addTargets(index: Indexing, schema: JsonSchema): void {
	const { $ref, $dynamicRef, $recursiveRef } = schema;
	const found: Reference[] = [];
	if (typeof $ref === 'string') {
		found.push({ keyword: '$ref', ref: $ref, target: targetOf(index, schema, $ref) });
	}
	if (typeof $dynamicRef === 'string') found.push(dynamic(index, schema, $dynamicRef));
	if ($recursiveRef === '#') found.push(recursive(index, schema));
	if (found.length > 0) index.targets.set(schema, found);
}

function targetOf(index: Indexing, from: JsonSchema, ref: string): unknown {
	let url: URL;
	let fragment: string;
	try {
		url = new URL(ref, index.baseOf.get(from));
		fragment = decodeURIComponent(url.hash.slice(1));
	} catch {
		return undefined;
	}
	const document = index.byAddress.get(withoutHash(url));
	if (fragment === '') return document;
	return fragment.startsWith('/')
		? followed(index, document, fragment)
		: index.byAddress.get(url.href);
}

/** The target of a JSON pointer: possibly a schema where none is expected, which is then added. */
function followed(index: Indexing, document: JsonSchema | undefined, pointer: string): unknown {
	let node: unknown = document;
	let [base, path] = [ROOT, ''];
	for (const part of pointer.split('/').slice(1)) {
		const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
		if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
		if (isRecord(node)) {
			base = index.baseOf.get(node) ?? base;
			path = index.pathOf.get(node) ?? path;
		}
		node = Reflect.get(node, key);
		path += jsonPointer([key]);
	}
	if (isRecord(node)) addPlace(index, { schema: node, path, isOnlyAsked: false }, base);
	return node;
}

/**
 * The target is the same whatever path led there if the anchor is in the outermost document, or nowhere
 * else; the first target found decides whether the reference is dynamic at all.
 */
function dynamic(index: Indexing, schema: JsonSchema, ref: string): Reference {
	const first = targetOf(index, schema, ref);
	const anchor = isRecord(first) ? first.$dynamicAnchor : undefined;
	const isDynamic = typeof anchor === 'string' && ref.endsWith(`#${anchor}`);
	const own = { keyword: '$dynamicRef', ref };
	if (!isDynamic) return { ...own, target: first };
	return { ...own, ...outermost(index, anchor) };
}

/** The same in 2019-09. */
function recursive(index: Indexing, schema: JsonSchema): Reference {
	const first = targetOf(index, schema, '#');
	const own = { keyword: '$recursiveRef', ref: '#' };
	if (!isRecord(first) || first.$recursiveAnchor !== true) return { ...own, target: first };
	return { ...own, ...outermost(index, RECURSIVE) };
}

function outermost({ anchored, baseOf, places }: Indexing, name: string) {
	const meant = anchored.get(name) ?? [];
	const [root] = places;
	const own = meant.find((schema) => root && baseOf.get(schema) === baseOf.get(root.schema));
	const [first, another] = meant;
	if (own) return { target: own };
	return another ? { several: true as const } : { target: first };
}

/** A schema inside a schema. */
interface Subschema {
	schema: JsonSchema;
	/** Its JSON pointer. */
	path: string;
	/** Whether a value need not satisfy it, because it is under `not` or `if`. */
	isOnlyAsked: boolean;
}

/** The content of these keywords: a schema, a list of schemas, or schemas by name. */
const ONE = new Set(
	`additionalItems unevaluatedItems items contains additionalProperties unevaluatedProperties
	propertyNames not if then else`.split(/\s+/),
);
const LISTS = new Set(['prefixItems', 'items', 'allOf', 'anyOf', 'oneOf']);
const NAMED = new Set(
	'$defs definitions properties patternProperties dependentSchemas dependencies'.split(' '),
);

/** The schema itself and every schema in it; a value, as under `const`, is not a schema. */
function subschemas(schema: unknown, path = ''): Subschema[] {
	if (!isRecord(schema)) return [];
	const found: Subschema[] = [{ schema, path, isOnlyAsked: false }];
	// The list grows while it is read.
	for (const place of found) for (const inner of innerSchemas(place)) found.push(inner);
	return found;
}

/** The schemas one step inside another. */
function innerSchemas({ schema, path, isOnlyAsked }: Subschema): Subschema[] {
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
