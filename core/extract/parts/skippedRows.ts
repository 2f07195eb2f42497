import { groupBy } from '../../lib/own';
import { remembering } from '../../lib/perObject';
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

/** With fewer values, and a word that other rows do not have, it may be a heading, a page or a sum. */
const LEAST_VALUES = 3;
const LEAST_KNOWN = 2;

/**
 * Rows of a part that no entry was taken from, though the rows before and behind them and nearly all
 * that are written alike have one. A warning that is often false is not read: no row is named that may
 * be a total or a heading, that the prompt may not have asked for, or whose place is not sure.
 */
export function* skippedRows(
	part: PartText,
	lists: ReadonlyArray<readonly EntryNode[]>,
): Steps<Range[]> {
	if (part.text.length > LONGEST_TEXT) return [];
	const rows = yield* rowsIn(part.text);
	const placesOf: WordPlaces = remembering((node) => wordPlaces(node, part));
	const had = new Map<Range, number>();
	for (const nodes of lists) {
		const taken = yield* rowsOfEntries(nodes, placesOf, rows);
		// An entry in other words may be that of any row.
		if (!taken) return [];
		for (const [row, worth] of taken) had.set(row, worth);
	}
	if (had.size === rows.length) return [];
	const written: Written[] = [];
	for (const row of rows) {
		yield;
		const text = part.text.slice(...row);
		written.push({ row, text, shape: lineShape(text).trim(), values: had.get(row) });
	}
	const isHad = (at: number) => written[at]?.values !== undefined;
	const isBetween = new Set(written.filter((_, at) => isHad(at - 1) && isHad(at + 1)));
	const found: Range[] = [];
	for (const same of groupBy(written, ({ shape }) => shape).values()) {
		yield;
		const without = same.filter(({ values }) => values === undefined);
		if (same.length < LEAST_ROWS || without.length > same.length * MOST_SKIPPED) continue;
		found.push(
			...surelyRows(without, same).flatMap((one) => (isBetween.has(one) ? [one.row] : [])),
		);
	}
	const sure: Range[] = [];
	for (const row of found) {
		yield;
		if (!lists.some((nodes) => nodes.some((node) => mayBe(node, placesOf, row)))) sure.push(row);
	}
	return sure;
}

interface Written {
	row: Range;
	text: string;
	shape: string;
	/** How many values of its entry it says, if it has one. */
	values: number | undefined;
}

/** Those of the rows without an entry that differ from all that are written alike as these differ from each other. */
function surelyRows(without: readonly Written[], same: readonly Written[]): Written[] {
	const taken = same.filter(({ values = 0 }) => values >= LEAST_KNOWN);
	if (without.length === 0 || taken.length < same.length - without.length) return [];
	const isFull = taken.every(({ values = 0 }) => values >= LEAST_VALUES);
	const columns = taken.map(({ text }) => wordsIn(text));
	const known = (columns[0] ?? []).map((_, at) => new Set(columns.map((words) => words[at])));
	const strange = ({ text }: Written) => wordsIn(text).filter((word, at) => !known[at]?.has(word));
	const counts = groupBy(without.flatMap(strange), (word) => word);
	// Where the others have one of few words, another one is that of a kind that is not wanted.
	const isOther = (word: string, at: number) =>
		!known[at]?.has(word) && (known[at]?.size ?? 0) * 2 <= taken.length;
	return without.filter((one) => {
		const own = strange(one);
		const isUnique = same.filter(({ text }) => text === one.text).length === 1;
		const isKnown = isFull ? own.every((word) => counts.get(word)?.length === 1) : own.length === 0;
		return isUnique && isKnown && !wordsIn(one.text).some(isOther) && isRow(one.text);
	});
}

/** The first and the last word of each of its texts. */
const wordsIn = (row: string) =>
	(row.match(TEXTS) ?? []).flatMap((text) => [
		text.split(BLANK)[0] ?? '',
		text.split(BLANK).at(-1) ?? '',
	]);

const BLANK = /[ \u3000]/;
const TEXTS = /[\p{L}\p{M}'’]+(?:[ \u3000][\p{L}\p{M}'’]+)*/gu;
const CARRIED =
	/(?<!\p{L})(?:forward|carry|carried|brought|balance|saldo|solde|vat|tax|mwst|ust|tva|iva|report|riporto|übertrag)(?!\p{L})/iu;

function isRow(row: string): boolean {
	const texts = row.match(TEXTS) ?? [];
	const ends = texts.flatMap((text) => {
		const words = text.split(BLANK);
		return words.map((_, at) => words.slice(at).join(' '));
	});
	return /[^\P{Nd}0]/u.test(row) && !CARRIED.test(row) && !ends.some((end) => TOTAL.test(end));
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

/** The row of each entry, if all have one, and how many of its words it says: the next one that says most. */
function* rowsOfEntries(
	nodes: readonly EntryNode[],
	placesOf: WordPlaces,
	rows: readonly Range[],
): Steps<ReadonlyMap<Range, number> | undefined> {
	const taken = new Map<Range, number>();
	let reached = 0;
	for (const node of nodes) {
		if (node.parent) continue;
		yield;
		const places = placesOf(node);
		const worthOf = (row: Range) => places.filter((own) => isIn(own, row)).length;
		const [rare = []] = places;
		const next = firstAt(rare, ([from]) => from >= reached);
		const before = rare.slice(0, Math.min(next, MOST_PLACES));
		const near = [...rare.slice(next, next + MOST_PLACES), ...before];
		let best: Range | undefined;
		for (const [at] of near.slice(0, MOST_PLACES)) {
			const row = rows[firstAt(rows, ([, end]) => end > at)];
			if (!row || taken.has(row)) continue;
			if (!best || worthOf(row) > worthOf(best)) best = row;
			if (worthOf(best) === places.length) break;
		}
		if (!best || worthOf(best) * 2 <= places.length) return undefined;
		taken.set(best, worthOf(best));
		reached = best[1];
	}
	return taken;
}

/** The places of each word of an entry, from the rarest word on. */
type WordPlaces = (node: EntryNode) => Range[][];

const wordPlaces = (node: EntryNode, part: PartText): Range[][] =>
	wordsOf(node)
		.map(({ leaf }) => part.placesOf(leaf))
		.filter(({ length }) => length > 0)
		.sort((a, b) => a.length - b.length);

const isIn = (places: readonly Range[], [from, to]: Range) =>
	(places[firstAt(places, ([at]) => at >= from)]?.[0] ?? to) < to;

/** Whether a row says all of an entry, which may have been taken from another one. */
const mayBe = (node: EntryNode, placesOf: WordPlaces, row: Range) =>
	!node.parent && placesOf(node).every((own) => isIn(own, row));
