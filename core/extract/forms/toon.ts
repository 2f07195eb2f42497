import { cellRows } from './readTable';

/** Behind a key in TOON: how many entries its list has, what stands between them, and the columns of a table. */
interface ToonHead {
	key: string;
	count: number;
	separator: string;
	columns: string[] | undefined;
}

/** A key such as `rows[2]{name,age}` or `tags[3]`. */
export const TOON_KEY = String.raw`[\p{L}_]?[\p{L}\p{N}_.-]*\[\d{1,6}[|\t]?\](?:\{[^{}]+\})?`;
const HEAD = /^(.*)\[(\d{1,6})([|\t]?)\](?:\{(.+)\})?$/s;

export function toonHead(written: string): ToonHead | undefined {
	const [found, key = '', count, sign = '', columns] = HEAD.exec(written) ?? [];
	if (found === undefined) return undefined;
	const separator = sign === '' ? ',' : sign;
	return {
		...{ key, count: Number(count), separator },
		columns: columns === undefined ? undefined : cellsIn(columns, separator),
	};
}

/** The values of one line; undefined where a quote is never closed. */
function cellsIn(line: string, separator: string): string[] | undefined {
	// Escapes, and `null` beside a text that says so, would have to be told apart.
	if (line.includes('\\')) return undefined;
	const cells = splitCells(line, separator);
	return cells?.some((cell) => NO_CELL.test(cell)) ? undefined : cells;
}

function splitCells(line: string, separator: string): string[] | undefined {
	if (separator === '|')
		return line.includes('"') ? undefined : line.split('|').map((cell) => cell.trim());
	const [cells, another] = cellRows(line, separator) ?? [];
	return another ? undefined : cells;
}

interface Below {
	/** What stands behind the head in its line. */
	said: string;
	lines: ReadonlyArray<{ indent: number; text: string }>;
	/** The line of the head. */
	at: number;
	/** Reads entries of several lines each. */
	readBelow: () => { value: unknown; next: number } | undefined;
}

/** A list whose entries stand in the line of its head, or below it; undefined where there are more or fewer than it says. */
export function toonList(head: ToonHead, { said, lines, at, readBelow }: Below) {
	const { count, separator, columns } = head;
	const indent = lines[at]?.indent ?? 0;
	const end = lines.findIndex((line, index) => index > at && line.indent <= indent);
	const rows = lines.slice(at + 1, end < 0 ? undefined : end);
	const ofCount = (value: unknown, next: number) =>
		Array.isArray(value) && value.length === count ? { value, next } : undefined;
	if (columns) {
		const records =
			said === ''
				? recordsOf(
						columns,
						rows.map(({ text }) => cellsIn(text, separator)),
					)
				: undefined;
		return ofCount(records, at + 1 + rows.length);
	}
	if (said !== '') return rows.length === 0 ? ofCount(cellsIn(said, separator), at + 1) : undefined;
	const block = rows.length === 0 ? { value: [], next: at + 1 } : readBelow();
	return ofCount(block?.value, block?.next ?? 0);
}

function recordsOf(columns: readonly string[], rows: ReadonlyArray<readonly string[] | undefined>) {
	const isEach = rows.every((cells) => cells?.length === columns.length);
	return isEach && new Set(columns).size === columns.length
		? rows.map((cells = []) => Object.fromEntries(columns.map((name, at) => [name, cells[at]])))
		: undefined;
}

/** Marks of other formats: of a list, a table, something struck out or left out. And `null`, which is not a text. */
const NO_CELL = /^(?:[-*+•|] |\d+[.)] |\*\*|~~|-{2,}$|\.{3}$|…$|null$)/;
