import type { Range, Steps } from '../../read/inSteps';
import { rowsOf, type Row, type Seam } from './lostRows';
import { bordersFor, pieceAt, recordsOf, UNITS } from './units';

/** More text before a row, without its blanks, is other text. */
const LONGEST_LEAD = 24;

const LEAST_ROWS = 3;

/** The text around the end of a part. */
interface Surroundings {
	/** Where the part ends. */
	end: number;
	rows: readonly Row[];
	/** By kind of unit, those of larger ones included. */
	borders: readonly number[][];
}

/**
 * Ranges of the text that no part has whole and no entry was taken from whole, though they are pieces
 * like those that have one entry each: lines, sentences, or records of several lines.
 */
export function* cutRows(
	text: string,
	seams: readonly Seam[],
	parts: readonly Range[],
): Steps<Range[]> {
	const records = recordsOf(text);
	const reach = 2 * Math.max(...parts.map(([from, to]) => to - from));
	const near: Surroundings[] = [];
	for (const { tail, head, starts, shared } of seams) {
		yield;
		const end = starts[1] + shared;
		const range: Range = [Math.max(0, end - reach), Math.min(text.length, end + reach)];
		const { rows } = rowsOf(tail, starts[0], shared);
		const more = rowsOf(head, starts[1], shared).rows;
		near.push({ end, rows: [...rows, ...more], borders: bordersFor(records, range) });
	}
	const found = new Map<number, Range>();
	for (const level of UNITS.keys()) {
		const cut = near.flatMap(({ end, borders }) => {
			const [from, to] = pieceAt(borders[level] ?? [], end);
			const piece: Range = [from, from + text.slice(from, to).trimEnd().length];
			return from === end || isHad(piece, near, parts) ? [] : [piece];
		});
		if (cut.length === 0 || !haveRows(text, level, near)) continue;
		for (const piece of cut) found.set(piece[0], piece);
	}
	return [...found.values()];
}

/** Whether a part has all of a piece, or an entry was taken from it. */
function isHad(piece: Range, near: readonly Surroundings[], parts: readonly Range[]): boolean {
	if (parts.some(([first, end]) => first <= piece[0] && piece[1] <= end)) return true;
	return near.some(({ rows }) =>
		rows.some(({ span: [start, last] }) => {
			// Words at the border of a part may be cut.
			const isCut = parts.some(
				([first, end]) => (first > piece[0] && first === start) || (end < piece[1] && end === last),
			);
			return start >= piece[0] && last <= piece[1] && !isCut;
		}),
	);
}

/** Whether most entries begin a unit, and have it for themselves. */
function haveRows(text: string, level: number, near: readonly Surroundings[]): boolean {
	const own = near.flatMap(({ rows, borders }) =>
		rows.map(({ span }) => {
			const [from, to] = pieceAt(borders[level] ?? [], span[0]);
			const isAlone = rows.every(
				(row) => isSamePlace(row.span, span) || row.span[0] >= to || row.span[0] < from,
			);
			return isAlone && text.slice(from, span[0]).replace(/\s/g, '').length <= LONGEST_LEAD;
		}),
	);
	return own.length >= LEAST_ROWS && own.filter(Boolean).length * 2 > own.length;
}

/** What two parts have given may be one row. */
const isSamePlace = (a: Range, b: Range) => a[0] < b[1] && b[0] < a[1];
