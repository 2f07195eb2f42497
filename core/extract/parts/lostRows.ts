import { groupBy } from '../../lib/own';
import type { Range, Steps } from '../../lib/steps';
import { lineShape, recordStart } from './borders';
import type { Located } from './repeats';
import { rowMark } from './rowMark';
import { spanOf } from './wordPlaces';

/** What two neighbouring parts gave near their border. */
export interface Seam {
	/** Where the parts begin in the whole text. */
	starts: readonly [a: number, b: number];
	/** Characters that both have. */
	shared: number;
	tail: readonly Located[];
	head: readonly Located[];
}

/**
 * Ranges of the text around the borders of parts that no entry was taken from, though rows stand in
 * them that are written as those of entries are: a record that neither part has whole.
 */
export function* lostRanges(text: string, seams: readonly Seam[]): Steps<Range[]> {
	const near = seams.map(({ tail, head, starts, shared }) => ({
		before: rowsOf(tail, starts[0], shared),
		behind: rowsOf(head, starts[1], shared),
	}));
	const all = near.flatMap(({ before, behind }) => [before, behind]);
	const shapes = yield* shapesOf(text, all);
	const lost: Range[] = [];
	let reached: number | undefined = 0;
	for (const [at, { before, behind }] of near.entries()) {
		yield;
		reached = before.isKnown
			? Math.max(reached ?? 0, ...before.rows.map(({ span }) => span[1]))
			: undefined;
		const isLast = at === near.length - 1;
		const next = isLast && behind.rows.length === 0 ? text.length : Infinity;
		const to = Math.min(next, ...behind.rows.map(({ span }) => span[0]));
		if (reached === undefined || !behind.isKnown || to === Infinity) continue;
		const gap = plainLines(text.slice(reached, to));
		// The last lines of a record whose place is not known, such as that of its total, may stand there.
		const isWanted = ({ isRest }: RowShape) => !isRest || before.arePlaced;
		if (shapes.some((shape) => isWanted(shape) && hasRow(gap, shape))) lost.push([reached, to]);
	}
	return lost.length > 0 ? lost : skippedRecords(text, near);
}

interface Near {
	before: Rows;
	behind: Rows;
}

/**
 * Lines that are written as the first line of each record with lists is, but are none: they stand
 * between the last record of a part and the first one of the next. Words of its lists may be taken
 * for such as stand in the record that is lost.
 */
function skippedRecords(text: string, near: readonly Near[]): Range[] {
	const records = near.flatMap(({ before, behind }) => [...before.rows, ...behind.rows]);
	const tops = records.filter(isTop).map(({ words }) => words);
	const known = new Set(tops.flat().map((word) => text.slice(...lineAt(text, word))));
	const shapes = tops.flatMap((words) => rowShapes(text, words).slice(0, 1));
	const alike = groupBy(shapes, (shape) => JSON.stringify(shape));
	// Of a record that another part begins, the first line may be that of its total.
	const usual = [...alike.values()].find(({ length }) => length > 1 && length * 2 > tops.length);
	const [shape] = usual ?? [];
	if (shape?.prefix === undefined) return [];
	const lost: Range[] = [];
	let last: Range | undefined = [0, 0];
	for (const { before, behind } of near) {
		const [end, next] = [before.rows.findLast(isTop), behind.rows.find(isTop)];
		if (end) last = lineAt(text, spanOf(end.words));
		else if (!before.isEmpty) last = undefined;
		const to = next && lineAt(text, spanOf(next.words))[0];
		if (!last || to === undefined || to <= last[1]) continue;
		const lines = text.slice(last[1], to).split('\n');
		const isSkipped = (line: string) => !known.has(line) && isRow(plain(line.trimEnd()), shape);
		if (lines.some(isSkipped)) lost.push([last[1], to]);
	}
	return lost;
}

const isTop = ({ isRecord, isInner }: Row) => isRecord && !isInner;

/** Where a line begins or ends further away, it is taken to do so here: a text may be one line. */
const LONGEST_LINE = 1000;

/** The line in which a range begins. */
function lineAt(text: string, [from]: Range): Range {
	const start = Math.max(0, from - LONGEST_LINE);
	const before = text.slice(start, from).lastIndexOf('\n');
	const [behind = ''] = text.slice(from, from + LONGEST_LINE).split('\n', 1);
	return [start + before + 1, from + behind.length];
}

