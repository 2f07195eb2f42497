import { groupBy } from '../../lib/own';
import type { Range, Steps } from '../../read/inSteps';
import { TOTAL } from '../forms/tableRecords';
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
	const rows = rowsIn(part.text);
	const had = new Set<Range>();
	for (const nodes of lists) {
		const taken = yield* rowsOfEntries(nodes, part, rows);
		// An entry in other words may be that of any row.
		if (!taken) return [];
		for (const row of taken) had.add(row);
	}
	const places = [...rows.keys()].filter((at) => !isHad(at));
	if (places.length === rows.length) return [];
	const shapeOf = (row: Range) => lineShape(part.text.slice(...row)).trim();
	const alike = groupBy(rows, shapeOf);
	const isSkipped = (at: number) => {
		const row = rows[at] ?? [0, 0];
		const same = alike.get(shapeOf(row)) ?? [];
		const without = same.filter((one) => !had.has(one)).length;
		return (
			isHad(at - 1) &&
			isHad(at + 1) &&
			same.length >= LEAST_ROWS &&
			without <= same.length * MOST_SKIPPED &&
			isRow(part.text.slice(...row))
		);
	};
	return places.filter(isSkipped).flatMap((at) => (rows[at] ? [rows[at]] : []));
	function isHad(at: number): boolean {
		const row = rows[at];
		return row !== undefined && had.has(row);
	}
}

function isRow(row: string): boolean {
	const [first = ''] = /[\p{L}\p{M}]+(?:[ -][\p{L}\p{M}]+)*/u.exec(row) ?? [];
	return /\p{Nd}/u.test(row) && !TOTAL.test(first);
}

/** What may be a record each, without blanks. */
function rowsIn(text: string): Range[] {
	const records = recordsOf(text);
	const areRecords = records.recordStart ?? records.rowMark;
	const all: Range = [0, text.length];
	const borders = areRecords ? recordsIn(records, all) : bordersIn(text, 'lines', all);
	const starts = [...new Set([0, ...borders])];
	return starts.flatMap((start, at): Range[] => {
		const row = text.slice(start, starts[at + 1]).trimEnd();
		return row === '' ? [] : [[start, start + row.length]];
	});
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
