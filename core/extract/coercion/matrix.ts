import { isRecord } from '../../isRecord';
import { fieldNamed, plainName } from '../forms/fields';
import { isSumRow } from '../forms/fields';

const COLUMNS = ['columns', 'columnnames', 'headers', 'header', 'fields', 'keys', 'cols'];
const ROWS = ['data', 'rows', 'values', 'records', 'items'];

/**
 * Records in a table of lists: `[["name", "amount"], ["a", 1]]`, or `{ "columns": […], "data": […] }`.
 * Undefined unless every column is a field of its own and every row has all of them and is no sum.
 */
export function recordsOfTable(
	value: unknown,
	fields: Readonly<Record<string, unknown>>,
): Array<Record<string, unknown>> | undefined {
	const [header, ...rows] = Array.isArray(value) ? Array.from<unknown>(value) : partsOf(value);
	if (!Array.isArray(header) || header.length < 2 || rows.length === 0) return undefined;
	const names = header.map((name) =>
		typeof name === 'string' ? fieldNamed(name, fields) : undefined,
	);
	if (names.includes(undefined) || new Set(names).size !== names.length) return undefined;
	const records = rows.flatMap((row, at): Array<Record<string, unknown>> => {
		const cells = Array.isArray(row) ? Array.from<unknown>(row) : [];
		const isSum = isSumRow(cells.map(String), at > 0 && at === rows.length - 1);
		return cells.length === names.length && !isSum ? [recordOf(cells, names)] : [];
	});
	return records.length === rows.length ? records : undefined;
}

function recordOf(cells: readonly unknown[], names: ReadonlyArray<string | undefined>) {
	return Object.fromEntries(names.map((name, at): [string, unknown] => [name ?? '', cells[at]]));
}

/** The header and the rows of a table that keeps them apart, with nothing else but numbers of rows. */
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
