import { chunkText } from '../../core/extract/parts/chunk';
import { mergeValues } from '../../core/extract/parts/merge';
import type { Range } from '../../core/lib/steps';
import { openDice } from './nestedLayouts';
import { LAYOUTS, type Row } from './rowLayouts';
import { rowsOf, textOfRows } from './rowTexts';

/** A text, its rows, and where each of them stands. */
export interface PlacedRows {
	text: string;
	rows: ReadonlyArray<Row | ShortRow>;
	spans: readonly Range[];
}

const NOTE = 'came back with a broken box and will be sent once more on Monday '.repeat(30);

/** Rows of a layout; of each `every` one is longer by up to so many characters. */
export function placedRows(
	layout: string,
	seed: number,
	long?: { every: number; most: number },
): PlacedRows {
	const dice = openDice(seed);
	const language = 'en';
	const rows = rowsOf(language, 40, seed).map((row, at) => {
		const note = NOTE.slice(0, (long?.most ?? 0) / 2 + dice.upTo((long?.most ?? 0) / 2)).trim();
		return long && at % long.every === 0 ? { ...row, item: `${row.item} ${note}` } : row;
	});
	const { foot = '', between = '' } = LAYOUTS[layout] ?? {};
	const upTo = (count: number) =>
		textOfRows(rows.slice(0, count), { layout, language }).length - foot.length;
	const text = textOfRows(rows, { layout, language });
	const spans = rows.map((_, at): Range => {
		const from = upTo(at) + (at > 0 ? between.length : 0);
		return [from, from + text.slice(from, upTo(at + 1)).trimEnd().length];
	});
	return { text, rows, spans };
}

/** A row that its text says with one word. */
export type ShortRow = string | number | { name: string; kind?: string };

const NAME_STARTS = ['Ba', 'Ko', 'Lu', 'Mi', 'Ta', 'Ru', 'So', 'Ne', 'Fi', 'Go'];
const NAME_ENDS = ['bel', 'kos', 'lan', 'mir', 'tuk', 'ron', 'sil', 'nek', 'fod', 'gap'];

/** How a row is written that says only its name, and what a reader makes of it. */
export interface ShortLayout {
	write: (name: string, all: readonly string[]) => string;
	read: (name: string) => ShortRow;
}

export function placedNames({ write, read }: ShortLayout, seed: number): PlacedRows {
	const dice = openDice(seed);
	const all = NAME_STARTS.flatMap((start) => NAME_ENDS.map((end) => start + end));
	const names = all
		.map((name) => ({ name, at: dice.upTo(10_000) }))
		.sort((a, b) => a.at - b.at)
		.map(({ name }) => name);
	let text = '';
	const spans = names.map((name): Range => {
		const from = text.length;
		text += write(name, names);
		return [from, from + text.slice(from).trimEnd().length];
	});
	return { text, rows: names.map(read), spans };
}

export const ORDERS = ['text', 'reversed', 'rotated', 'sorted', 'shuffled'] as const;
export type Order = (typeof ORDERS)[number];

function inOrder<One extends Row | ShortRow>(rows: readonly One[], order: Order): One[] {
	if (order === 'reversed') return rows.toReversed();
	if (order === 'rotated') return [...rows.slice(1), ...rows.slice(0, 1)];
	if (order === 'shuffled')
		return [0, 1, 2].flatMap((at) => rows.filter((_, one) => one % 3 === at));
	return order === 'sorted'
		? rows.toSorted((a, b) => compare(sortedBy(a), sortedBy(b)))
		: [...rows];
}

const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);

function sortedBy(row: Row | ShortRow): string | number {
	if (typeof row !== 'object') return row;
	return 'total' in row ? row.total : (row.kind ?? row.name);
}

export interface Chunk {
	size: number;
	overlap: number;
}

/** Reads just the rows that stand whole in each part; `cut` are those that stand whole in none. */
export function readByPlace(
	{ text, rows, spans }: PlacedRows,
	chunk: Chunk,
	order: Order = 'text',
) {
	const parts = chunkText(text, chunk);
	const isIn = ([from, to]: Range, { start, text: own }: (typeof parts)[number]) =>
		from >= start && to <= start + own.length;
	const given = parts.map((part) => ({
		value: {
			rows: inOrder(
				rows.filter((_, at) => isIn(spans[at] ?? [0, 0], part)),
				order,
			),
		},
		...{ shared: part.text.slice(0, part.shared), own: part.text.slice(part.shared) },
	}));
	const cut = spans.filter((span) => !parts.some((part) => isIn(span, part)));
	return { ...mergeValues(given), cut };
}

/** Whether a value has the same rows as often, in whatever order. */
export const hasRows = (value: unknown, rows: PlacedRows['rows']): boolean =>
	keysOf(JSON.parse(JSON.stringify(value)).rows) === keysOf(rows);

const keysOf = (rows: readonly unknown[]) =>
	JSON.stringify(rows.map((row) => JSON.stringify(row)).sort());
