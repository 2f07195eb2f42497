import { isNoAnswer } from '../../../json/notTheAnswer';
import { withoutEntities } from '../../../read/foldText';
import { fieldNamed, recordNamed } from '../fieldNames';
import { fieldsOf, unread, type Form, type FormReader, type FormTerms } from './fields';
import { tableValue } from './tableRecords';
import { markupIn, type Element } from './readXml';

const FORM = 'markdownTable';
const unreadTable = unread(
	FORM,
	'a table whose columns are not just the fields, or whose rows have more than one reading',
);

/** A Markdown table: a list of records, where each column is a field, or one record, where each row is one. */
export const readTable: FormReader = (text, terms) => {
	const lines = text.split('\n').map((line) => line.trim());
	const ruler = lines.findIndex(isRuler);
	const [head = ''] = lines;
	const isTable = ruler === 1 || (ruler === -1 && lines.every((line) => /^\|.*\|$/.test(line)));
	if (!isTable || lines.length < 2 || lines.includes('')) return undefined;
	const header = cellsOf(head);
	const rows = lines.slice(ruler === 1 ? 2 : 1).map((line) => cellsOf(line).map(readCell));
	const value = tableValue(header, rows, terms);
	if (value !== undefined) return { name: FORM, value };
	// Without a ruler, only its columns tell a table from lines with signs in them.
	return recordOf(header, rows, terms) ?? (ruler === 1 ? unreadTable : undefined);
};

/** What tables about fields have in the place of their values. */
const ABOUT_FIELDS =
	/^\W*(?:data )?(?:types?|descriptions?|meanings?|defaults?|required|formats?|notes?|rules?|typ|beschreibung|bedeutung|description|signification|tipo|descripción|descrizione|тип|описание|型|説明|类型|说明|유형|설명)\W*$/iu;

/** `| Field | Value |`. */
function recordOf(
	header: readonly string[],
	rows: ReadonlyArray<ReadonlyArray<string | undefined>>,
	{ root }: FormTerms,
): Form | undefined {
	const fields = fieldsOf(root, root);
	const isHeaderField = fieldNamed(header[0] ?? '', fields) !== undefined;
	if (header.length !== 2 || isHeaderField) return undefined;
	const about = header[1] ?? '';
	if (isNoAnswer(about) || ABOUT_FIELDS.test(about)) return unreadTable;
	if (rows.some((row) => row.length !== 2)) return undefined;
	const record = recordNamed(
		rows.map(([key = '', value]) => [key.replace(/:$/, ''), value]),
		fields,
	);
	if (!record || rows.length === 0) return undefined;
	return {
		name: FORM,
		value: Object.fromEntries(Object.entries(record).filter(([, value]) => value !== '')),
	};
}

export function isRuler(line: string): boolean {
	const cells = cellsOf(line.trim());
	return line.includes('|') && cells.every((cell) => /^:?-+:?$/.test(cell));
}

export function cellsOf(line: string): string[] {
	const inner = line.replace(/^\|/, '').replace(/(?<!\\)\|$/, '');
	return inner.split(/(?<!\\)\|/).map((cell) => cell.trim());
}

/** What a footer has is a sum, a remark or the header again. */
const PARTS = new Set(['thead', 'tbody']);
/** Attributes that say how a cell looks, and not where it stands. */
const LOOKS = new Set(['class', 'style', 'id', 'align', 'scope', 'border', 'width', 'valign']);
/** Styles and classes of what nobody sees, or nobody is to count. */
const HIDES =
	/display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?![.\d]*[1-9])|line-through|(?<!\p{L})(?:hid(?:den|e)|invisible|d-none|sr-only|struck|strike\w*|inactive|void(?:ed)?|cancel\w*|deleted?|removed?|obsolete|outdated|superseded|old|draft|example|placeholder|excluded|rejected|ignored|gel(?:ö|oe)scht|supprim\p{L}*|eliminad[oa]|removido|удал[её]н\p{L}*)(?!\p{L})|削除|삭제|[删刪]除/iu;
const SUMS =
	/(?<!\p{L})(?:(?:sub|grand)?-?totals?|sums?|summe|summary|averages?|avg|footer)(?!\p{L})/iu;
const looks = ({ children }: Element, pattern: RegExp) =>
	children.some(({ name, text }) => LOOKS.has(name) && pattern.test(text));

const unreadHtml = unread(
	'htmlTable',
	'its columns are not just the fields, a cell holds more than text, or a row is hidden or a sum',
);

/** An HTML table whose columns are fields, as a list of records. */
export const readHtmlTable: FormReader = (text, terms) => {
	if (!/^<table[\s>]/i.test(text)) return undefined;
	const lower = text.replace(/<\/?[A-Za-z][^<>\s/]*/g, (tag) => tag.toLowerCase());
	const { elements: [table, ...others] = [], ...said } = markupIn(lower) ?? {};
	const rows = table && others.length === 0 ? rowsOf(table) : undefined;
	const cells = rows?.map((row) => cellsOfRow(row));
	if (!cells || cells.some((row) => row === undefined)) return unreadHtml;
	const [header = [], ...rest] = cells.flatMap((row) => (row ? [row] : []));
	const value = tableValue(header, rest, terms);
	return value !== undefined ? { name: 'htmlTable', value, ...said } : unreadHtml;
};

function rowsOf(table: Element): Element[] | undefined {
	if (looks(table, HIDES)) return undefined;
	const parts = table.children.filter(({ name }) => !LOOKS.has(name));
	const rows = parts.flatMap((part) => (PARTS.has(part.name) ? (rowsOf(part) ?? [part]) : [part]));
	return table.text === '' && rows.every(({ name }) => name === 'tr') ? rows : undefined;
}

