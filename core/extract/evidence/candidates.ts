import { foldText } from '../../read/foldText';
import type { Steps, Range } from '../../lib/steps';
import { rounded } from '../../read/numbersIn';
import { readDate } from '../../read/readDate';
import { readNumber } from '../../read/readNumber';
import type { Leaf, Span } from './leaves';
import { occurrences, wordsIn } from './occurrences';
import { codeIn, codePlaces, compactText, toSpan, type Source } from './source';

/**
 * Every place where a text may say a value: unchanged, otherwise in another spelling, otherwise
 * similar. A boolean or a null has no words of its own, so nothing is claimed for it.
 */
export function* candidates(source: Source, leaf: Leaf): Steps<Span[]> {
	if (leaf === null || typeof leaf === 'boolean' || leaf === '') return [];
	const key = `${typeof leaf} ${leaf}`;
	const known = source.known.get(key);
	if (known) return known;
	yield;
	const found =
		typeof leaf === 'number' ? numberSpans(source, leaf) : yield* textSpans(source, leaf);
	source.known.set(key, found);
	return found;
}

/** A separate number is meant rather than a part of a date. */
function numberSpans(source: Source, value: number): Span[] {
	const own = ownNumbers(source, value);
	const ranges = source.numbers.get(rounded(value)) ?? [];
	return own.length > 0 ? own : ranges.map((range) => toSpan(source, range));
}

/** The places of a number that are not part of a date. */
export function ownNumbers(source: Source, value: number): Span[] {
	const ranges = source.numbers.get(rounded(value)) ?? [];
	return ranges.filter((range) => !isInDate(source, range)).map((range) => toSpan(source, range));
}

function isInDate({ dateRanges }: Source, [from, to]: Range): boolean {
	let [low, high] = [0, dateRanges.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((dateRanges[middle]?.[0] ?? Infinity) <= from) low = middle + 1;
		else high = middle;
	}
	const range = dateRanges[low - 1];
	return range !== undefined && to <= range[1];
}

const ISO_DATE = /^\d{4}-\d\d(-\d\d)?(?=T|$)/;

function* textSpans(source: Source, value: string): Steps<Span[]> {
	const folded = foldText(value).text.trim();
	const places = yield* occurrences(source.folded.text, folded, source.words);
	const same: Span[] = [];
	for (const range of places) {
		if (same.length % 500 === 0) yield;
		same.push(toSpan(source, range));
	}
	const exact = same.filter(({ quote }) => quote === value.trim());
	if (exact.length > 0) return exact;
	const date = dateIn(value);
	const ranges = date === undefined ? undefined : source.dates.get(date);
	if (ranges) return ranges.map((range) => toSpan(source, range));
	if (same.length > 0) return same;
	const number = numberIn(value, folded);
	if (number !== undefined) {
		const spans = numberSpans(source, number);
		if (spans.length > 0) return spans;
	}
	const code = codeIn(folded);
	if (code !== undefined) {
		source.compact ??= yield* compactText(source.folded.text);
		return codePlaces(source.folded.text, source.compact, code).map((range) =>
			toSpan(source, range),
		);
	}
	const similar = similarText(source, folded);
	return similar ? [similar] : [];
}

function numberIn(value: string, folded: string): number | undefined {
	if (/^-?\d+(\.\d+)?$/.test(folded)) return Number(folded);
	const reading = readNumber(value);
	return reading.ok ? reading.value : undefined;
}

function dateIn(value: string): string | undefined {
	const iso = ISO_DATE.exec(value)?.[0];
	if (iso !== undefined || !/\d/.test(value)) return iso;
	const date = readDate(value);
	return date.ok ? date.value : undefined;
}

/** Shorter texts are similar by chance. */
const SHORTEST = 12;
const LONGEST = 2000;
const LOWEST_SCORE = 0.8;
const MOST_WORDS = 8;
const MOST_PLACES = 50;
const MOST_WINDOWS = 4;

/**
 * The place that says nearly the same: a typing mistake, a missing character. Numbers have to be the
 * same, because there a mistake is a different value.
 */
function similarText(source: Source, value: string): Span | undefined {
	if (value.length < SHORTEST || value.length > LONGEST || !value.includes(' ')) return undefined;
	const { text } = source.folded;
	const margin = Math.ceil(value.length / 4);
	let best: { range: Range; distance: number } | undefined;
	for (const start of likelyStarts(source, value, margin)) {
		const from = Math.max(0, start - margin);
		const to = Math.min(text.length, start + value.length + margin);
		const match = nearestPart(text.slice(from, to), value);
		const range: Range = [from + match.start, from + match.end];
		const isBetter = !best || match.distance < best.distance;
		if (isBetter && numbersOf(text.slice(...range)) === numbersOf(value)) {
			best = { range, distance: match.distance };
		}
	}
	if (!best) return undefined;
	const score = Math.round((1 - best.distance / value.length) * 100) / 100;
	return score >= LOWEST_SCORE ? toSpan(source, best.range, Math.min(score, 0.99)) : undefined;
}

