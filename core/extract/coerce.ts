import { isRecord } from '../isRecord';
import type { LiteralOf } from '../json/sourceNumbers';
import type { JsonSchema } from '../schema/jsonSchema';
import { jsonPointer } from '../jsonPointer';
import { DEEPEST } from '../nesting';
import { tryJson } from '../tryJson';
import { resolveSchema } from './resolveSchema';

export interface Coerced {
	value: unknown;
	/** What was changed, and where. */
	warnings: string[];
}

interface Place {
	root: JsonSchema;
	path: PropertyKey[];
	warnings: string[];
	literalOf: LiteralOf | undefined;
	/** The source of the number here, where `String(number)` is another text. */
	literal: string | undefined;
}

/**
 * The value in the types that the schema asks for, where that loses nothing: "36" to 36, never
 * "1,234" to a number. For values that are not valid as they are.
 */
export function coerce(value: unknown, schema: JsonSchema, literalOf?: LiteralOf): Coerced {
	const warnings: string[] = [];
	const place = { root: schema, path: [], warnings, literalOf, literal: literalOf?.({}, '') };
	return { value: visit(value, schema, place), warnings };
}

function visit(value: unknown, wanted: unknown, place: Place): unknown {
	const schema = resolveSchema(wanted, place.root);
	// JSON in a text in JSON may go on for as long as its own parser allows, again and again.
	if (!schema || place.path.length > DEEPEST) return value;
	const types = typesOf(schema);
	const fitted = fit(value, types, place.literal);
	const fits = fitted === undefined ? value : fitted.value;
	if (fitted)
		place.warnings.push(`coerced ${jsonPointer(place.path) || '(top level)'}: ${fitted.how}`);
	if (Array.isArray(fits)) {
		return fits.map((entry, index) => visit(entry, schema.items, step(place, fits, index)));
	}
	return isRecord(fits) ? visitRecord(unwrapped(fits, schema, place), schema, place) : fits;
}

function step(place: Place, holder: object, key: PropertyKey): Place {
	return { ...place, path: [...place.path, key], literal: place.literalOf?.(holder, key) };
}

function visitRecord(record: Record<string, unknown>, schema: JsonSchema, place: Place): unknown {
	const { properties } = schema;
	if (!isRecord(properties)) return record;
	return Object.fromEntries(
		Object.entries(record).map(([key, value]) => [
			key,
			Object.hasOwn(properties, key)
				? visit(value, properties[key], step(place, record, key))
				: value,
		]),
	);
}

/** `{ "result": { … } }` where the schema knows no `result`, but knows what is in it. */
function unwrapped(record: Record<string, unknown>, { properties }: JsonSchema, place: Place) {
	const [key, ...others] = Object.keys(record);
	if (key === undefined || others.length > 0 || !isRecord(properties)) return record;
	const inner = record[key];
	if (Object.hasOwn(properties, key) || !isRecord(inner)) return record;
	if (!Object.keys(inner).some((name) => Object.hasOwn(properties, name))) return record;
	place.warnings.push(`unwrapped ${jsonPointer([...place.path, key])}`);
	return inner;
}

function typesOf({ type }: JsonSchema): string[] {
	return (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string');
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function fit(
	value: unknown,
	types: string[],
	literal: string | undefined,
): { value: unknown; how: string } | undefined {
	if (typeof value === 'string') return fitText(value, types);
	const wantsText = types.includes('string') && !types.includes(typeof value);
	if (wantsText && (typeof value === 'number' || typeof value === 'boolean')) {
		if (typeof value === 'number' && types.includes('integer')) return undefined;
		return { value: literal ?? String(value), how: `${typeof value} to text` };
	}
	const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : undefined;
	if (isRecord(only) && types.includes('object') && !types.includes('array')) {
		return { value: only, how: 'list of one to its entry' };
	}
	return undefined;
}

function fitText(text: string, types: string[]): { value: unknown; how: string } | undefined {
	if (types.includes('string')) return undefined;
	const trimmed = text.trim();
	const number = NUMBER.test(trimmed) ? Number(trimmed) : undefined;
	if (number !== undefined && isSafe(number) && wantsNumber(types, number)) {
		return { value: number, how: 'text to number' };
	}
	if (types.includes('boolean') && (trimmed === 'true' || trimmed === 'false')) {
		return { value: trimmed === 'true', how: 'text to boolean' };
	}
	if (types.includes('null') && trimmed === 'null') return { value: null, how: 'text to null' };
	const parsed = /^[{[]/.test(trimmed) ? tryJson(trimmed) : undefined;
	if (
		Array.isArray(parsed) ? types.includes('array') : isRecord(parsed) && types.includes('object')
	) {
		return { value: parsed, how: 'JSON text to its value' };
	}
	return undefined;
}

function isSafe(number: number): boolean {
	return Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER;
}

function wantsNumber(types: string[], number: number): boolean {
	return types.includes('number') || (types.includes('integer') && Number.isInteger(number));
}
