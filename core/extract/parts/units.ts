import type { Range } from '../../read/inSteps';
import {
	bordersIn,
	isInValue,
	LINE_END,
	lineShape,
	recordStart,
	recordStarts,
	type RecordStart,
} from './borders';
import { marksIn, rowMark, type RowMark } from './rowMark';

/** A text, and how its records are written. */
export interface Records {
	text: string;
	/** Set if records have several lines. */
	recordStart: RecordStart | undefined;
	/** Set if they are on one line. */
	rowMark: RowMark | undefined;
}

export const recordsOf = (text: string): Records => ({
	...{ text, recordStart: recordStart(text), rowMark: rowMark(text) },
});

/** The places between two records, in a range of the text. */
export function recordsIn(records: Records, range: Range): number[] {
	const { text, recordStart: start } = records;
	return start ? recordStarts(text, start, range) : recordMarks(records, range);
}

function recordMarks({ text, rowMark: mark }: Records, range: Range): number[] {
	return mark ? marksIn(text, mark, range).filter((at) => !isInValue(text, at)) : [];
}

type BordersOf = (records: Records, range: Range) => number[];

/** What may be a record, from the largest to the smallest. */
export const UNITS: readonly BordersOf[] = [
	(records, range) => (records.recordStart ? recordsIn(records, range) : []),
	({ text }, range) => bordersIn(text, 'blankLines', range),
	({ text }, range) => bordersIn(text, 'rows', range),
	({ text }, range) => bordersIn(text, 'lines', range),
	recordMarks,
	({ text }, range) => bordersIn(text, 'sentences', range).filter((at) => !isInValue(text, at)),
];
const ROWS = 2;

/** The borders in a range by kind of unit, those of larger ones included, and the ends of the text. */
export function bordersFor(records: Records, range: Range): number[][] {
	const ends = [0, records.text.length].filter((end) => range.includes(end));
	const own = UNITS.map((bordersOf) => bordersOf(records, range));
	return own.map((_, level) => [...ends, ...own.slice(0, level + 1).flat()]);
}

/** The piece between two borders that begins at a position, or has it; infinite without a border. */
export function pieceAt(borders: readonly number[], at: number): Range {
	let [from, to] = [-Infinity, Infinity];
	for (const border of borders) {
		if (border <= at) from = Math.max(from, border);
		else to = Math.min(to, border);
	}
	return [from, to];
}

/**
 * The largest piece of the text around a position, or from there on, that may be a record and is no
 * longer than a part.
 */
export function unitAt(records: Records, at: number, size: number): Range | undefined {
	const { text } = records;
	const borders = bordersFor(records, [
		Math.max(0, at - size),
		Math.min(text.length, at + size + LONGEST_GAP),
	]);
	const [row] = pieceAt(borders[ROWS] ?? [], at);
	const areRows = Number.isFinite(row) && areAlike(text, row);
	const pieces = borders.slice(areRows ? ROWS : 0).map((all) => pieceAt(all, at));
	for (const [from, to] of pieces) {
		if (!Number.isFinite(to - from)) continue;
		const piece = text.slice(from, to).trimEnd();
		const end = from + (piece.length > size ? piece.replace(BEHIND, '') : piece).length;
		if (end > at && end - from <= size) return [from, end];
	}
	return undefined;
}

/** Rows of a table, which are written alike, are many records. */
function areAlike(text: string, at: number): boolean {
	const before = text
		.slice(Math.max(0, at - LONGEST_ROW), at)
		.split(LINE_END)
		.at(-2);
	const [behind = ''] = text.slice(at, at + LONGEST_ROW).split(LINE_END, 1);
	return before !== undefined && before !== '' && lineShape(before) === lineShape(behind);
}

const LONGEST_ROW = 1000;

/** What separates a record from the next one. */
const BEHIND = /[\s,;|]+$/;
/** Blank lines behind a record. */
const LONGEST_GAP = 20;
