import { isRecord } from '../../isRecord';
import { isDots, isStandIn } from '../../json/abbreviation';
import type { Comments } from '../../json/comments';
import type { SourceNumbers } from '../../json/exactJson';
import type { JsonSchema } from '../../schema/jsonSchema';
import { resolveSchema } from '../resolveSchema';

/** The fields that a schema names, or none. */
export function fieldsOf(schema: unknown, root: JsonSchema): Record<string, unknown> {
	const properties = resolveSchema(schema, root)?.properties;
	return isRecord(properties) ? properties : {};
}

export function isListSchema(schema: unknown, root: JsonSchema): boolean {
	const type = resolveSchema(schema, root)?.type;
	return type === 'array' || (Array.isArray(type) && type.includes('array'));
}

/** Whether a record has fields of the entries of some list at the top of a schema, and no others. */
export function isEntryIn(root: JsonSchema, record: Record<string, unknown>): boolean {
	return [root, ...Object.values(fieldsOf(root, root))].some((list) => {
		const fields = isListSchema(list, root) && fieldsOf(resolveSchema(list, root)?.items, root);
		return fields && Object.keys(record).every((key) => Object.hasOwn(fields, key));
	});
}

/** The one place of a schema for a list of records: its top, or its only list. */
export interface ListPlace {
	/** Undefined when the list is the whole value. */
	key: string | undefined;
	/** What one entry has. */
	fields: Record<string, unknown>;
}

export function listPlaceIn(root: JsonSchema): ListPlace | undefined {
	const [place, ...others] = listPlacesIn(root);
	const required: unknown = resolveSchema(root, root)?.required;
	const needed = Array.isArray(required) ? required : [];
	if (!place || others.length > 0) return undefined;
	return place.key === undefined || needed.every((key) => key === place.key) ? place : undefined;
}

/** Every list at the top of a schema, or the one that it is. */
export function listPlacesIn(root: JsonSchema): ListPlace[] {
	const fieldsIn = (list: unknown) => fieldsOf(resolveSchema(list, root)?.items, root);
	if (isListSchema(root, root)) return [{ key: undefined, fields: fieldsIn(root) }];
	return Object.entries(fieldsOf(root, root)).flatMap(([key, list]) =>
		isListSchema(list, root) ? [{ key, fields: fieldsIn(list) }] : [],
	);
}

export function atPlace({ key }: ListPlace, list: unknown[]): unknown {
	return key === undefined ? list : { [key]: list };
}

/** The field that a written name means: itself, or the only one that differs in case and marks. */
export function fieldNamed(name: string, fields: Record<string, unknown>): string | undefined {
	if (Object.hasOwn(fields, name)) return name;
	const plain = plainName(name);
	const alike = Object.keys(fields).filter((field) => plainName(field) === plain);
	return plain !== '' && alike.length === 1 ? alike[0] : undefined;
}