/** An entry near a border, and where it stands in the whole text. */
export interface Row {
	index: number;
	words: Range[];
	/** It holds lists: its words may stand before and behind them. */
	isRecord: boolean;
	/** It stands in a record itself. */
	isInner: boolean;
	/** From its first word to its last one. */
	span: Range;
}

interface Rows {
	/** In the order of their list. */
	rows: Row[];
	/** False where there are entries, but not where they stand. */
	isKnown: boolean;
	/** There are no entries. */
	isEmpty: boolean;
	/** It is known where each of the entries stands. */
	arePlaced: boolean;
}

/** Of entries whose places are known. */
export function rowsOf(located: readonly Located[], start: number, shared: number): Rows {
	const rows = located
		.filter(({ places }) => places.length > 0)
		.map(({ index, node, places }) => {
			const words = places.map(([from, to]): Range => [from + start, to + start]);
			return {
				index,
				words,
				span: spanOf(words),
				isRecord: node.lists.length > 0,
				isInner: node.parent !== undefined,
			};
		});
	// Without an overlap, a plain record that the border cuts is wanted in no part.
	const isCut = shared === 0 && !located.some(({ node }) => node.lists.length > 0);
	const isEmpty = located.length === 0;
	const arePlaced = rows.length === located.length;
	return { rows, isEmpty, arePlaced, isKnown: isEmpty || (rows.length > 0 && !isCut) };
}

const MOST_SHAPES = 20;

/** Those of the rows, without what often stands between them and is not an entry. */
function* shapesOf(text: string, all: readonly Rows[]): Steps<RowShape[]> {
	const found: RowShape[] = [];
	const between: string[][] = [];
	for (const { rows } of all) {
		yield;
		for (const [at, row] of rows.entries()) {
			const own = rowShapes(text, row.words).slice(0, row.isRecord ? undefined : 1);
			found.push(...own.map((shape, line) => ({ ...shape, isRest: line > 0 })));
			between.push(...gapBefore(text, row, rows[at - 1]).map(plainLines));
		}
	}
	const alike = [...groupBy(found, (shape) => JSON.stringify(shape)).values()];
	const shapes: RowShape[] = [];
	for (const [shape, ...more] of alike.slice(0, MOST_SHAPES)) {
		yield;
		const others = between.filter((gap) => shape && hasRow(gap, shape)).length;
		if (shape && others * RARELY <= more.length + 1) shapes.push(shape);
	}
	return shapes;
}

/** One place may be mistaken. */
const RARELY = 5;

/** The text between two entries that follow one another in their list. */
function gapBefore(text: string, { index, span }: Row, last: Row | undefined): string[] {
	const isNext = last !== undefined && last.index === index - 1 && last.span[1] <= span[0];
	return isNext ? [text.slice(last.span[1], span[0])] : [];
}

/** How a line of a row is written: its values are left out, and numbers are 9. */
interface RowShape {
	/** From the beginning of the line to the first value; missing where other text stands there. */
	prefix?: string;
	suffix?: string;
	between: string[];
	isNumber: boolean[];
	/** It is not the first line of its record. */
	isRest?: boolean;
}

/** Longer text before a row in its line is other text. */
const LONGEST_EDGE = 24;
const LONGEST_VALUE = 100;

/** Of each line that has words of a row, unless it tells too little to be known again. */
function rowShapes(text: string, words: readonly Range[]): RowShape[] {
	const inOrder = words.toSorted(([a], [b]) => a - b);
	let line: Range = [0, 0];
	const lines = groupBy(inOrder, (word) =>
		word[0] < line[1] ? line : (line = lineAt(text, word)),
	);
	return [...lines].flatMap(([own, inLine]) => shapeOfLine(text, own, inLine) ?? []);
}

function shapeOfLine(
	text: string,
	[from, to]: Range,
	words: readonly Range[],
): RowShape | undefined {
	const inLine = words.filter(([, last]) => last <= to);
	const [first, last] = [inLine[0], inLine.at(-1)];
	if (!first || !last) return undefined;
	const between = inLine.slice(1).map(([start], at) => behind(text.slice(inLine[at]?.[1], start)));
	const [prefix, suffix] = [
		plain(text.slice(from, first[0])),
		behind(text.slice(last[1], to).trimEnd()),
	];
	const isLine = prefix.length <= LONGEST_EDGE && suffix.length <= LONGEST_EDGE;
	const marks = between.join('').replace(/\s/g, '');
	const isKnown = isLine
		? inLine.length > 1 || prefix.trim() !== ''
		: marks.length > 1 && between[0] !== '';
	const isNumber = inLine.map((range) => NUMBER.test(plain(text.slice(...range))));
	return isKnown ? { between, isNumber, ...(isLine ? { prefix, suffix } : {}) } : undefined;
}

