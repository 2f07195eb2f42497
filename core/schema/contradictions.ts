import type { Failure } from '../errors';
import { followRef, jsonPointer } from '../lib/jsonPointer';
import { isRecord } from '../lib/isRecord';
import { emptiedTypes, typesOf } from './emptiedTypes';
import type { JsonSchema } from './jsonSchema';
import { judge } from './keywords/judge';
import { innerPlaces } from './reading/keywords';
import { indexSchema } from './schemaIndex';

interface Contradictions {
	/** Why no value could ever be valid. */
	refused: Failure[];
	/** Parts that no value can satisfy, in a schema that can be satisfied without them. */
	unmet: () => Failure[];
}

/** Finds keywords that exclude each other. A schema that some value satisfies is never refused. */
export function contradictions(root: JsonSchema, dialect: string): Contradictions {
	const hasIds = holdsIds(root);
	const scene: Scene = {
		...{ root, dialect, hasIds },
		...{ known: new Map(), emptied: new Map(), targets: new Map() },
	};
	const refused = whyNone(root, [], scene);
	return {
		refused: refused ?? [],
		unmet: () => (refused ? [] : unmetIn(root, [], scene)),
	};
}

interface Scene {
	root: JsonSchema;
	dialect: string;
	known: Map<JsonSchema, Failure[] | undefined>;
	emptied: Map<JsonSchema, Emptied[]>;
	/** By reference: most of them occur many times. */
	targets: Map<string, unknown>;
	/** Nested addresses make `#/…` relative to them. */
	hasIds: boolean;
}

type Path = readonly string[];

/** Why no value is valid here; undefined if one may be. */
function whyNone(node: JsonSchema, path: Path, scene: Scene): Failure[] | undefined {
	const { known } = scene;
	if (known.has(node)) return known.get(node);
	// While a schema that refers to itself is being examined, it counts as satisfiable.
	known.set(node, undefined);
	const reasons = isRefAlone(node, scene)
		? byReference(node, scene)
		: (byChoices(node, path) ??
			byTypes(node, path, scene) ??
			byParts(node, path, scene) ??
			byReference(node, scene));
	known.set(node, reasons);
	return reasons;
}

/** Before 2019, keywords next to a reference mean nothing. */
function isRefAlone(node: JsonSchema, { dialect }: Scene): boolean {
	return dialect === '7' && typeof node.$ref === 'string';
}

function byChoices(node: JsonSchema, path: Path): Failure[] | undefined {
	if (!Object.hasOwn(node, 'enum') && !Object.hasOwn(node, 'const')) return undefined;
	const { enum: choices, const: only, ...beside } = node;
	const at = jsonPointer(path);
	if (Array.isArray(choices) && choices.length > 0 && noneFits(choices, beside)) {
		const isOfEntries = beside.type === 'array' && !choices.some(Array.isArray);
		const hint = isOfEntries ? ' Did you mean it under "items"?' : '';
		return [{ path: at, message: `no value of "enum" fits the keywords beside it.${hint}` }];
	}
	return Object.hasOwn(node, 'const') && noneFits([only], beside)
		? [{ path: at, message: '"const" does not fit the keywords beside it.' }]
		: undefined;
}

function byTypes(node: JsonSchema, path: Path, scene: Scene): Failure[] | undefined {
	const emptied = emptiedAt(node, path, scene);
	const isLeft = typesOf(node).some((type) => !emptied.some((reason) => reason.type === type));
	return isLeft ? undefined : emptied.map(({ failure }) => failure);
}

interface Emptied {
	type: string;
	failure: Failure;
}

/** The types without any valid value, because of their own keywords or of a part that they require. */
function emptiedAt(node: JsonSchema, path: Path, scene: Scene): Emptied[] {
	const known = scene.emptied.get(node) ?? emptiedIn(node, path, scene);
	scene.emptied.set(node, known);
	return known;
}

function emptiedIn(node: JsonSchema, path: Path, scene: Scene): Emptied[] {
	const types = typesOf(node);
	const own = emptiedTypes(node, scene.dialect).map(({ type, message }) => ({
		...{ type, failure: { path: jsonPointer(path), message } },
	}));
	const parts = neededParts(node).flatMap(({ type, keys, schema }) => {
		const reasons = isRecord(schema) ? whyNone(schema, [...path, ...keys], scene) : undefined;
		return (reasons ?? []).map((failure) => ({ type, failure }));
	});
	return [...own, ...parts].filter(({ type }) => types.includes(type));
}