/** Without case and marks. */
export function plainName(name: string): string {
	return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Records that follow one another, at the place that the schema has for a list of just such ones. */
export function asListIn(schema: JsonSchema, list: unknown): unknown {
	const place = listPlaceIn(schema);
	if (!place || !Array.isArray(list)) return undefined;
	if (place.key === undefined) return list;
	const { fields } = place;
	const isEntry = (entry: unknown) =>
		isRecord(entry) && Object.keys(entry).every((key) => Object.hasOwn(fields, key));
	return list.every(isEntry) ? atPlace(place, list) : undefined;
}

/** A form other than JSON, as it stands in a text. */
export interface Form {
	/** As warnings have it. */
	name: string;
	/** Undefined where it has no one reading. */
	value: unknown;
	/** Each leniency that reading it took, beside the name of the form. */
	notes?: string[];
	numbers?: SourceNumbers;
	/** What is said in comments. */
	comments?: Comments;
	/** Why it has no value. */
	reason?: string;
}

/** What a form is read for. */
export interface FormTerms {
	root: JsonSchema;
	/** Where records go; undefined where the schema has no one place for them. */
	place: ListPlace | undefined;
}

/** The form that a text is, if it is one. */
export type FormReader = (text: string, terms: FormTerms) => Form | undefined;

const TOTAL =
	/^(?:(?:sub|grand|net|gross|overall|running|zwischen|gesamt|end|sous|нетто|общ\p{L}*)[- ]?)?(?:total|totals|totale|sum|summe|gesamt|gesamtsumme|insgesamt|betrag|übertrag|somme|suma|somma|soma|totaal|subtotaal|итого|всего|合計|小計|総計|总计|合计|小计|總計|합계|총계|소계|balance due|amount due|average|avg|mean|durchschnitt|moyenne|promedio|media|gemiddelde|среднее|平均|평균|(?:net|gross|netto|brutto)(?:betrag|summe| amount| total)?)(?: .{0,20}|\s*\(.{0,20}\))?\s*[:：=]?$/iu;
const ONLY_TOTAL =
	/^(?:(?:sub|grand|zwischen)[- ]?)?(?:totals?|summe|insgesamt|itogo|итого|合計|小計|总计|合计|小计|합계|소계):?$/iu;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;
const RULER_CELL = /^:?(?:-{2,}|={2,}|_{2,}|—+|─+|━+|–{2,}):?$/;
const IS_NUMBER = /^[^\p{L}]*\d[^\p{L}]*$/u;
const DOTS = '...';

/**
 * The records in rows of texts below a row of names; undefined where one is not certainly a record of
 * its own: a sum, or a row that leans on the one above. A row of dots is an entry that says so.
 */
export function recordsIn(
	header: readonly string[],
	rows: ReadonlyArray<ReadonlyArray<string | undefined>>,
	{ fields }: ListPlace,
): unknown[] | undefined {
	const names = header.map((name) => fieldNamed(name, fields));
	const isKnown = names.every((name) => name !== undefined) && new Set(names).size === names.length;
	const kept = rows.filter((cells) => !isBorder(cells, header));
	if (!isKnown || kept.length === 0 || kept.some(({ length }) => length !== names.length)) {
		return undefined;
	}
	const list = kept.map((cells) => recordOf(cells, names));
	const leads = kept.map(([lead]) => lead);
	const leansOnAbove = leads.includes('') && leads.some((lead) => lead !== '');
	const isSum = kept.some((cells, at) => isSumRow(cells, at > 0 && at === kept.length - 1));
	const isElided = list.includes(DOTS);
	return list.includes(undefined) || isSum || (leansOnAbove && !isElided) ? undefined : list;
}

/** The names once more, a ruler, or nothing at all: what parts rows says nothing itself. */
function isBorder(cells: ReadonlyArray<string | undefined>, header: readonly string[]): boolean {
	const isHeader = cells.length === header.length && cells.every((cell, at) => cell === header[at]);
	return (
		isHeader || cells.every((cell) => cell !== undefined && (cell === '' || RULER_CELL.test(cell)))
	);
}

/** Whether a row adds up those above it. */
export function isSumRow(cells: ReadonlyArray<string | undefined>, isLast: boolean): boolean {
	const isLoose = isLast || cells.includes('');
	return cells.some((cell = '') => (isLoose ? TOTAL : ONLY_TOTAL).test(cell));
}

function recordOf(
	cells: ReadonlyArray<string | undefined>,
	names: ReadonlyArray<string | undefined>,
): unknown {
	const said = cells.filter((cell) => cell !== '');
	const words = said.filter((cell = '.') => !IS_NUMBER.test(cell));
	const isLeftOut =
		words.length > 0 && words.every((cell) => cell !== undefined && isStandIn(cell));
	if (isLeftOut || said.some((cell) => isDots(cell ?? ''))) return DOTS;
	if (!said.some((cell) => cell === undefined || SAYS_SOMETHING.test(cell))) return undefined;
	const filled = names.flatMap((name, index): Array<[string, string]> => {
		const cell = cells[index] ?? '';
		return name === undefined || cell === '' ? [] : [[name, cell]];
	});
	return cells.includes(undefined) ? undefined : Object.fromEntries(filled);
}
