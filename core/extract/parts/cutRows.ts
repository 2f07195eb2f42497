import { remembering } from '../../lib/perObject';
import type { Range, Steps } from '../../read/inSteps';
import { rowsOf, type Row, type Seam } from './lostRows';
import { piecesAt, recordsOf } from './units';

/** More text before a row, without its blanks, is other text. */
const LONGEST_LEAD = 24;

const LEAST_ROWS = 3;

/** The text around the end of a part. */
interface Surroundings {
	/** Where the part ends. */
	end: number;
	rows: readonly Row[];
	/** By kind of unit: the piece around a place. */
	piecesAt(place: number): readonly Range[];
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
		near.push({
			...{ end, rows: [...rows, ...more] },
			piecesAt: remembering((place) => piecesAt(records, place, range)),
		});
	}
	const found = new Map<number, Range>();
	const levels = near[0]?.piecesAt(near[0].end).keys() ?? [];
	for (const level of levels) {
		yield;
		const cut = near.flatMap(({ end, piecesAt: at }) => {
			const [from, to] = at(end)[level] ?? ENDLESS;
			const piece: Range = [from, from + text.slice(from, to).trimEnd().length];
			return from === end || isHad(piece, near, parts) ? [] : [piece];
		});
		if (cut.length === 0 || !haveRows(text, level, near)) continue;
		for (const piece of cut) found.set(piece[0], piece);
	}
	return [...found.values()];
}

const ENDLESS: Range = [-Infinity, Infinity];

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
	const own = near.flatMap(({ rows, piecesAt: at }) =>
		rows.map(({ span }) => {
			const [from, to] = at(span[0])[level] ?? ENDLESS;
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
