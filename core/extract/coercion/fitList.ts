import { isRecord } from '../../isRecord';
import { isStandIn } from '../../json/abbreviation';
import { commaEntries, splitList } from '../../read/splitList';
import { saysNothing } from '../../read/words';
import type { JsonSchema } from '../../schema/jsonSchema';
import { resolveSchema } from '../resolveSchema';
import { jsonIn } from './jsonIn';
import { recordsOfTable } from './matrix';
import { ambiguous, changed, changedKind, step, trialOf, type Place } from './place';
import { itemSchema, takes, membersOf, typesOf } from './takes';
import { knownNames, unwrappedList } from './wrappers';

/** A list of what is none; what it is itself when that is not certain. */
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

/** Records in a list of lists, or in one of columns and one of rows, where the entries have to be records. */
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

/** A list of the one value that is given, when its entries may be such. */
function oneOf(value: unknown, schema: JsonSchema, place: Place): unknown {
	const trial = trialOf(place);
	const entry = place.visit(value, itemSchema(schema, 0), step(trial, [value], 0));
	if (!takes(entry, itemSchema(schema, 0), place)) return value;
	changedKind(place, 'one value to a list');
	// Its entries are visited once the list is there.
	return [value];
}

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
	return isPlainText ? textsIn(text, place) : valuesIn(text, schema, place);
}

function textsIn(text: string, place: Place): unknown {
	const { entries, byComma, isGap } = splitList(text);
	if (isGap) {
		ambiguous(place, text, ['a list', 'a list without some of its entries']);
		return text;
	}
	const parts = entries ?? byComma ?? [];
	if (
		isEnclosed(text) ||
		hasTornAddress(parts) ||
		parts.some((part) => isTorn(part) || isStandIn(part))
	) {
		ambiguous(place, text, ['one entry', `${parts.length} entries`]);
		return text;
	}
	const commas = byComma && commaEntries(byComma);
	if (!entries && commas && !commas.isOne && !commas.entries) {
		ambiguous(place, text, ['one entry', `${byComma.length} entries`]);
		return text;
	}
	const list = entries ?? commas?.entries ?? [text.trim()];
	changed(place, text, list);
	return list;
}

/** `http://x/a,b` is one address, unless each part is one. */
function hasTornAddress(parts: readonly string[]): boolean {
	const isAddress = (part: string) => /^[a-z]+:\/\//i.test(part);
	return parts.length > 1 && parts.some(isAddress) && !parts.every(isAddress);
}

/** Brackets of a list whose entries could not be read. */
function isEnclosed(text: string): boolean {
	return /^\s*(?:\[[^]*\]|\{[^]*\})\s*$/.test(text);
}

/** A piece of something that brackets, quotes or an entity of HTML hold together. */
function isTorn(part: string): boolean {
	const count = (sign: string) => part.split(sign).length;
	const isOpen = ['()', '[]', '{}'].some(([from = '', to = '']) => count(from) !== count(to));
	return isOpen || count('"') % 2 === 0 || /&#?\w+$/.test(part);
}

/** Texts of numbers, dates or choices: as one entry or as several, if only one way can be read. */
function valuesIn(text: string, schema: JsonSchema, place: Place): unknown {
	const ways = waysToSplit(text, schema, place).map((texts) => wayOf(texts, schema, place));
	const doubts = ways.flatMap(({ failures }) => failures);
	const [only, other] = ways.filter(({ isTaken }) => isTaken);
	if (!only || doubts.length > 0) {
		place.failures.push(...doubts);
		return text;
	}
	if (other) {
		ambiguous(
			place,
			text,
			[only, other].map(({ list }) => JSON.stringify(list)),
		);
		return text;
	}
	changed(place, text, only.list);
	return only.list;
}

function waysToSplit(text: string, schema: JsonSchema, { root }: Place): string[][] {
	const { entries, byComma } = splitList(text);
	if (entries) return [entries];
	const whole = [text.trim()];
	if (!byComma) return [whole];
	const item = resolveSchema(itemSchema(schema, 0), root);
	if (item && membersOf(item)) return [byComma];
	// `1,200, 3,400`
	if (/\d,\d/.test(text) && /[,，]\s/.test(text)) return [whole, text.split(/[,，、]\s+/)];
	// `1,200,3,400` may be two numbers or four.
	if (/^\s*-?\d{1,3}(?:,\d+){2,}\s*$/.test(text) && /,\d{3}(?!\d)/.test(text))
		return /^\s*-?\d{1,3}(?:,\d{3}){2,}\s*$/.test(text) ? [whole, byComma] : [whole];
	const mayPart = !/[,，]\S/.test(text) || byComma.every((part) => /^-?\d+$/.test(part));
	return mayPart ? [whole, byComma] : [whole];
}

function wayOf(texts: readonly string[], schema: JsonSchema, place: Place) {
	const trial = trialOf(place);
	const list = texts.map((entry, index) =>
		place.visit(entry, itemSchema(schema, index), { ...trial, holder: texts }),
	);
	const isTaken = list.every((entry, index) => takes(entry, itemSchema(schema, index), place));
	return { list, isTaken, failures: trial.failures };
}
