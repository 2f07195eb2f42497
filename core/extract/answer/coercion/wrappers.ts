import { isRecord } from '../../../lib/isRecord';
import { isNoAnswer } from '../../../json/notTheAnswer';
import { jsonPointer } from '../../../lib/jsonPointer';
import type { JsonSchema } from '../../../schema/jsonSchema';
import { EXTRACT_TOOL } from '../../prompts';
import { mergedSchema } from '../../resolveSchema';
import { jsonIn } from './jsonIn';
import { keyForm } from '../fieldNames';
import type { Place } from './place';
import { typesOf } from './takes';

const DEEPEST = 6;

/** The names that a schema gives its properties, including those of its choices. */
export function knownNames(schema: unknown, root: JsonSchema, depth = 0): Set<string> {
	const merged = depth > DEEPEST ? undefined : mergedSchema(schema, root);
	if (!merged) return new Set();
	const { properties } = merged.schema;
	const own = isRecord(properties) ? Object.keys(properties) : [];
	const others = (merged.choices ?? []).flatMap((choice) => [
		...knownNames(choice, root, depth + 1),
	]);
	return new Set([...own, ...others]);
}

/**
 * The value without what is around it: `{ "result": … }`, a call with its arguments, the schema itself.
 */
export function withoutWrappers(value: unknown, schema: JsonSchema, place: Place): unknown {
	const types = typesOf(schema);
	let [inner, path] = [value, place.path];
	for (let depth = 0; depth < DEEPEST && isRecord(inner); depth += 1) {
		const next = types.includes('object')
			? wrappedRecord(inner, schema, place)
			: wrappedPlain(inner, place);
		if (!next) break;
		path = [...path, next.key];
		const dropped = (next.beside ?? []).map((key) => droppedAt([...path.slice(0, -1), key]));
		place.warnings.push(`unwrapped ${jsonPointer(path)}`, ...dropped);
		inner = next.value;
	}
	return inner;
}

const droppedAt = (path: readonly PropertyKey[]) =>
	`dropped ${jsonPointer(path)}: it only describes the value next to it`;

interface Wrapped {
	key: string;
	value: unknown;
	/** Keys that say how certain the value is or where it was found, not what it is. */
	beside?: string[];
}

function wrappedRecord(
	record: Record<string, unknown>,
	schema: JsonSchema,
	place: Place,
): Wrapped | undefined {
	const names = knownNames(schema, place.root);
	const forms = new Set([...names].map(keyForm));
	if (names.size === 0) return undefined;
	const knows = (value: unknown): value is Record<string, unknown> =>
		isRecord(value) &&
		Object.keys(value).some((key) => names.has(key) || (!place.isExact && forms.has(keyForm(key))));
	const leads = (value: unknown, depth = 0): boolean => {
		if (knows(value)) return true;
		if (depth >= DEEPEST || !isRecord(value)) return false;
		const call = place.isExact ? undefined : called(value, names);
		const [only, ...others] = Object.values(value);
		const inner = call ? call.value : others.length === 0 ? only : undefined;
		return leads(recordIn(inner, place), depth + 1);
	};
	if (!place.isExact) {
		const special = echoed(record, schema) ?? called(record, names);
		if (special !== undefined) {
			const inner = recordIn(special.value, place);
			const isCertain = isRecord(inner) && isOwnCall(record);
			return isCertain || leads(inner) ? { key: special.key, value: inner } : undefined;
		}
	}
	const { key, beside = [] } = onlyKey(record, { names, isExact: place.isExact }) ?? {};
	if (key === undefined || names.has(key) || isNoAnswer(key)) return undefined;
	if (!place.isExact && forms.has(keyForm(key))) return undefined;
	const inner = recordIn(record[key], place);
	const isFound = place.isExact ? knows(inner) : leads(inner);
	const isEcho = key === 'properties' && isSchemas(inner);
	return isFound && !isEcho ? { key, value: inner, beside } : undefined;
}

