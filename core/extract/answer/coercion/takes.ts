import { isRecord } from '../../../lib/isRecord';
import { isSame } from '../../../lib/isSame';
import { perObject } from '../../../lib/perObject';
import { isoDate } from '../../../read/dateMentions';
import type { JsonSchema } from '../../../schema/jsonSchema';
import { withinBudget } from '../../../schema/patterns/budget';
import { patternTest } from '../../../schema/patterns/patternTest';
import { mergedSchema } from '../../resolveSchema';
import type { Place } from './place';

type Terms = Pick<Place, 'root' | 'steps'>;

/**
 * Whether a sub-schema accepts a value, as far as its plain keywords say. It only chooses between
 * readings: the caller's own schema judges the whole.
 */
export function takes(value: unknown, wanted: unknown, terms: Terms): boolean {
	terms.steps.left -= 1;
	if (wanted === false || terms.steps.left < 0) return false;
	const merged = mergedSchema(wanted, terms.root);
	if (!merged) return true;
	const { schema, choices } = merged;
	if (choices && !choices.some((choice) => takes(value, choice, terms))) return false;
	const members = membersOf(schema);
	if (members && !members.some((member) => isSame(member, value))) return false;
	const types = typesOf(schema);
	const isOfType =
		types.length === 0 ||
		types.includes(typeOf(value)) ||
		(types.includes('integer') && Number.isInteger(value));
	if (!isOfType) return false;
	if (typeof value === 'string') return takesText(value, schema);
	if (typeof value === 'number') return takesNumber(value, schema);
	if (Array.isArray(value)) return takesList(value, schema, terms);
	return !isRecord(value) || takesRecord(value, schema, terms);
}

function takesNumber(value: number, schema: JsonSchema): boolean {
	const limit = (key: string) => (typeof schema[key] === 'number' ? schema[key] : undefined);
	return (
		value >= (limit('minimum') ?? -Infinity) &&
		value <= (limit('maximum') ?? Infinity) &&
		value > (limit('exclusiveMinimum') ?? -Infinity) &&
		value < (limit('exclusiveMaximum') ?? Infinity)
	);
}

function takesText(text: string, { minLength, maxLength, pattern, format }: JsonSchema): boolean {
	const length = [...text].length;
	if (typeof minLength === 'number' && length < minLength) return false;
	if (typeof maxLength === 'number' && length > maxLength) return false;
	if (typeof format === 'string' && !(FORMATS.get(format)?.(text) ?? true)) return false;
	return typeof pattern !== 'string' || (matches(pattern, text) ?? true);
}

/** Undefined if it cannot be decided in the time that an answer has. */
export function matches(pattern: string, text: string): boolean | undefined {
	const compiled = patternTest(pattern);
	return compiled.ok ? withinBudget(() => compiled.test(text))?.result : undefined;
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(z|[-+]\d\d:\d\d)?$/i;

function isDate(text: string): boolean {
	const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
	return (
		match !== null && isoDate(Number(match[1]), Number(match[2]), Number(match[3])) !== undefined
	);
}

const FORMATS = new Map<string, (text: string) => boolean>([
	['date', isDate],
	['time', (text) => TIME.test(text)],
	[
		'date-time',
		(text) =>
			/^[^ t]{10}t.*(z|[-+]\d\d:\d\d)$/i.test(text) &&
			isDate(text.slice(0, 10)) &&
			TIME.test(text.slice(11)),
	],
	['email', (text) => /^[^\s@<>]+@[^\s@<>]+$/.test(text)],
	['uri', (text) => /^[a-z][a-z\d+.-]*:\S+$/i.test(text)],
	['uuid', (text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)],
]);

function takesList(list: readonly unknown[], schema: JsonSchema, terms: Terms): boolean {
	const { minItems, maxItems } = schema;
	if (typeof minItems === 'number' && list.length < minItems) return false;
	if (typeof maxItems === 'number' && list.length > maxItems) return false;
	return list.every((entry, index) => takes(entry, itemSchema(schema, index), terms));
}

/** The schema of an entry of a list; draft 7 has tuples under `items`. */
export function itemSchema(schema: JsonSchema, index: number): unknown {
	const tuple = Array.isArray(schema.prefixItems) ? schema.prefixItems : schema.items;
	if (!Array.isArray(tuple)) return schema.items;
	if (index < tuple.length) return tuple[index];
	return tuple === schema.items ? schema.additionalItems : schema.items;
}

function takesRecord(record: Record<string, unknown>, schema: JsonSchema, terms: Terms): boolean {
	const properties = isRecord(schema.properties) ? schema.properties : {};
	const required = Array.isArray(schema.required) ? schema.required : [];
	if (!required.every((key) => typeof key !== 'string' || Object.hasOwn(record, key))) return false;
	return Object.entries(record).every(([key, value]) => {
		if (Object.hasOwn(properties, key)) return takes(value, properties[key], terms);
		if (isRecord(schema.patternProperties)) return true;
		const { additionalProperties: others = true } = schema;
		return takes(value, others, terms);
	});
}

/** The types that a schema accepts; empty for any. */
export function typesOf(schema: JsonSchema): string[] {
	const { type } = schema;
	const named = (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string');
	if (named.length > 0) return named;
	const members = membersOf(schema);
	if (members) return [...new Set(members.map(typeOf))];
	if (isRecord(schema.properties)) return ['object'];
	return schema.items !== undefined || Array.isArray(schema.prefixItems) ? ['array'] : [];
}

/** The values of `enum` or `const`. */
export function membersOf(schema: JsonSchema): unknown[] | undefined {
	if (Array.isArray(schema.enum)) return listOf(schema.enum);
	return Object.hasOwn(schema, 'const') ? [schema.const] : undefined;
}

/** One list for each `enum`, so that facts about its members are computed once. */
const listOf = perObject((members: readonly unknown[]) => Array.from<unknown>(members));

export function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}
