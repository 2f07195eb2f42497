import type { Range } from '../../read/range';
import { groupBy } from '../../own';
import { spanOf, type Located } from './locate';
import { hasRow, rowShapes, type RowShape } from './rowShape';

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
export function lostRanges(text: string, seams: readonly Seam[]): Range[] {
	const near = seams.map(({ tail, head, starts, shared }) => ({
		before: rowsOf(tail, starts[0], shared),
		behind: rowsOf(head, starts[1], shared),
	}));
	const all = near.flatMap(({ before, behind }) => [before, behind]);
	const shapes = shapesOf(text, all);
	const lost: Range[] = [];
	let reached: number | undefined = 0;
	for (const [at, { before, behind }] of near.entries()) {
		reached = before.isKnown
			? Math.max(reached ?? 0, ...before.rows.map(({ span }) => span[1]))
			: undefined;
		const isLast = at === near.length - 1;
		const next = isLast && behind.rows.length === 0 ? text.length : Infinity;
		const to = Math.min(next, ...behind.rows.map(({ span }) => span[0]));
		if (reached === undefined || !behind.isKnown || to === Infinity) continue;
		const gap = text.slice(reached, to);
		if (shapes.some((shape) => hasRow(gap, shape))) lost.push([reached, to]);
	}
	return lost;
}

interface Row {
	index: number;
	words: Range[];
	/** It holds lists: its words may stand before and behind them. */
	isRecord: boolean;
	/** From its first word to its last one. */
	span: Range;
}

interface Rows {
	/** In the order of their list. */
	rows: Row[];
	/** False where there are entries, but not where they stand. */
	isKnown: boolean;
}

function rowsOf(located: readonly Located[], start: number, shared: number): Rows {
	const rows = located
		.filter(({ places }) => places.length > 0)
		.map(({ index, node, places }) => {
			const words = places.map(([from, to]): Range => [from + start, to + start]);
			return { index, words, span: spanOf(words), isRecord: node.lists.length > 0 };
		});
	// Without an overlap, a plain record that the border cuts is wanted in no part.
	const isCut = shared === 0 && !located.some(({ node }) => node.lists.length > 0);
	return { rows, isKnown: located.length === 0 || (rows.length > 0 && !isCut) };
}

const MOST_SHAPES = 20;

/** Those of the rows, without what often stands between them and is not an entry. */
function shapesOf(text: string, all: readonly Rows[]): RowShape[] {
	const found = all.flatMap(({ rows }) =>
		rows.flatMap(({ words, isRecord }) =>
			rowShapes(text, words).slice(0, isRecord ? undefined : 1),
		),
	);
	const alike = [...groupBy(found, (shape) => JSON.stringify(shape)).values()];
	const between = all.flatMap(({ rows }) =>
		rows.flatMap((row, at) => gapBefore(text, row, rows[at - 1])),
	);
	return alike.slice(0, MOST_SHAPES).flatMap(([shape, ...more]) => {
		const others = between.filter((gap) => shape && hasRow(gap, shape)).length;
		return shape && others * RARELY <= more.length + 1 ? [shape] : [];
	});
}

/** One place may be mistaken. */
const RARELY = 5;

/** The text between two entries that follow one another in their list. */
function gapBefore(text: string, { index, span }: Row, last: Row | undefined): string[] {
	const isNext = last !== undefined && last.index === index - 1 && last.span[1] <= span[0];
	return isNext ? [text.slice(last.span[1], span[0])] : [];
}