interface NeededPart {
	type: string;
	keys: string[];
	schema: unknown;
}

/** Schemas of what every object or list must contain. */
function neededParts(node: JsonSchema): NeededPart[] {
	const { properties, required, contains } = node;
	const names: unknown[] = Array.isArray(required) && isRecord(properties) ? required : [];
	const fields = names.flatMap((name): NeededPart[] =>
		typeof name === 'string' && isRecord(properties) && Object.hasOwn(properties, name)
			? [{ type: 'object', keys: ['properties', name], schema: properties[name] }]
			: [],
	);
	const needsEntry = typeof node.minItems === 'number' && node.minItems >= 1;
	const entries: NeededPart[] =
		needsEntry && node.prefixItems === undefined
			? [{ type: 'array', keys: ['items'], schema: node.items }]
			: [];
	const held: NeededPart[] =
		node.minContains === 0 ? [] : [{ type: 'array', keys: ['contains'], schema: contains }];
	return [...fields, ...entries, ...held];
}

function byParts(node: JsonSchema, path: Path, scene: Scene): Failure[] | undefined {
	const { allOf } = node;
	// A schema that is `false` forbids on purpose.
	const why = (keyword: string) => (inner: unknown, index: number) =>
		isRecord(inner) ? whyNone(inner, [...path, keyword, String(index)], scene) : undefined;
	const needed = (Array.isArray(allOf) ? allOf : []).map(why('allOf')).find(Boolean);
	if (needed) return needed;
	for (const keyword of ['anyOf', 'oneOf']) {
		const given = node[keyword];
		const choices = (Array.isArray(given) ? Array.from<unknown>(given) : []).map(why(keyword));
		if (choices.length > 0 && choices.every(Boolean)) return choices[0];
	}
	return undefined;
}

function byReference(node: JsonSchema, scene: Scene): Failure[] | undefined {
	const { $ref } = node;
	if (typeof $ref !== 'string' || scene.hasIds) return undefined;
	const { targets } = scene;
	if (!targets.has($ref)) targets.set($ref, followRef($ref, scene.root));
	const target = targets.get($ref);
	const path = $ref.split('/').slice(1);
	return isRecord(target) ? whyNone(target, path, scene) : undefined;
}

/** These only test a value, or forbid on purpose. */
const CONDITIONS = new Set(['not', 'if', 'then', 'else']);

function unmetIn(node: JsonSchema, path: Path, scene: Scene): Failure[] {
	const reasons = whyNone(node, path, scene);
	if (reasons) return reasons;
	const inner = innerPlaces(node).flatMap(([keys, schema]) =>
		CONDITIONS.has(keys[0]) || !isRecord(schema) ? [] : unmetIn(schema, [...path, ...keys], scene),
	);
	const own = isRefAlone(node, scene) ? [] : emptiedAt(node, path, scene);
	return distinct([...own.map(({ failure }) => failure), ...inner]);
}

function distinct(failures: readonly Failure[]): Failure[] {
	return [...new Map(failures.map((one) => [`${one.path} ${one.message}`, one])).values()];
}

function holdsIds(root: JsonSchema): boolean {
	return innerPlaces(root).some(
		([, inner]) => isRecord(inner) && (typeof inner.$id === 'string' || holdsIds(inner)),
	);
}

/** Keywords that judge a value without other schemas. */
const PLAIN = new Set(['type', 'format', 'pattern', 'minLength', 'maxLength', 'multipleOf']);
for (const key of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']) PLAIN.add(key);
for (const key of ['minItems', 'maxItems', 'minProperties', 'maxProperties']) PLAIN.add(key);

/** Whether every value violates the keywords next to it. */
function noneFits(values: readonly unknown[], beside: JsonSchema): boolean {
	const plain = Object.fromEntries(Object.entries(beside).filter(([key]) => PLAIN.has(key)));
	// Without such keywords, every value is fine; most choices have none.
	if (Object.keys(plain).length === 0) return values.length === 0;
	const check = judge(indexSchema(plain, '2020-12'));
	return !values.some((value) => check(value).length === 0);
}
