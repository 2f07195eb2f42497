import { isRecord } from '../../lib/isRecord';
import { jsonPointer } from '../../lib/jsonPointer';
import { ownPattern } from './foreignPattern';
import { innerPlaces, type JsonSchema } from './keywords';

/** A schema in the terms of current drafts. */
export interface Modernized {
	schema: JsonSchema;
	/** What its author should know. */
	notes: string[];
}

const DRAFT_7 = 'http://json-schema.org/draft-07/schema#';

/**
 * Draft-03 and draft-04 forms become those of draft-07, and patterns in JavaScript's older syntax
 * become equivalent ones. Everything else is unchanged, whatever it is.
 */
export function modernized(root: JsonSchema): Modernized {
	const notes: string[] = [];
	const age = ageOf(root);
	const translate = (node: JsonSchema, path: readonly string[]): JsonSchema => {
		const inner = withInner(node, (schema, keys) => translate(schema, [...path, ...keys]));
		const own = TRANSLATIONS.reduce((schema, step) => step(schema), withKnown(inner, age));
		if (age.isOld && 'if' in node && !('if' in own)) {
			notes.push(`${jsonPointer([...path, 'if'])}: ${NO_IF}`);
		}
		return withRequired(own, (name) =>
			notes.push(`${jsonPointer([...path, 'properties', name])}: ${DRAFT_3}`),
		);
	};
	const addressed = translate(root, []);
	const schema = hasIdleIds(addressed) ? withoutInnerIds(addressed) : addressed;
	return { schema: age.isOld ? { ...schema, $schema: DRAFT_7 } : schema, notes };
}

/** How the draft that a schema declares differs from current ones. */
interface Age {
	/** Before draft-07. */
	isOld: boolean;
	/** Before draft-06: `id` is an address if something refers to it, and `$id` is not. */
	hasPlainId: boolean;
	usesIds: boolean;
}