function numbersOf(text: string): string {
	return (text.match(/\d+/g) ?? []).join(' ');
}

/** Where most of the value's rarest words are in the same arrangement. */
function likelyStarts({ words }: Source, value: string, margin: number): number[] {
	const rarest = [...wordsIn(value)]
		.filter(({ word }) => word.length > 2)
		.map(({ word, at }) => ({ at, places: words.get(word) ?? [] }))
		.filter(({ places }) => places.length > 0)
		.sort((a, b) => a.places.length - b.places.length)
		.slice(0, MOST_WORDS);
	const windows = new Map<number, { start: number; count: number }>();
	for (const { at, places } of rarest) {
		for (const place of places.slice(0, MOST_PLACES)) {
			const start = place - at;
			const window = Math.round(start / margin);
			const known = windows.get(window);
			if (known) known.count += 1;
			else windows.set(window, { start, count: 1 });
		}
	}
	const likeliest = [...windows.values()].sort((a, b) => b.count - a.count);
	return likeliest.slice(0, MOST_WINDOWS).map(({ start }) => start);
}

interface Part {
	start: number;
	end: number;
	/** How many characters have to change. */
	distance: number;
}

/**
 * The part of a text with the smallest edit distance to a value: Myers' algorithm, 32 rows of the table
 * at a time.
 */
export function nearestPart(text: string, value: string): Part {
	const ends = lastRow(text, value, 'anywhere');
	let end = 0;
	for (let at = 1; at < ends.length; at += 1) {
		if ((ends[at] ?? Infinity) < (ends[end] ?? Infinity)) end = at;
	}
	const distance = ends[end] ?? value.length;
	const before = text.slice(Math.max(0, end - 2 * value.length), end);
	const starts = lastRow(reversed(before), reversed(value), 'here');
	let length = 0;
	for (let at = 1; at < starts.length; at += 1) {
		const isNearer = Math.abs(at - value.length) < Math.abs(length - value.length);
		if (starts[at] === distance && (starts[length] !== distance || isNearer)) length = at;
	}
	return { start: end - length, end, distance };
}

/** The halves of a surrogate pair may be swapped: both texts are treated alike. */
const reversed = (text: string) => text.split('').reverse().join('');

/**
 * By end in the text: the distance of the value to what ends there, and begins `anywhere` or `here`.
 */
function lastRow(text: string, value: string, begins: 'anywhere' | 'here'): Uint32Array {
	const blocks = Math.ceil(value.length / 32);
	const masks = masksOf(value, blocks);
	const none = new Int32Array(blocks);
	const plus = new Int32Array(blocks).fill(-1);
	const minus = new Int32Array(blocks);
	const lastBit = 1 << ((value.length - 1) % 32);
	const row = new Uint32Array(text.length + 1);
	row[0] = value.length;
	for (let at = 0; at < text.length; at += 1) {
		const mask = masks.get(text.charCodeAt(at)) ?? none;
		let carry = begins === 'here' ? 1 : 0;
		for (let block = 0; block < blocks; block += 1) {
			let same = mask[block] ?? 0;
			const [up, down] = [plus[block] ?? 0, minus[block] ?? 0];
			const vertical = same | down;
			if (carry < 0) same |= 1;
			const horizontal = ((((same & up) >>> 0) + (up >>> 0)) ^ up) | same;
			let rise = down | ~(horizontal | up);
			let fall = up & horizontal;
			const top = block === blocks - 1 ? lastBit : 1 << 31;
			const next = (rise & top) !== 0 ? 1 : (fall & top) !== 0 ? -1 : 0;
			rise <<= 1;
			fall <<= 1;
			if (carry < 0) fall |= 1;
			else if (carry > 0) rise |= 1;
			plus[block] = fall | ~(vertical | rise);
			minus[block] = rise & vertical;
			carry = next;
		}
		row[at + 1] = (row[at] ?? 0) + carry;
	}
	return row;
}

/** By character: the positions of the value that have it, one bit each. */
function masksOf(value: string, blocks: number): Map<number, Int32Array> {
	const masks = new Map<number, Int32Array>();
	for (let at = 0; at < value.length; at += 1) {
		const code = value.charCodeAt(at);
		const mask = masks.get(code) ?? new Int32Array(blocks);
		masks.set(code, mask);
		const block = at >> 5;
		mask[block] = (mask[block] ?? 0) | (1 << (at % 32));
	}
	return masks;
}
