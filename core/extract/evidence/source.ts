import { datesIn, numbersIn } from '../../read/numbersIn';
import { foldSteps, type FoldedText, foldText } from '../../read/foldText';
import type { Steps, Range } from '../../lib/steps';
import { isBorder, wordIndex, type WordIndex } from './occurrences';
import type { Span } from './leaves';

/** A text to find values in. Each question about it is answered once. */
export interface Source {
	text: string;
	folded: FoldedText;
	/** Where the words of the folded text are. */
	words: WordIndex;
	/** By value: the places of each number. */
	numbers: Map<number, Range[]>;
	/** By ISO date, or year and month: the places of each date. */
	dates: Map<string, Range[]>;
	/** The places of all dates, in order and without overlaps. */
	dateRanges: Range[];
	/** Created when a value needs it. */
	compact?: CompactText;
	/** The places of a value that was searched for before. */
	known: Map<string, Span[]>;
	/** By field name. */
	labels: Map<string, Label>;
}

/** Merging searches the same texts many times in one go; nothing is kept longer. */
const recent: Source[] = [];
const MOST_RECENT = 4;

export function* openSource(text: string): Steps<Source> {
	const known = recent.find((source) => source.text === text);
	if (known) return known;
	const folded = yield* foldSteps(text);
	const words = yield* wordIndex(folded.text);
	const dates = yield* datesIn(folded.text);
	const numbers = yield* numbersIn(folded.text);
	const source: Source = {
		...{ text, folded, words, dates, numbers },
		dateRanges: mergedRanges([...dates.values()].flat()),
		known: new Map(),
		labels: new Map(),
	};
	// A weak reference would keep each of them until the end of the job: a text in parts has hundreds.
	if (recent.length === 0) queueMicrotask(() => void (recent.length = 0));
	recent.unshift(source);
	recent.length = Math.min(recent.length, MOST_RECENT);
	return source;
}

function mergedRanges(ranges: Range[]): Range[] {
	const merged: Range[] = [];
	for (const [from, to] of ranges.sort(([a], [b]) => a - b)) {
		const last = merged.at(-1);
		if (last && from <= last[1]) last[1] = Math.max(last[1], to);
		else merged.push([from, to]);
	}
	return merged;
}

/** A range of the folded text as a span of the original. */
export function toSpan(source: Source, [from, to]: Range, score = 1): Span {
	const { starts, ends } = source.folded;
	const start = starts[from] ?? 0;
	const end = ends[to - 1] ?? start;
	return { start, end, quote: source.text.slice(start, end), score };
}

/** A folded text without the separators between groups of letters and digits. */
interface CompactText {
	text: string;
	/** By index of the compact text: the position in the folded one. */
	at: number[];
}

const GROUPED = /[\p{L}\p{N}]+(?:(?<mark>[ ./-])(?=[\p{L}\p{N}]))?|[^\p{L}\p{N}]+/gu;
const PIECES_PER_STEP = 2000;

export function* compactText(folded: string): Steps<CompactText> {
	const pieces: string[] = [];
	const at: number[] = [];
	let count = 0;
	for (const { 0: piece, index, groups } of folded.matchAll(GROUPED)) {
		if ((count += 1) % PIECES_PER_STEP === 0) yield;
		const kept = groups?.mark === undefined ? piece : piece.slice(0, -1);
		pieces.push(kept);
		for (let offset = 0; offset < kept.length; offset += 1) at.push(index + offset);
	}
	return { text: pieces.join(''), at };
}

const SHORTEST = 8;

/** The letters and digits of an IBAN, a phone number or a tax number; undefined for other texts. */
export function codeIn(folded: string): string | undefined {
	const code = folded.replace(/[ ./-]/g, '');
	const isCode = /^\+?[a-z\d]+$/.test(code) && code.replace(/\D/g, '').length >= 6;
	return isCode && code.length >= SHORTEST && /\d{4}/.test(code) ? code : undefined;
}

/** Where a text writes a code in groups, such as `DE89 3704 0044 …`. */
export function codePlaces(folded: string, { text, at }: CompactText, code: string): Range[] {
	const ranges: Range[] = [];
	for (let found = text.indexOf(code); found >= 0; found = text.indexOf(code, found + 1)) {
		const [from, last] = [at[found], at[found + code.length - 1]];
		if (from === undefined || last === undefined) continue;
		const isWhole = isBorder(folded, from) && isBorder(folded, last + 1);
		if (isWhole && isGrouped(folded.slice(from, last + 1))) ranges.push([from, last + 1]);
	}
	return ranges;
}

/** Groups as people write them, rather than numbers that happen to be adjacent. */
function isGrouped(quote: string): boolean {
	const groups = quote.split(/[ ./-]/);
	if (/^\+|^[a-z]{2}\d\d/.test(quote)) return true;
	const inner = groups.slice(1, -1);
	const size = inner[0]?.length;
	return size !== undefined && size > 1 && size < 6 && inner.every(({ length }) => length === size);
}

const REACH = 40;

/** The words of a field's name, and the distance from each place to the last one of them. */
interface Label {
	words: string[];
	gaps: Map<number, number | undefined>;
}

/** Characters between a field's name and a place after it; undefined if the name is not there. */
export function labelGap(source: Source, name: string, { start }: Span): number | undefined {
	const { words, gaps } = labelOf(source, name);
	if (words.length === 0) return undefined;
	if (gaps.has(start)) return gaps.get(start);
	const before = foldText(source.text.slice(Math.max(0, start - REACH), start)).text;
	const found = words.map((word) => gapAfter(before, word)).filter((gap) => gap !== undefined);
	const gap = found.length > 0 ? Math.min(...found) : undefined;
	gaps.set(start, gap);
	return gap;
}

function labelOf({ labels }: Source, name: string): Label {
	const known = labels.get(name);
	if (known) return known;
	const words = name
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word.length > 2)
		.map((word) => foldText(word).text);
	const label: Label = { words, gaps: new Map() };
	labels.set(name, label);
	return label;
}

function gapAfter(before: string, word: string): number | undefined {
	const at = before.lastIndexOf(word);
	const isWhole = at === 0 || !/[\p{L}\p{N}]/u.test(before.charAt(at - 1));
	return at < 0 || !isWhole ? undefined : before.length - at - word.length;
}
