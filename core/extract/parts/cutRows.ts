import { remembering } from '../../lib/perObject';
import type { Range, Steps } from '../../lib/steps';
import { rowsOf, type Row, type Seam } from './lostRows';
import { piecesAt, recordsOf } from './units';
import { firstAt } from './wordPlaces';

/** More text before a row, without its blanks, is other text. */
const LONGEST_LEAD = 24;
/** The same with its blanks. */
const LONGEST_GAP = 1000;

const LEAST_ROWS = 3;

/** The text around the end of a part. */
interface Surroundings {
	/** Where the part ends, and the index of the next one. */
	end: number;
	next: number;
	rows: readonly Row[];
	/** By kind of unit: the piece around a place. */
	piecesAt: (place: number) => readonly Range[];
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
			...{ end, next: firstAt(parts, ([from]) => from >= starts[1]), rows: [...rows, ...more] },
			piecesAt: remembering((place) => piecesAt(records, place, range)),
		});
	}
	const found = new Map<number, Range>();
	for (const level of near[0]?.piecesAt(near[0].end).keys() ?? []) {
		const cut: Range[] = [];
		for (const [at, { end, piecesAt: piecesOf }] of near.entries()) {
			yield;
			const [from, to] = piecesOf(end)[level] ?? ENDLESS;
			const piece: Range = [from, from + text.slice(from, to).trimEnd().length];
			if (from !== end && !isHad(piece, around(piece, at, { near, parts }))) cut.push(piece);
		}
		if (cut.length === 0 || !(yield* haveRows(text, level, near))) continue;
		for (const piece of cut) found.set(piece[0], piece);
	}
	return [...found.values()];
}

const ENDLESS: Range = [-Infinity, Infinity];

interface Around {
	near: readonly Surroundings[];
	parts: readonly Range[];
}

/** The parts that have some of a piece at a seam, and the seams between them. */
function around([from, to]: Range, at: number, { near, parts }: Around): Around {
	const { next: seam = 0 } = near[at] ?? {};
	let [first, last] = [seam - 1, seam];
	while ((parts[first - 1]?.[1] ?? -Infinity) > from) first -= 1;
	while ((parts[last + 1]?.[0] ?? Infinity) < to) last += 1;
	const seams = [
		firstAt(near, ({ next }) => next >= first),
		firstAt(near, ({ next }) => next > last + 1),
	];
	return { near: near.slice(...seams), parts: parts.slice(first, last + 1) };
}

/** Whether a part has all of a piece, or an entry was taken from it. */
function isHad(piece: Range, { near, parts }: Around): boolean {
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

/** Whether hardly any text stands between two places. */
const isNear = (text: string, from: number, to: number) =>
	to - from <= LONGEST_GAP && text.slice(from, to).replace(/\s/g, '').length <= LONGEST_LEAD;

/** Whether most entries begin a unit, and have it for themselves. */
function* haveRows(text: string, level: number, near: readonly Surroundings[]): Steps<boolean> {
	let [all, own] = [0, 0];
	for (const { rows, piecesAt: piecesOf } of near) {
		yield;
		const inOrder = rows.toSorted((a, b) => a.span[0] - b.span[0]);
		for (const [at, { span }] of inOrder.entries()) {
			const [from, to] = piecesOf(span[0])[level] ?? ENDLESS;
			const isBeside = (row: Row | undefined) =>
				row !== undefined && row.span[0] >= from && row.span[0] < to;
			const isAlone = ![-1, 1].some((step) => {
				let next = at + step;
				while (isBeside(inOrder[next]) && isSamePlace(inOrder[next]?.span ?? span, span))
					next += step;
				return isBeside(inOrder[next]);
			});
			all += 1;
			own += isAlone && isNear(text, from, span[0]) ? 1 : 0;
		}
	}
	return all >= LEAST_ROWS && own * 2 > all;
}

/** What two parts have given may be one row. */
const isSamePlace = (a: Range, b: Range) => a[0] < b[1] && b[0] < a[1];
