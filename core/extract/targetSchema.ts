import { callersOwn, callersOwnLater } from '../door';
import { TokenHubError, type Failure } from '../errors';
import { isRecord } from '../lib/isRecord';
import { jsonPointer, followRef } from '../lib/jsonPointer';
import { messageOf } from '../messageOf';
import { assertShallow } from '../nesting';
import { remembered, perObject } from '../lib/perObject';
import type { Checked } from '../schema/checked';
import { isZodV3, isZodV4, type JsonSchema, type ZodType } from '../schema/jsonSchema';
import { assertSendable } from '../schema/schemaSize';
import { sentForm, type SentForm } from '../schema/sending/sentForm';
import { knownSchema, type ValueCheck } from '../schema/valueCheck';
import { doubtsIn, schemaFromExamples } from './exampleSchema';
import { resolveSchema } from './resolveSchema';

/** The target of an extraction: zod v3 or v4, a JSON Schema, or examples of the result. */
export type SchemaSource = ZodType | JsonSchema | { example: unknown } | { examples: unknown[] };

export interface Target {
	/** The caller's schema as JSON Schema. */
	schema: JsonSchema;
	/** Validates by the caller's own schema; `value` has zod's defaults and transforms applied. */
	check: ValueCheck;
	/** The same as the parameters of a tool. */
	form: SentForm;
	/**
	 * What was read differently from how it is written, what seems to be a mistake, and parts that no
	 * value can satisfy.
	 */
	warnings: string[];
}

const NAME = 'The extraction schema';

const targets = remembered<Target>();

/**
 * Compiled once for each zod schema, and for each distinct JSON Schema.
 * @throws TokenHubError `badConfig` for anything that is not a schema, before any request.
 */
export function readTarget(source: SchemaSource): Target {
	if (isZodV4(source) || isZodV3(source)) return ofZod(source);
	if (!examplesIn(source)) assertSendable(source, NAME);
	return targets(keyOf(source), () => compileTarget(source));
}

function keyOf(source: SchemaSource): string {
	try {
		return JSON.stringify(source);
	} catch (cause) {
		const [reason = ''] = messageOf(cause).split('\n');
		throw new TokenHubError('badConfig', `${NAME} has no JSON form: ${reason}`, { cause });
	}
}

const ofZod = perObject((source: ZodType) => compileTarget(source));

function compileTarget(source: SchemaSource): Target {
	const examples = examplesIn(source);
	assertShallow(examples, 'The example of the extraction');
	const meant = examples ? schemaFromExamples(examples) : source;
	const { schema, warnings, ...known } = knownSchema(meant, NAME);
	const doubts = examples ? doubtsIn(meant, examples) : [];
	const check = answerCheck(schema, known.check);
	return {
		...{ schema, check: (value) => guarded(callersOwn(NAME, () => check(value))) },
		...{ warnings: [...doubts, ...warnings], form: sentForm(schema) },
	};
}

function guarded(checked: Checked): Checked {
	if (!checked.ok || !checked.settle) return checked;
	const { settle } = checked;
	return { ...checked, settle: () => callersOwnLater(NAME, settle) };
}

/** Valid, and about the schema's subject: if all fields are optional, an excuse is valid too. */
function answerCheck(schema: JsonSchema, check: ValueCheck): ValueCheck {
	const undeclaredIn = undeclaredCheck(schema);
	return (value) => {
		const checked = check(value);
		const failures = checked.ok ? undeclaredIn(value) : [];
		return failures.length > 0 ? { ok: false, failures } : checked;
	};
}

/** Only examples, one or a list of several: a schema has other keywords next to them. */
function examplesIn(source: SchemaSource): unknown[] | undefined {
	if (isZodV4(source) || isZodV3(source) || !isRecord(source)) return undefined;
	const [entry, ...others] = Object.entries(source);
	if (!entry || others.length > 0) return undefined;
	const [key, value]: [string, unknown] = entry;
	if (key === 'examples' && Array.isArray(value)) return Array.from<unknown>(value);
	if (key !== 'example') return undefined;
	if (value !== undefined) return [value];
	throw new TokenHubError('badConfig', 'The example of the extraction is missing.');
}

/**
 * Objects with content, but nothing that their schema names: an excuse, a wrapper, the schema itself.
 * If all fields are optional, they would pass as an answer that found nothing.
 */
function undeclaredCheck(root: JsonSchema): (value: unknown) => Failure[] {
	const declaredBy = perObject((schema: object) => ({ declared: declaredIn(schema, root) }));
	return (value) => visit(value, root, { root, declaredBy, path: [] });
}

interface Place {
	root: JsonSchema;
	declaredBy: (schema: object) => { declared: Declared | undefined };
	path: PropertyKey[];
}