/** A wrapper may contain JSON as text, or a list of one. */
function recordIn(value: unknown, place: Pick<Place, 'isExact' | 'numbers'>): unknown {
	if (place.isExact) return value;
	const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
	const parsed = typeof only === 'string' ? jsonIn(only, ['object'], place) : only;
	return parsed ?? value;
}

/** Where a call has its arguments, or itself once more. */
export const INNER_KEYS = 'arguments parameters input args tool_input action_input function'.split(
	' ',
);
const CALL_KEYS = new Set([
	...'name type id tool tool_name action call_id'.split(' '),
	...INNER_KEYS,
]);

const LENIENT: Pick<Place, 'isExact' | 'numbers'> = { isExact: false, numbers: [] };

/** `{ "name": "save_extraction", "arguments": { … } }`. */
function called(record: Record<string, unknown>, names: ReadonlySet<string>): Wrapped | undefined {
	const keys = Object.keys(record);
	const message = calledIn(record, names);
	if (message) return message;
	if (keys.length < 2 || !keys.every((key) => CALL_KEYS.has(key))) return undefined;
	const key = INNER_KEYS.find((one) => Object.hasOwn(record, one));
	if (key === undefined || names.has(key)) return undefined;
	const value = recordIn(record[key], LENIENT);
	// If this is a call, the caller's own fields occur once more inside.
	const isOuter = (one: string) =>
		one === key || !names.has(one) || (isRecord(value) && Object.hasOwn(value, one));
	return isOwnCall(record) || keys.every(isOuter) ? { key, value: record[key] } : undefined;
}

const MESSAGE_KEYS = ['tool_calls', 'function_call'];
/** What a message says besides its call. */
const BESIDE_CALL = new Set(
	'role content refusal thought thoughts thinking reasoning reasoning_content type id'.split(' '),
);

/** `{ "role": "assistant", "tool_calls": [{ … }] }`: a whole message with one call and without text. */
function calledIn(
	record: Record<string, unknown>,
	names: ReadonlySet<string>,
): Wrapped | undefined {
	const key = MESSAGE_KEYS.find((one) => isRecord(recordIn(record[one], LENIENT)));
	const beside = Object.keys(record).filter((one) => one !== key);
	const isFree = (record.content ?? '') === '' && (record.refusal ?? '') === '';
	const isMessage = isFree && beside.every((one) => BESIDE_CALL.has(one));
	if (key === undefined || !isMessage || [key, ...beside].some((one) => names.has(one)))
		return undefined;
	return { key, value: record[key] };
}

/** Whether a value names our tool. */
export function isOwnCall(record: unknown): boolean {
	if (!isRecord(record)) return false;
	const { name, tool, tool_name, action, function: inner } = record;
	return [name, tool, tool_name, action, inner].includes(EXTRACT_TOOL) || isOwnCall(inner);
}

/** Whether a value is a call with its arguments, even if the schema would accept it. */
export function isWrittenCall(value: unknown, schema: JsonSchema): boolean {
	return isRecord(value) && called(value, knownNames(schema, schema)) !== undefined;
}

const PLAIN_WRAPPERS = new Set('value result answer output content data text'.split(' '));

/** `{ "value": 36 }`, or the field's own name once more. */
function wrappedPlain(
	record: Record<string, unknown>,
	{ path, isExact }: Place,
): Wrapped | undefined {
	const { key, beside = [] } = onlyKey(record) ?? {};
	if (isExact || key === undefined) return undefined;
	const name = path.at(-1);
	const isOwn = typeof name === 'string' && keyForm(name) === keyForm(key);
	return isOwn || PLAIN_WRAPPERS.has(key) ? { key, value: record[key], beside } : undefined;
}

/** The list in `{ "items": [ … ] }`, under any single key and at any depth. */
export function unwrappedList(
	record: Record<string, unknown>,
	place: Place,
): unknown[] | undefined {
	let inner: unknown = record;
	const path = [...place.path];
	const dropped: string[] = [];
	for (let depth = 0; depth < DEEPEST && isRecord(inner); depth += 1) {
		const only = onlyKey(inner);
		if (!only || isNoAnswer(only.key)) return undefined;
		const { key } = only;
		dropped.push(...only.beside.map((one) => droppedAt([...path, one])));
		path.push(key);
		const next: unknown = inner[key];
		inner = typeof next === 'string' ? jsonIn(next, ['array', 'object'], place) : next;
	}
	if (!Array.isArray(inner)) return undefined;
	place.warnings.push(`unwrapped ${jsonPointer(path)}`, ...dropped);
	return Array.from<unknown>(inner);
}