function cellsOfRow(row: Element): string[] | undefined {
	const cells = row.children.filter(({ name }) => !LOOKS.has(name));
	const isPlain = cells.every(
		({ name, children }) =>
			(name === 'td' || name === 'th') && children.every((one) => LOOKS.has(one.name)),
	);
	if (looks(row, SUMS) || [row, ...cells].some((one) => looks(one, HIDES))) return undefined;
	return isPlain && row.text === '' ? cells.map(({ text }) => text) : undefined;
}

const SEPARATORS = [',', ';', '\t'];

/** Lines of values below a line of names that are all fields, with commas, semicolons or tabs between them. */
export const readCsv: FormReader = (text, terms) => {
	const own = fieldsOf(terms.root, terms.root);
	const [head = ''] = text.split('\n', 1);
	const separator = SEPARATORS.find((sign) => {
		const names = cellRows(head, sign)?.[0] ?? [];
		return (
			names.length > 1 &&
			[terms.place?.fields ?? {}, own].some((fields) =>
				names.every((name) => fieldNamed(name, fields) !== undefined),
			)
		);
	});
	if (separator === undefined) return undefined;
	// A line behind `#`, or removed by a diff, may be left out, or a record.
	const isPlain = !/^(?:#\s|\/\/|<!--|[-+*]\s?(?=\p{L}))|~~/mu.test(text);
	const [header = [], ...rows] = (isPlain ? cellRows(text, separator) : undefined) ?? [];
	const value = tableValue(header, rows, terms);
	return value !== undefined
		? { name: 'csv', value }
		: unread(
				'csv',
				'a row has more or fewer values than there are names, or is not a record of its own',
			);
};

const CELL = / *"((?:[^"]|"")*)" *(?=[,;\t\r\n]|$)|([^,;\t\r\n"]*)|([^])/y;

/** Undefined where a quote stands in a value that is not quoted, or is never closed. */
function cellRows(text: string, separator: string): string[][] | undefined {
	const rows: string[][] = [[]];
	let cell = '';
	let isQuoted = false;
	for (CELL.lastIndex = 0; CELL.lastIndex < text.length;) {
		const [found = '', quoted, plain] = CELL.exec(text) ?? [];
		if (quoted !== undefined && cell.trim() === '') {
			cell = quoted.replaceAll('""', '"');
			isQuoted = true;
			continue;
		}
		if (plain !== undefined && plain !== '') {
			if (isQuoted) return undefined;
			cell += plain;
			continue;
		}
		const sign = found === '' ? text.charAt(CELL.lastIndex) : found;
		if (found === '') CELL.lastIndex += 1;
		if (quoted !== undefined || sign === '"') return undefined;
		if (sign === '\n' || sign === separator) {
			rows.at(-1)?.push(isQuoted ? cell : cell.trim());
			[cell, isQuoted] = ['', false];
			if (sign === '\n') rows.push([]);
		} else if (isQuoted && sign !== '\r') return undefined;
		else if (sign !== '\r') cell += sign;
	}
	rows.at(-1)?.push(isQuoted ? cell : cell.trim());
	return rows;
}

/** Behind a key in TOON: how many entries its list has, what stands between them, and the columns of a table. */
interface ToonHead {
	key: string;
	count: number;
	separator: string;
	columns: string[] | undefined;
}

/** A key such as `rows[2]{name,age}` or `tags[3]`. */
export const TOON_KEY = String.raw`[\p{L}_]?[\p{L}\p{N}_.-]*\[\d{1,6}[|\t]?\](?:\{[^{}]+\})?`;
const TOON_HEAD = /^(.*)\[(\d{1,6})([|\t]?)\](?:\{(.+)\})?$/s;

export function toonHead(written: string): ToonHead | undefined {
	const [found, key = '', count, sign = '', columns] = TOON_HEAD.exec(written) ?? [];
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

const ESCAPED = /\\([!-/:-@[-`{-~])/g;
/** Marks of which a text would have to lose something, or of which nobody knows what they are for. */
const OTHER_MARKS = /\*\*|~~|`|\]\(|!\[|<\/?[A-Za-z!][^<>]*>|^_.*_$|^\*\S.*\*$/s;
/** The same as in the row above. */
const DITTO = /^(?:["”“″〃]|''|,,|do\.|dto\.|ditto|idem|↑|\^+)$/i;

/** The text of a cell without its Markdown; undefined where that has no one reading. */
export function readCell(cell: string): string | undefined {
	const [, code] = /^`([^`]+)`$/.exec(cell) ?? [];
	if (code !== undefined) return code.replaceAll('\\|', '|');
	const bare = withoutMarks(cell).replace(/ {0,9}<br ?\/?> {0,9}/gi, '\n');
	const plain = bare.replace(ESCAPED, '');
	if (OTHER_MARKS.test(plain) || DITTO.test(bare) || bare.includes('\\\\|')) return undefined;
	return withoutEntities(bare.replace(ESCAPED, '$1')).trim();
}

/** Without emphasis, or the mark of a plain link, around the whole. */
function withoutMarks(cell: string): string {
	const [, strong, light] =
		/^(?:\*\*\*?([^*]+)\*\*\*?|\*([^*\s](?:[^*]*[^*\s])?)\*)$/.exec(cell) ?? [];
	const [, address] = /^<(https?:[^<>\s]+|[^<>\s@]+@[^<>\s]+)>$/.exec(cell) ?? [];
	const [, label, target] = /^\[([^[\]]+)\]\(([^()\s]+)\)$/.exec(cell) ?? [];
	const isPlainLink = label !== undefined && target?.replace(/^mailto:/, '') === label;
	return strong ?? light ?? address ?? (isPlainLink ? label : cell);
}
