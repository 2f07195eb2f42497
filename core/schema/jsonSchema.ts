import { z as zodV4 } from 'zod/v4';
import type { ZodType as ZodV3Schema, ZodTypeDef } from 'zod/v3';
import { ignoreOverride, zodToJsonSchema } from 'zod-to-json-schema';
import { syncDoor } from '../door';
import { TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import { messageOf } from '../messageOf';
import { assertShallow } from '../nesting';
import { readSchema, type ReadSchema } from './reading/readSchema';
import { assertSendable, assertZodSendable } from './schemaSize';
import { copyZod } from './zod/copyZod';
import { openFindings } from './zod/guard';
import { assertJsonForm, textForm, withTextForms } from './zod/zodForm';
import type { JsonSchema } from './reading/keywords';

export type { JsonSchema } from './reading/keywords';

/**
 * A zod 4 schema from any copy of zod: only what all of them have, so that no version is prescribed.
 */
export interface ZodV4Type<Output = unknown> {
	readonly _zod: { readonly output: Output; readonly input: unknown };
}
/** A zod 3 schema, recognized in the same way. */
export interface ZodV3Type<Output = unknown> {
	readonly _output: Output;
	readonly _input: unknown;
	readonly _def: unknown;
	safeParse(value: unknown): unknown;
}
/** A schema of zod 3 or zod 4. */
export type ZodType = ZodV3Type | ZodV4Type;

type OwnV4 = zodV4.core.$ZodType;
type OwnV3 = ZodV3Schema<unknown, ZodTypeDef, unknown>;

/** zod 4 marks its schemas with `_zod`; `instanceof` fails across copies of zod. */
export function isZodV4(source: unknown): source is OwnV4 {
	return typeof source === 'object' && source !== null && '_zod' in source;
}

export function isZodV3(source: unknown): source is OwnV3 {
	return (
		typeof source === 'object' &&
		source !== null &&
		'_def' in source &&
		!('_zod' in source) &&
		'safeParse' in source
	);
}

/**
 * The JSON Schema of a zod v3 or v4 schema; a JSON Schema is returned as it is meant, without
 * `$schema`. `name` is its name in errors.
 * @throws TokenHubError `badConfig` if the source is not a schema or its conversion says nothing:
 * zod-to-json-schema, for example, silently turns a zod 4 schema into `{}`.
 */
export function toJsonSchema(source: ZodType | JsonSchema, name = 'The schema'): JsonSchema {
	return syncDoor(() => plainForm(convert(source, name), name));
}

/** The same for a schema that has been read. @throws TokenHubError `badConfig` if it says nothing. */
export function plainForm({ $schema: _dialect, ...schema }: JsonSchema, name: string): JsonSchema {
	if (!isSilent(schema)) return schema;
	throw new TokenHubError('badConfig', `${name} is empty: it would accept anything.`, {
		hint: 'Describe at least one property, or give a type.',
	});
}

/** Whether a schema does not restrict anything. */
export function isSilent(schema: JsonSchema): boolean {
	return Object.keys(schema).every((key) => ANNOTATIONS.has(key));
}

const ANNOTATIONS = new Set('title description default examples $id $comment $schema'.split(' '));

function convert(source: unknown, name: string): JsonSchema {
	if (!isZodV4(source) && !isZodV3(source)) return readJsonSchema(source, name).schema;
	assertZodSendable(source, name);
	assertJsonForm(source, name);
	return sendable(isZodV4(source) ? fromZodV4(source, name) : fromZodV3(source, name), name);
}

function sendable(schema: JsonSchema, name: string): JsonSchema {
	assertSendable(schema, name);
	return schema;
}

/**
 * @throws TokenHubError `badConfig` for anything other than an object, a list of fields that is not a
 * schema, or a schema that is too large when written out.
 */
export function readJsonSchema(
	source: unknown,
	name: string,
	inWords?: (schema: JsonSchema) => ReadSchema,
): ReadSchema {
	assertNoForeign(source, name);
	if (isRecord(source)) {
		assertShallow(source, name);
		return readSchema(sendable(source, name), name, inWords);
	}
	throw new TokenHubError('badConfig', `${name} is not a schema: expected zod or a JSON object.`);
}

/**
 * Schemas of other libraries look like JSON Schemas, and would be read as ones that say nothing.
 * @throws TokenHubError `badConfig` for one of them, and for an object with its own JSON form.
 */
export function assertNoForeign(source: unknown, name: string): void {
	const isObject = typeof source === 'object' && source !== null;
	if (!isObject && typeof source !== 'function') return;
	const isMarked = !isObject || Object.keys(source).includes(MARK);
	const mark: unknown = isMarked ? Reflect.get(source, MARK) : undefined;
	const vendor = isRecord(mark) ? String(mark.vendor) : isZodAsJson(source) ? 'zod' : undefined;
	const isMade = isObject && typeof Reflect.get(source, 'toJSON') === 'function';
	if (vendor === undefined && !isMade) return;
	const what = vendor === undefined ? 'an object with a toJSON()' : `a schema of ${vendor}`;
	throw new TokenHubError('badConfig', `${name} is not a JSON Schema, but ${what}.`, {
		hint: 'Pass an equivalent JSON Schema, or a zod schema.',
	});
}

/** The mark of a Standard Schema, by which libraries recognize each other's schemas. */
const MARK = '~standard';

/** What is left of an older zod 3 schema once it was written as JSON. */
function isZodAsJson(source: unknown): boolean {
	return isRecord(source) && isRecord(source._def) && 'typeName' in source._def;
}

function fromZodV4(source: OwnV4, name: string): JsonSchema {
	return converted(name, () =>
		withTextForms(source, () => ownConversion(source) ?? zodV4.toJSONSchema(source, OPTIONS)),
	);
}

function converted(name: string, convert: () => object): JsonSchema {
	try {
		return { ...convert() };
	} catch (cause) {
		const reason = messageOf(cause);
		throw new TokenHubError('badConfig', `${name} has no JSON form: ${reason}`, { cause });
	}
}

/** In draft-07, zod 3.25 loses the positions of a tuple with a rest, and in all drafts its length. */
const OPTIONS = { io: 'input', target: 'draft-2020-12', override: withLength } as const;

function withLength({ zodSchema, jsonSchema }: { zodSchema: OwnV4; jsonSchema: JsonSchema }): void {
	const def: unknown = zodSchema._zod.def;
	if (!isRecord(def) || def.type !== 'tuple' || !Array.isArray(def.items)) return;
	const items: unknown[] = def.items;
	const isNeeded = (item: unknown) => !isZodV4(item) || item._zod.optin === undefined;
	const fewest = items.findLastIndex(isNeeded) + 1;
	if (fewest > 0) jsonSchema.minItems = fewest;
	if (!def.rest) jsonSchema.maxItems = items.length;
}

/** A schema from another copy of zod knows its own descriptions; our copy would not find them. */
function ownConversion(source: object): object | undefined {
	const convert: unknown = Reflect.get(source, 'toJSONSchema');
	if (typeof convert !== 'function') return undefined;
	const schema: unknown = Reflect.apply(convert, source, [OPTIONS]);
	return isRecord(schema) ? schema : undefined;
}

/** The model is asked for the input of a pipe. */
const V3_OPTIONS = {
	pipeStrategy: 'input',
	override: (def: object) => textForm({ ...def }) ?? ignoreOverride,
} as const;

/** References are kept only where the schema refers to itself: models read plain schemas better. */
function fromZodV3(source: OwnV3, name: string): JsonSchema {
	return converted(name, () => {
		// To find out what may be missing, the converter runs the caller's code on nothing.
		const copy = copyZod(source, { isStrict: false, findings: openFindings() });
		if (!isZodV3(copy)) return {};
		const withRefs = zodToJsonSchema(copy, { ...V3_OPTIONS, $refStrategy: 'root' });
		if (refersToItself(withRefs, '#')) return withRefs;
		return zodToJsonSchema(copy, { ...V3_OPTIONS, $refStrategy: 'none' });
	});
}

function refersToItself(node: unknown, path: string): boolean {
	if (typeof node !== 'object' || node === null) return false;
	return Object.entries(node).some(([key, value]) =>
		key === '$ref' && typeof value === 'string'
			? `${path}/`.startsWith(`${value}/`)
			: refersToItself(value, `${path}/${key}`),
	);
}
