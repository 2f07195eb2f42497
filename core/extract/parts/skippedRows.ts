import { groupBy } from '../../lib/own';
import type { Range, Steps } from '../../lib/steps';
import { TOTAL } from '../answer/forms/tableRecords';
import { bordersIn, lineShape } from './borders';
import type { EntryNode } from './entryNodes';
import { wordsOf } from './entryWords';
import { recordsIn, recordsOf } from './units';
import { firstAt, type PartText } from './wordPlaces';

/** Fewer rows do not show that each of them has an entry. */
const LEAST_ROWS = 8;
/** Where more of the rows have no entry, some were asked for. */
const MOST_SKIPPED = 0.1;
/** Of longer texts, it would take long to find each entry. */
export const LONGEST_TEXT = 200_000;
const MOST_PLACES = 200;

/**
 * Rows of a part that no entry was taken from, though the rows before and behind them and nearly all
 * that are written alike have one. Totals are no rows, and what has no number may be a heading.
 */
export function* skippedRows(
	part: PartText,
	lists: ReadonlyArray<readonly EntryNode[]>,
): Steps<Range[]> {
	if (part.text.length > LONGEST_TEXT) return [];
	const rows = yield* rowsIn(part.text);
	const had = new Set<Range>();
	for (const nodes of lists) {
		const taken = yield* rowsOfEntries(nodes, part, rows);
		// An entry in other words may be that of any row.
		if (!taken) return [];
		for (const row of taken) had.add(row);
	}
	if (had.size === rows.length) return [];
	const shapes: string[] = [];
	for (const row of rows) {
		yield;
		shapes.push(lineShape(part.text.slice(...row)).trim());
	}
	const alike = groupBy(rows.keys(), (at) => shapes[at]);
	const isHad = (at: number) => had.has(rows[at] ?? NONE);
	return [...alike.values()].flatMap((same) => {
		const without = same.filter((at) => !isHad(at));
		const areRows = same.length >= LEAST_ROWS && without.length <= same.length * MOST_SKIPPED;
		return (areRows ? without : [])
			.filter((at) => isHad(at - 1) && isHad(at + 1))
			.map((at) => rows[at] ?? NONE)
			.filter((row) => isRow(part.text.slice(...row)));
	});
}

const NONE: Range = [0, 0];

function isRow(row: string): boolean {
	const [first = ''] = /[\p{L}\p{M}]+(?:[ -][\p{L}\p{M}]+)*/u.exec(row) ?? [];
	return /\p{Nd}/u.test(row) && !TOTAL.test(first);
}

/** What may be a record each, without blanks. */
function* rowsIn(text: string): Steps<Range[]> {
	const records = recordsOf(text);
	const areRecords = records.recordStart ?? records.rowMark;
	const all: Range = [0, text.length];
	const borders = areRecords ? recordsIn(records, all) : bordersIn(text, 'lines', all);
	const rows: Range[] = [];
	let start = 0;
	for (const border of [...borders, text.length]) {
		yield;
		const row = text.slice(start, border).trimEnd();
		if (row !== '') rows.push([start, start + row.length]);
		start = border;
	}
	return rows;
}

/** The row of each entry, if all have one: the next one that says most of its words. */
function* rowsOfEntries(
	nodes: readonly EntryNode[],
	part: PartText,
	rows: readonly Range[],
): Steps<ReadonlySet<Range> | undefined> {
	const taken = new Set<Range>();
	let reached = 0;
	for (const node of nodes) {
		if (node.parent) continue;
		yield;
		const places = wordsOf(node)
			.map(({ leaf }) => part.placesOf(leaf))
			.filter(({ length }) => length > 0)
			.sort((a, b) => a.length - b.length);
		const worthOf = ([from, to]: Range) =>
			places.filter((own) => (own[firstAt(own, ([at]) => at >= from)]?.[0] ?? to) < to).length;
		const [rare = []] = places;
		const next = firstAt(rare, ([from]) => from >= reached);
		const near = [...rare.slice(next, next + MOST_PLACES), ...rare.slice(0, next)];
		let best: Range | undefined;
		for (const [at] of near.slice(0, MOST_PLACES)) {
			const row = rows[firstAt(rows, ([, end]) => end > at)];
			if (!row || taken.has(row)) continue;
			if (!best || worthOf(row) > worthOf(best)) best = row;
			if (worthOf(best) === places.length) break;
		}
		if (!best || worthOf(best) * 2 <= places.length) return undefined;
		taken.add(best);
		reached = best[1];
	}
	return taken;
}