const SCHEMA_KEYS = new Set(
	'type properties required additionalProperties $schema $id title description $defs definitions'.split(
		' ',
	),
);

/** `{ "type": "object", "properties": { "a": 5 } }`: the schema, with values in place of its types. */
function echoed(
	record: Record<string, unknown>,
	schema: JsonSchema,
): { key: string; value: unknown } | undefined {
	const { properties } = record;
	const isEcho =
		record.type === 'object' || Array.isArray(record.required) || Object.keys(record).length === 1;
	if (
		!isRecord(properties) ||
		!isEcho ||
		(isRecord(schema.properties) && Object.hasOwn(schema.properties, 'properties'))
	)
		return undefined;
	if (!Object.keys(record).every((key) => SCHEMA_KEYS.has(key))) return undefined;
	if (!isSchemas(properties)) return { key: 'properties', value: properties };
	const entries = Object.entries(properties).flatMap(([key, inner]) =>
		isRecord(inner) && Object.hasOwn(inner, 'value') ? [[key, inner.value] as const] : [],
	);
	const isWhole = entries.length === Object.keys(properties).length && entries.length > 0;
	return isWhole ? { key: 'properties', value: Object.fromEntries(entries) } : undefined;
}

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']);

/** Whether they are schemas rather than values. */
function isSchemas(properties: unknown): boolean {
	return (
		isRecord(properties) &&
		Object.values(properties).some(
			(inner) =>
				isRecord(inner) &&
				('$ref' in inner ||
					'anyOf' in inner ||
					(typeof inner.type === 'string' && TYPES.has(inner.type))),
		)
	);
}

/** `"status": "success"` next to the value that it is about. */
const saysDone = (value: unknown) =>
	value === true || value === 200 || (typeof value === 'string' && DONE.test(value));
const DONE = /^(?:success|successful|succeeded|ok|done|completed?|finished)$/i;

/**
 * Keys that say how certain a reading is, or where it was found; never what is counted, such as a
 * currency.
 */
const ABOUT_IT =
	/^(?:confidence(?:score|level)?|certainty|probability|likelihood|pages?|page(?:number|index|no)|line(?:number|no)|bbox|boundingbox|polygon|spans?|charspan|offsets?|quote|evidence|citations?|source(?:text|quote|span|page)?|raw(?:text|value)?)$/;
const TYPE_WORDS = new Set(['string', 'number', 'integer', 'boolean', 'float', 'text', 'date']);

interface Terms {
	/** What the schema names is never left out. */
	names?: ReadonlySet<string>;
	/** Only if nothing is next to it. */
	isExact?: boolean;
}

/** The only key of an object with content, and those next to it that only describe it, or are empty. */
function onlyKey(
	record: Readonly<Record<string, unknown>>,
	{ names, isExact }: Terms = {},
): { key: string; beside: string[] } | undefined {
	const keys = Object.keys(record);
	const isBeside = (key: string) => !isExact && !names?.has(key) && tellsOfIt(key, record[key]);
	const [key, another] = keys.length === 1 ? keys : keys.filter((one) => !isBeside(one));
	if (key === undefined || another !== undefined) return undefined;
	return { key, beside: keys.filter((one) => one !== key) };
}

function tellsOfIt(key: string, value: unknown): boolean {
	const form = keyForm(key);
	if (form === 'type' || form === 'datatype')
		return typeof value === 'string' && TYPE_WORDS.has(value);
	if (form === 'status' || form === 'success' || form === 'ok') return saysDone(value);
	if (form === 'score') return typeof value === 'number' && value >= 0 && value <= 1;
	// `{ "value": null, "currency": null }` has no value next to others that are empty.
	return ABOUT_IT.test(form) || ((value === null || value === '') && form !== 'value');
}