const NUMBER = /^[^\p{L}]*9[^\p{L}]*$/u;

/** Columns have spaces between them; those at the beginning of a line say how deep it stands. */
const plain = (text: string) =>
	text.replace(/\p{Nd}+/gu, '9').replace(/(?<=\S)[ \t\u00A0\u3000]+/g, ' ');
/** The same of text behind a value. */
const behind = (text: string) => plain(`.${text}`).slice(1);

const plainLines = (text: string) => text.split('\n').map((line) => plain(line.trimEnd()));

/** Whether one of the lines is written so. */
const hasRow = (lines: readonly string[], shape: RowShape) =>
	lines.some((line) => isRow(line, shape));

function isRow(line: string, shape: RowShape): boolean {
	const { prefix, suffix = '', between, isNumber } = shape;
	if (prefix !== undefined) {
		const isFramed = line.length >= prefix.length + suffix.length;
		if (!isFramed || !line.startsWith(prefix) || !line.endsWith(suffix)) return false;
		return holdsValues(line.slice(prefix.length, line.length - suffix.length), shape);
	}
	const [mark = ''] = between;
	for (let at = line.indexOf(mark); at >= 0; at = line.indexOf(mark, at + 1)) {
		const before = line.slice(Math.max(0, at - LONGEST_VALUE), at);
		const [value = ''] = /\S+$/.exec(before) ?? [];
		const behind = line.slice(at, at + LONGEST_VALUE * isNumber.length);
		if (value !== '' && holdsValues(value + behind, shape, true)) return true;
	}
	return false;
}

/** The values of a row, parted as its shape says; `isOpen` where other text may follow. */
function holdsValues(text: string, { between, isNumber }: RowShape, isOpen = false): boolean {
	let rest = text;
	// Without a number, a sentence with a comma may look like two values.
	const longest = isNumber.includes(true) ? Infinity : LONGEST_VALUE;
	for (const [at, isDigits] of isNumber.entries()) {
		const mark = between[at];
		const last = isOpen ? (isDigits ? OPEN_NUMBER : /^\S+/).exec(rest)?.[0] : rest;
		const end = mark === undefined ? (last?.length ?? 0) : rest.indexOf(mark);
		if (end <= 0 || end > longest) return false;
		const value = rest.slice(0, end);
		if (isDigits ? !NUMBER.test(value) : !/[\p{L}9]/u.test(value)) return false;
		rest = rest.slice(end + (mark?.length ?? 0));
	}
	return true;
}

/** Up to a word, as that of a tag. */
const OPEN_NUMBER = /^[^\p{L}\s]*9[^\p{L}\s]*/u;

const LEAST_ALIKE = 5;
const LEAST_SHARE = 0.2;
const LOOKED_AT = 20_000;

/** The whole text, where many of its lines, sentences or records are written alike, with numbers, as the rows of a list are. */
export function rowsIn(text: string): Range[] {
	const pieces = text
		.slice(0, LOOKED_AT)
		.split(/(?<=[\n\r])|(?<=[.;!?]\s|[。！？；])/)
		.filter((piece) => piece.trim() !== '');
	const least = Math.max(LEAST_ALIKE, pieces.length * LEAST_SHARE);
	const rows = pieces.map((piece) => ({
		shape: lineShape(piece).trim(),
		isLine: /[\n\r]$/.test(piece),
	}));
	const isFull = ({ shape, isLine }: (typeof rows)[number]) =>
		shape.split('9').length > (isLine ? 1 : 2);
	const alike = [...groupBy(rows.filter(isFull), ({ shape }) => shape).values()];
	const isList =
		alike.some(({ length }) => length >= least) ||
		(/\p{Nd}/u.test(text) && (recordStart(text) ?? rowMark(text)) !== undefined);
	return isList ? [[0, text.length]] : [];
}
