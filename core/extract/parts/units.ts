import type { Range } from '../../lib/steps';
import {
	cutsIn,
	firstOf,
	lastIn,
	LINE_END,
	lineShape,
	recordStart,
	recordStarts,
	type BorderKind,
	type RecordStart,
} from './borders';
import { openCutText, type CutText } from './inValue';
import { marksIn, rowMark, type RowMark } from './rowMark';

/** A text, and how its records are written. */
export interface Records extends CutText {
	/** Set if records have several lines. */
	recordStart: RecordStart | undefined;
	/** Set if they are on one line. */
	rowMark: RowMark | undefined;
}

export const recordsOf = (text: string): Records => ({
	...openCutText(text),
	...{ recordStart: recordStart(text), rowMark: rowMark(text) },
});

/** The places between two records, in a range of the text. */
export const recordsIn: BordersOf = (records, range) =>
	records.recordStart ? startsIn(records, range) : recordMarks(records, range);

type BordersOf = (records: Records, range: Range) => Generator<number>;

const startsIn: BordersOf = function* ({ text, recordStart: start }, range) {
	if (start) yield* recordStarts(text, start, range);
};
const recordMarks: BordersOf = function* ({ text, rowMark: mark, isInValue }, range) {
	if (!mark) return;
	for (const at of marksIn(text, mark, range)) if (!isInValue(at)) yield at;
};
const bordersOf =
	(kind: BorderKind): BordersOf =>
	(records, range) =>
		cutsIn(records, kind, range);

/** What may be a record, from the largest to the smallest. */
const UNITS: readonly BordersOf[] = [
	startsIn,
	bordersOf('blankLines'),
	bordersOf('rows'),
	bordersOf('lines'),
	recordMarks,
	bordersOf('sentences'),
];
const ROWS = 2;

/**
 * By kind of unit: the piece of a range of the text that begins at a position, or has it. Units end
 * where larger ones do, and with the text; a piece is infinite without a border in the range.
 */
export function piecesAt(records: Records, at: number, [least, most]: Range): Range[] {
	const { length } = records.text;
	let [from, to] = [
		least === 0 ? 0 : -Infinity,
		most === length && at < length ? length : Infinity,
	];
	return UNITS.map((unitsIn): Range => {
		const before = lastIn((own) => unitsIn(records, own), [Math.max(least, from), at]);
		const range: Range = [Math.max(least, at - LONGEST_BORDER), Math.min(most, to)];
		from = Math.max(from, before ?? from);
		to = Math.min(to, firstOf(unitsIn(records, range), (place) => place > at) ?? to);
		return [from, to];
	});
}

const LONGEST_BORDER = 60;

/**
 * The largest piece of the text around a position, or from there on, that may be a record and is no
 * longer than a part.
 */
export function unitAt(records: Records, at: number, size: number): Range | undefined {
	const { text } = records;
	const pieces = piecesAt(records, at, [
		Math.max(0, at - size),
		Math.min(text.length, at + size + LONGEST_GAP),
	]);
	const [row] = pieces[ROWS] ?? [-Infinity];
	const areRows = Number.isFinite(row) && areAlike(text, row);
	for (const [from, to] of pieces.slice(areRows ? ROWS : 0)) {
		if (!Number.isFinite(to - from)) continue;
		const piece = text.slice(from, to).trimEnd();
		const end = from + (piece.length > size ? withoutEnd(piece) : piece).length;
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

/** Without what separates a record from the next one. */
function withoutEnd(piece: string): string {
	let { length } = piece;
	while (/[\s,;|]/.test(piece.charAt(length - 1))) length -= 1;
	return piece.slice(0, length);
}

/** Blank lines behind a record. */
const LONGEST_GAP = 20;