function visit(value: unknown, wanted: unknown, place: Place): Failure[] {
	if (typeof value !== 'object' || value === null) return [];
	const schema = resolveSchema(wanted, place.root);
	if (Array.isArray(value))
		return value.flatMap((entry, at) => visit(entry, schema?.items, under(place, at)));
	if (!isRecord(value) || !isRecord(wanted)) return [];
	const { declared } = place.declaredBy(wanted);
	const own = declared ? ofRecord(value, declared, place.path) : [];
	const properties = isRecord(schema?.properties) ? schema.properties : {};
	const inner = Object.entries(value).flatMap(([key, entry]) =>
		Object.hasOwn(properties, key) ? visit(entry, properties[key], under(place, key)) : [],
	);
	return [...own, ...inner];
}

const under = (place: Place, key: PropertyKey) => ({ ...place, path: [...place.path, key] });

function ofRecord(
	value: Record<string, unknown>,
	{ names, allowsOthers }: Declared,
	path: PropertyKey[],
): Failure[] {
	const others = Object.keys(value).filter((key) => !names.has(key));
	const says = Object.entries(value).some(([key, entry]) => names.has(key) && !isEmpty(entry));
	const [hidden] = others.filter((key) => holdsAnswer(value[key], names));
	const isEcho = repeatsSchema(value, names);
	if (!isEcho && (others.length === 0 || says)) return [];
	const isForeign = others.length === Object.keys(value).length && !allowsOthers;
	// `{ "rows": [], "note": "too long" }`: the note counts, although it is next to the fields.
	const present = Object.entries(value).flatMap(([key, entry]) => (names.has(key) ? [entry] : []));
	const isEmptyList = present.length > 0 && present.every(Array.isArray);
	const mayHide = path.length === 0 && !allowsOthers && isEmptyList;
	const beside = mayHide ? others.find((key) => !isEmpty(value[key])) : undefined;
	if (!isForeign && !isEcho && hidden === undefined && beside === undefined) return [];
	const known = [...names]
		.slice(0, MOST_NAMED)
		.map((name) => `"${name}"`)
		.join(', ');
	const where = hidden === undefined ? '' : `: take the values out of "${hidden}"`;
	const message =
		isForeign || isEcho || hidden !== undefined
			? `there is none of the fields of the schema (${known}) here${where}`
			: `the fields of the schema are empty (${known}), and "${beside}" is none of them: fill them in, or leave it out`;
	return [{ path: jsonPointer(path), message, code: 'undeclared' }];
}

const MOST_NAMED = 8;

/** An object, or a list containing one, with a field that the outer object should have. */
function holdsAnswer(value: unknown, names: ReadonlySet<string>): boolean {
	const [inner] = Array.isArray(value) ? Array.from<unknown>(value) : [value];
	if (!isRecord(inner)) return false;
	return Object.entries(inner).some(([key, entry]) => names.has(key) && !isEmpty(entry));
}

/** A schema has keys such as `type` that the data may have too. */
function repeatsSchema(value: Record<string, unknown>, names: ReadonlySet<string>): boolean {
	const { type, properties } = value;
	if (type !== 'object' || names.has('properties') || !isRecord(properties)) return false;
	return Object.keys(properties).some((name) => names.has(name));
}

function isEmpty(value: unknown): boolean {
	if (value === null || value === undefined || value === '') return true;
	if (Array.isArray(value)) return value.length === 0;
	return isRecord(value) && Object.keys(value).length === 0;
}

/** The keys that a schema declares for an object. */
interface Declared {
	names: Set<string>;
	/** Other keys are explicitly allowed. */
	allowsOthers: boolean;
}

/** Keywords with schemas for the same object. */
const ALONGSIDE = ['allOf', 'anyOf', 'oneOf', 'then', 'else', 'if', 'dependentSchemas'];
const MOST_SCHEMAS = 200;

/** What all schemas of one object declare together; undefined if they declare nothing. */
function declaredIn(schema: unknown, root: JsonSchema): Declared | undefined {
	const found: Declared = { names: new Set(), allowsOthers: false };
	const open: unknown[] = [schema];
	const seen = new Set<unknown>();
	for (const one of open) {
		if (!isRecord(one) || seen.has(one) || seen.size > MOST_SCHEMAS) continue;
		seen.add(one);
		takeDown(one, found);
		if (typeof one.$ref === 'string') open.push(followRef(one.$ref, root));
		for (const keyword of ALONGSIDE) open.push(...schemasUnder(one[keyword], keyword));
	}
	return found.names.size > 0 ? found : undefined;
}

function takeDown(schema: JsonSchema, found: Declared): void {
	const { properties, patternProperties, required } = schema;
	for (const key of isRecord(properties) ? Object.keys(properties) : []) found.names.add(key);
	for (const key of Array.isArray(required) ? required : []) found.names.add(String(key));
	const others = schema.additionalProperties ?? schema.unevaluatedProperties;
	if (isRecord(patternProperties) || isRecord(others) || others === true) found.allowsOthers = true;
}

function schemasUnder(value: unknown, keyword: string): unknown[] {
	if (Array.isArray(value)) return Array.from<unknown>(value);
	return keyword === 'dependentSchemas' && isRecord(value) ? Object.values(value) : [value];
}
