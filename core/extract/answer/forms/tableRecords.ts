import { isRecord } from '../../../lib/isRecord';
import { isDots, isStandIn } from '../../../json/abbreviation';
import { fieldsNamed, plainName } from '../fieldNames';
import { atPlace, fieldsOf, type FormTerms, type ListPlace } from './fields';

/** What is written before a total, alone. */
export const TOTAL =
	/^(?:(?:sub|grand|net|gross|overall|running|zwischen|gesamt|end|sous|нетто|общ\p{L}*)[- ]?)?(?:total|totals|totale|sum|summe|gesamt|gesamtsumme|insgesamt|betrag|übertrag|somme|suma|somma|soma|totaal|subtotaal|итого|всего|[総总總총]?(?:合計|小計|[総总總][计計]|合计|小计|합계|총계|소계|平均|평균|中[央位][値值数數]|중앙값)\p{L}{0,6}|balance due|amount due|[øσ∑⌀∅]|average|avg\.?|mean|median|minimum|maximum|durchschnitt|mittelwert|moyenne|médiane|promedio|mediana|media|média|gemiddelde|сред(?:нее|няя|ний)|(?:net|gross|netto|brutto)(?:betrag|summe| amount| total)?)(?:[:：=]?\s.{0,20}|\s*\(.{0,20}\))?\s*[:：=]?$/iu;
const ONLY_TOTAL =
	/^(?:(?:sub|grand|zwischen)[- ]?)?(?:totals?|summe|insgesamt|itogo|итого|合計|小計|总计|合计|小计|합계|소계):?$/iu;
/** As the name of a row; elsewhere, it may be a grade. */
const AVERAGE =
	/^(?:[ø⌀∅]|average|avg\.?|median|durchschnitt|mittelwert|moyenne|promedio|среднее|平均|평균):?$/iu;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;
const RULER_CELL = /^:?(?:-{2,}|={2,}|_{2,}|—+|─+|━+|–{2,}):?$/;
/** A number and its signs, without words. */
export const IS_NUMBER = /^[^\p{L}]*\d[^\p{L}]*$/u;
const DOTS = '...';

/**
 * The value of a table: a list in its place, or the single record of the schema; undefined if it is
 * neither.
 */
export function tableValue(
	header: readonly string[],
	rows: ReadonlyArray<ReadonlyArray<string | undefined>>,
	{ root, place }: FormTerms,
): unknown {
	const list = place && recordsIn(header, rows, place);
	if (place && list) return atPlace(place, list);
	const own = recordsIn(header, rows, { key: undefined, fields: fieldsOf(root, root) });
	return own?.length === 1 && rows.length === 1 && isRecord(own[0]) ? own[0] : undefined;
}

/**
 * The records in rows of texts below a row of names; undefined if a row is not certainly a record of
 * its own, such as a sum, or one that depends on the row above. A row of dots is an entry that says so.
 */
function recordsIn(
	header: readonly string[],
	rows: ReadonlyArray<ReadonlyArray<string | undefined>>,
	{ fields }: ListPlace,
): unknown[] | undefined {
	const names = fieldsNamed(header, fields);
	const kept = rows.filter((cells) => !isBorder(cells, header));
	if (!names || kept.length === 0 || kept.some(({ length }) => length !== names.length)) {
		return undefined;
	}
	const list = kept.map((cells) => recordOf(cells, names));
	const leads = kept.map(([lead]) => lead);
	const leansOnAbove = leads.includes('') && leads.some((lead) => lead !== '');
	const isSum = kept.some((cells, at) => isSumRow(cells, at > 0 && at === kept.length - 1));
	const isElided = list.includes(DOTS);
	return list.includes(undefined) || isSum || (leansOnAbove && !isElided) ? undefined : list;
}

/** The names once more, a rule, or nothing at all: separators between rows say nothing themselves. */
function isBorder(cells: ReadonlyArray<string | undefined>, header: readonly string[]): boolean {
	const isHeader = cells.length === header.length && cells.every((cell, at) => cell === header[at]);
	return (
		isHeader || cells.every((cell) => cell !== undefined && (cell === '' || RULER_CELL.test(cell)))
	);
}

/** Whether a row is the sum of those above it. */
export function isSumRow(cells: ReadonlyArray<string | undefined>, isLast: boolean): boolean {
	const isLoose = isLast || cells.includes('');
	return (
		AVERAGE.test(cells[0] ?? '') ||
		cells.some((cell = '') => (isLoose ? TOTAL : ONLY_TOTAL).test(cell))
	);
}

function recordOf(cells: ReadonlyArray<string | undefined>, names: readonly string[]): unknown {
	const said = cells.filter((cell) => cell !== '');
	const words = said.filter((cell = '.') => !IS_NUMBER.test(cell));
	const isLeftOut =
		words.length > 0 && words.every((cell) => cell !== undefined && isStandIn(cell));
	if (isLeftOut || said.some((cell) => isDots(cell ?? ''))) return DOTS;
	if (!said.some((cell) => cell === undefined || SAYS_SOMETHING.test(cell))) return undefined;
	const filled = names.flatMap((name, index): Array<[string, string]> => {
		const cell = cells[index] ?? '';
		return cell === '' ? [] : [[name, cell]];
	});
	return cells.includes(undefined) ? undefined : Object.fromEntries(filled);
}

const COLUMNS = ['columns', 'columnnames', 'headers', 'header', 'fields', 'keys', 'cols'];
const ROWS = ['data', 'rows', 'values', 'records', 'items'];

/**
 * Records in a table of lists: `[["name", "amount"], ["a", 1]]`, or `{ "columns": […], "data": […] }`.
 * Undefined unless every column is a different field, and every row has all of them and is not a sum.
 */
export function recordsOfTable(
	value: unknown,
	fields: Readonly<Record<string, unknown>>,
): Array<Record<string, unknown>> | undefined {
	const [header, ...rows] = Array.isArray(value) ? Array.from<unknown>(value) : partsOf(value);
	if (!Array.isArray(header) || header.length < 2 || rows.length === 0) return undefined;
	const names = fieldsNamed(header, fields);
	if (!names) return undefined;
	const records = rows.flatMap((row, at): Array<Record<string, unknown>> => {
		const cells = Array.isArray(row) ? Array.from<unknown>(row) : [];
		const isSum = isSumRow(cells.map(String), at > 0 && at === rows.length - 1);
		return cells.length === names.length && !isSum ? [recordOfValues(cells, names)] : [];
	});
	return records.length === rows.length ? records : undefined;
}

function recordOfValues(cells: readonly unknown[], names: readonly string[]) {
	return Object.fromEntries(names.map((name, at): [string, unknown] => [name, cells[at]]));
}

/**
 * The header and the rows of a table that keeps them separate, with nothing else but counts of rows.
 */
function partsOf(value: unknown): unknown[] {
	if (!isRecord(value)) return [];
	const keys = Object.keys(value).filter((key) => !isIndex(key, value[key]));
	const columns = keys.find((key) => COLUMNS.includes(plainName(key)));
	const rows = keys.find((key) => key !== columns && ROWS.includes(plainName(key)));
	if (columns === undefined || rows === undefined || keys.length > 2) return [];
	const list = value[rows];
	return Array.isArray(list) ? [value[columns], ...Array.from<unknown>(list)] : [];
}

function isIndex(key: string, value: unknown): boolean {
	return key === 'index' && Array.isArray(value) && value.every((entry, at) => entry === at);
}
