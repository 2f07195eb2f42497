import { isRecord } from '../../lib/isRecord';
import { saysNothing } from '../../read/words';
import type { JsonSchema } from '../../schema/jsonSchema';
import { resolveSchema } from '../resolveSchema';
import { jsonIn } from './jsonIn';
import { recordsOfTable } from '../forms/tableRecords';
import { textsIn, valuesIn } from './listInText';
import { ambiguous, changed, changedKind, step, trialOf, type Place } from './place';
import { itemSchema, takes, typesOf } from './takes';
import { knownNames, unwrappedList } from './wrappers';

/** A list from a value that is not one; the value itself if that is not certain. */
export function fitList(value: unknown, schema: JsonSchema, place: Place): unknown {
	if (typeof value === 'string') return listIn(value, schema, place);
	if (place.isExact) return value;
	if (value === null) {
		changed(place, null, []);
		return [];
	}
	if (!isRecord(value)) return oneOf(value, schema, place);
	const table = tableIn(value, schema, place);
	if (table) return table;
	const indexed = inOrder(value);
	if (indexed) {
		changedKind(place, 'numbered keys to a list');
		return indexed;
	}
	const names = knownNames(itemSchema(schema, 0), place.root);
	const knows = Object.keys(value).some((key) => names.has(key));
	const inner = knows ? undefined : unwrappedList(value, place);
	return inner ?? oneOf(value, schema, place);
}

/**
 * Records from a list of lists, or from one list of columns and one of rows, if the entries have to be
 * records.
 */
export function tableIn(
	value: unknown,
	schema: JsonSchema,
	place: Place,
): Array<Record<string, unknown>> | undefined {
	if (place.isExact) return undefined;
	const item = resolveSchema(itemSchema(schema, 0), place.root);
	const isOfRecords = item !== undefined && typesOf(item).join() === 'object';
	const records = isOfRecords
		? recordsOfTable(value, isRecord(item.properties) ? item.properties : {})
		: undefined;
	if (records) changedKind(place, 'table of columns and rows to records');
	return records;
}

/** `{ "0": …, "1": … }`. */
function inOrder(record: Record<string, unknown>): unknown[] | undefined {
	const keys = Object.keys(record);
	if (keys.length === 0) return undefined;
	const first = Object.hasOwn(record, '0') ? 0 : 1;
	const isNumbered = keys.every((key, index) => key === String(index + first));
	return isNumbered ? keys.map((key) => record[key]) : undefined;
}

/** A list with only the given value, if its entries may be such. */
function oneOf(value: unknown, schema: JsonSchema, place: Place): unknown {
	const trial = trialOf(place);
	const entry = place.visit(value, itemSchema(schema, 0), step(trial, [value], 0));
	if (!takes(entry, itemSchema(schema, 0), place)) return value;
	changedKind(place, 'one value to a list');
	// Its entries are visited once the list exists.
	return [value];
}

/** A longer one is read in one go. */
const LONGEST = 50_000;

function listIn(text: string, schema: JsonSchema, place: Place): unknown {
	const parsed = jsonIn(text, ['array', 'object'], place);
	if (Array.isArray(parsed)) {
		changedKind(place, 'JSON text to its value');
		return parsed;
	}
	if (place.isExact) return text;
	// `"Smith, John", "Doe, Jane"`
	const quoted = /^\s*["'“]/.test(text) ? jsonIn(`[${text}]`, ['array'], place) : undefined;
	if (Array.isArray(quoted)) {
		changed(place, text, quoted);
		return quoted;
	}
	if (isRecord(parsed)) {
		changedKind(place, 'JSON text to its value');
		return fitList(parsed, schema, place);
	}
	if (text.trim() === '') {
		changed(place, text, []);
		return [];
	}
	const types = typesOf(schema);
	if (types.includes('null') && saysNothing(text)) {
		changed(place, text, null);
		return null;
	}
	const item = resolveSchema(itemSchema(schema, 0), place.root);
	const isPlainText = !item || (takes(text, item, place) && !('enum' in item));
	if (isPlainText && saysNothing(text)) {
		ambiguous(place, text, ['an empty list', `a list of ${JSON.stringify(text)}`]);
		return text;
	}
	if (saysNothing(text)) {
		changed(place, text, []);
		return [];
	}
	if (text.length > LONGEST) return text;
	return isPlainText ? textsIn(text, place) : valuesIn(text, schema, place);
}