function ageOf(root: JsonSchema): Age {
	const { $schema } = root;
	const dialect = typeof $schema === 'string' ? $schema : '';
	const hasPlainId = /draft-0[34]\//.test(dialect);
	return {
		...{ isOld: /draft-0[346]\//.test(dialect), hasPlainId },
		usesIds: hasPlainId && refersToIds(root),
	};
}

const NO_IF = 'the draft that "$schema" names has no "if": it is left out. Name draft-07 or later';
const DRAFT_3 = '"required": true is draft-03 syntax; read as an entry of "required" one level up';

type Translate = (schema: JsonSchema, keys: readonly string[]) => JsonSchema;

/** The schema itself if nothing inside has changed. */
export function withInner(node: JsonSchema, translate: Translate): JsonSchema {
	const alone: JsonSchema = {};
	const held = new Map<string, Map<string, JsonSchema>>();
	for (const [[keyword, key], inner] of innerPlaces(node)) {
		if (!isRecord(inner)) continue;
		const next = translate(inner, key === undefined ? [keyword] : [keyword, key]);
		if (next === inner) continue;
		if (key === undefined) alone[keyword] = next;
		else {
			const others = held.get(keyword) ?? new Map<string, JsonSchema>();
			held.set(keyword, others.set(key, next));
		}
	}
	if (held.size === 0 && Object.keys(alone).length === 0) return node;
	const changed: JsonSchema = { ...node, ...alone };
	for (const [keyword, inner] of held) changed[keyword] = replaced(node[keyword], inner);
	return changed;
}

function replaced(holder: unknown, changed: ReadonlyMap<string, JsonSchema>): unknown {
	if (Array.isArray(holder)) {
		return holder.map((entry: unknown, index) => changed.get(String(index)) ?? entry);
	}
	const entries = Object.entries(isRecord(holder) ? holder : {});
	return Object.fromEntries(entries.map(([name, value]) => [name, changed.get(name) ?? value]));
}

/** Without keywords that the declared draft does not have. */
function withKnown(node: JsonSchema, { isOld, hasPlainId, usesIds }: Age): JsonSchema {
	const { id, $id, if: asked, then, else: otherwise, ...rest } = node;
	const isAddress = typeof id === 'string';
	const conditions = { if: asked, then, else: otherwise };
	const left = {
		...(isAddress || id === undefined ? {} : { id }),
		...(hasPlainId || $id === undefined ? {} : { $id }),
		...(usesIds && isAddress ? { $id: id } : {}),
		...(isOld ? {} : defined(conditions)),
	};
	const isSame = !isAddress && !(hasPlainId && $id !== undefined) && !(isOld && 'if' in node);
	return isSame ? node : { ...left, ...rest };
}

function defined(values: JsonSchema): JsonSchema {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function withoutInnerIds(root: JsonSchema): JsonSchema {
	return withInner(root, function strip(node): JsonSchema {
		const { $id: _address, ...rest } = withInner(node, strip);
		return rest;
	});
}

function refersToIds(root: JsonSchema): boolean {
	const { $ref } = root;
	if (typeof $ref === 'string' && !/^#(\/|$)/.test($ref)) return true;
	return innerPlaces(root).some(([, inner]) => isRecord(inner) && refersToIds(inner));
}

const TRANSLATIONS: Array<(schema: JsonSchema) => JsonSchema> = [
	(schema) => openBound(schema, 'minimum', 'exclusiveMinimum'),
	(schema) => openBound(schema, 'maximum', 'exclusiveMaximum'),
	(schema) => {
		const { divisibleBy, ...rest } = schema;
		return typeof divisibleBy === 'number' ? { multipleOf: divisibleBy, ...rest } : schema;
	},
	(schema) => {
		const { $ref } = schema;
		const own = typeof $ref === 'string' ? plainPointer($ref) : $ref;
		return own === $ref ? schema : { ...schema, $ref: own };
	},
	(schema) => {
		const { pattern } = schema;
		const own = typeof pattern === 'string' ? ownPattern(pattern) : pattern;
		return own === pattern ? schema : { ...schema, pattern: own };
	},
	(schema) => {
		const { patternProperties } = schema;
		if (!isRecord(patternProperties)) return schema;
		const keys = Object.keys(patternProperties);
		if (keys.every((key) => ownPattern(key) === key)) return schema;
		const own = Object.entries(patternProperties).map(([key, value]) => [ownPattern(key), value]);
		return { ...schema, patternProperties: Object.fromEntries(own) };
	},
];

/** Percent encoding only where an address needs it: `#/$defs/A%2CB` is `#/$defs/A,B`. */
function plainPointer(ref: string): string {
	if (!ref.startsWith('#/')) return ref;
	try {
		return `#${encodeURI(decodeURIComponent(ref.slice(1)))}`;
	} catch {
		return ref;
	}
}

/** In draft-04, a flag makes a bound exclusive. */
function openBound(schema: JsonSchema, bound: string, open: string): JsonSchema {
	if (typeof schema[open] !== 'boolean') return schema;
	const { [bound]: limit, [open]: isOpen, ...rest } = schema;
	if (limit === undefined) return rest;
	return isOpen === true ? { ...rest, [open]: limit } : { ...rest, [bound]: limit };
}

/** In draft-03, each property says itself whether it is required. */
function withRequired(schema: JsonSchema, note: (name: string) => void): JsonSchema {
	const { properties, required = [] } = schema;
	if (!isRecord(properties) || !Array.isArray(required)) return schema;
	const flagged = Object.entries(properties).filter(isFlagged);
	if (flagged.length === 0) return schema;
	const plain = Object.entries(properties).map((entry) => {
		if (!isFlagged(entry)) return entry;
		const { required: _flag, ...rest } = entry[1];
		return [entry[0], rest] as const;
	});
	const needed = flagged.flatMap(([name, inner]) => (inner.required === true ? [name] : []));
	for (const name of needed) note(name);
	const names: unknown[] = [...new Set([...Array.from<unknown>(required), ...needed])];
	return {
		...schema,
		properties: Object.fromEntries(plain),
		...(names.length > 0 || 'required' in schema ? { required: names } : {}),
	};
}

function isFlagged(entry: [string, unknown]): entry is [string, JsonSchema] {
	return isRecord(entry[1]) && typeof entry[1].required === 'boolean';
}

/**
 * Generators give each part an `$id` that nothing refers to, and often the same one twice. Taken
 * literally, each would hide `#/definitions/…` from the references inside it.
 */
function hasIdleIds(root: JsonSchema): boolean {
	const inner = partsIn(root);
	const named = inner.filter(({ $id }) => typeof $id === 'string');
	const isIdle = [root, ...inner].every((schema) => isLocal(schema));
	return (
		named.length > 0 && isIdle && !named.some((part) => '$defs' in part || 'definitions' in part)
	);
}

function partsIn(schema: JsonSchema): JsonSchema[] {
	return innerPlaces(schema).flatMap(([, inner]) =>
		isRecord(inner) ? [inner, ...partsIn(inner)] : [],
	);
}

function isLocal({ $ref, $dynamicRef, $recursiveRef }: JsonSchema): boolean {
	if ($dynamicRef !== undefined || $recursiveRef !== undefined) return false;
	return (
		$ref === undefined || (typeof $ref === 'string' && /^#\/(\$defs|definitions)\//.test($ref))
	);
}
