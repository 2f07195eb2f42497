import { format as formats } from '@cfworker/json-schema';
import { isRecord } from '../isRecord';
import { own } from '../own';
import type { JsonSchema } from './jsonSchema';

/** True only for values that are valid; what is false is for the validator to judge, and to name. */
type Quick = (value: unknown) => boolean;

/**
 * A fast yes for schemas of plain keywords, as most are: the validator walks through everything that a
 * schema could say, at each value. Undefined where a keyword needs more than a look at its own value.
 */
export function quickCheck(schema: unknown): Quick | undefined {
	if (typeof schema === 'boolean') return () => schema;
	if (!isRecord(schema)) return undefined;
	const checks: Quick[] = [];
	for (const [key, given] of Object.entries(schema)) {
		if (ANNOTATIONS.has(key)) continue;
		const check = own(KEYWORDS, key)?.(given, schema);
		if (!check) return undefined;
		checks.push(check);
	}
	return (value) => checks.every((check) => check(value));
}

const ANNOTATIONS = new Set(['title', 'description', 'default', 'examples', '$comment', '$schema']);

const forTexts =
	(check: (text: string) => boolean): Quick =>
	(value) =>
		typeof value !== 'string' || check(value);
const forNumbers =
	(check: (number: number) => boolean): Quick =>
	(value) =>
		typeof value !== 'number' || check(value);
const forLists =
	(check: (list: unknown[]) => boolean): Quick =>
	(value) =>
		!Array.isArray(value) || check(value);
const forRecords =
	(check: (record: Record<string, unknown>) => boolean): Quick =>
	(value) =>
		!isRecord(value) || check(value);
/** A keyword whose value has to be a number. */
const limited = (make: (limit: number) => Quick) => (given: unknown) =>
	typeof given === 'number' ? make(given) : undefined;

const KEYWORDS: Partial<Record<string, (given: unknown, schema: JsonSchema) => Quick | undefined>> =
	{
		type(given) {
			const types: unknown[] = Array.isArray(given) ? given : [given];
			return (value) =>
				types.includes(typeOf(value)) || (types.includes('integer') && Number.isInteger(value));
		},
		properties(given) {
			if (!isRecord(given)) return undefined;
			const checks = Object.entries(given).map(([key, inner]) => [key, quickCheck(inner)] as const);
			if (checks.some(([, check]) => !check)) return undefined;
			return forRecords((record) =>
				checks.every(([key, check]) => !Object.hasOwn(record, key) || check?.(record[key])),
			);
		},
		additionalProperties(given, { properties = {}, patternProperties }) {
			const check = quickCheck(given);
			if (!check || patternProperties !== undefined || !isRecord(properties)) return undefined;
			return forRecords((record) =>
				Object.keys(record).every((key) => Object.hasOwn(properties, key) || check(record[key])),
			);
		},
		required(given) {
			const names: unknown[] = Array.isArray(given) ? given : [];
			return forRecords((record) => names.every((name) => Object.hasOwn(record, String(name))));
		},
		items(given, { prefixItems }) {
			const check =
				Array.isArray(given) || prefixItems !== undefined ? undefined : quickCheck(given);
			return check && forLists((list) => list.every(check));
		},
		enum: (given) => (Array.isArray(given) ? oneOf(given) : undefined),
		const: (given) => oneOf([given]),
		minimum: limited((limit) => forNumbers((number) => number >= limit)),
		maximum: limited((limit) => forNumbers((number) => number <= limit)),
		exclusiveMinimum: limited((limit) => forNumbers((number) => number > limit)),
		exclusiveMaximum: limited((limit) => forNumbers((number) => number < limit)),
		minItems: limited((limit) => forLists(({ length }) => length >= limit)),
		maxItems: limited((limit) => forLists(({ length }) => length <= limit)),
		minLength: limited((limit) => forTexts((text) => [...text].length >= limit)),
		maxLength: limited((limit) => forTexts((text) => [...text].length <= limit)),
		pattern(given) {
			const pattern = new RegExp(String(given), 'u');
			return forTexts((text) => pattern.test(text));
		},
		format(given) {
			const check = typeof given === 'string' ? own(formats, given) : undefined;
			return check ? forTexts((text) => check(text)) : () => true;
		},
	};

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

/** Plain values only: others are equal by what is in them. */
function oneOf(choices: readonly unknown[]): Quick | undefined {
	if (choices.some((choice) => typeof choice === 'object' && choice !== null)) return undefined;
	return (value) => choices.includes(value);
}
