import { foldText } from '../../read/foldText';
import type { Steps } from '../../read/inSteps';
import { rounded } from '../../read/numbersIn';
import { readDate } from '../../read/readDate';
import { readNumber } from '../../read/readNumber';
import type { Range } from '../../read/range';
import type { Span } from './span';
import { codeIn, codePlaces, compactText } from './compactText';
import type { Leaf } from './leaves';
import { occurrences } from './occurrences';
import { similarText } from './similarText';
import { toSpan, type Source } from './source';

/**
 * Every place where a text may say a value: as it is, else written another way, else nearly so. A
 * boolean or a null has no words of its own, so nothing is claimed for it.
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

/** A number of its own is meant rather than a part of a date. */
function numberSpans(source: Source, value: number): Span[] {
	const own = ownNumbers(source, value);
	const ranges = source.numbers.get(rounded(value)) ?? [];
	return own.length > 0 ? own : ranges.map((range) => toSpan(source, range));
}

/** Where a number stands that is not a part of a date. */
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
