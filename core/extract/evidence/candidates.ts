import { foldText } from './foldText';
import type { Leaf } from './leaves';
import { rounded } from './numbersIn';
import { occurrences } from './occurrences';
import { similarText } from './similarText';
import { toSpan, type Source } from './source';
import type { Range, Span } from './span';

/**
 * Every place where a text may say a value: as it is, else written another way, else nearly so. A
 * boolean or a null has no words of its own, so nothing is claimed for it.
 */
export function candidates(source: Source, leaf: Leaf): Span[] {
	if (leaf === null || typeof leaf === 'boolean' || leaf === '') return [];
	const key = `${typeof leaf} ${leaf}`;
	const known = source.known.get(key);
	if (known) return known;
	const found = typeof leaf === 'number' ? numberSpans(source, leaf) : textSpans(source, leaf);
	source.known.set(key, found);
	return found;
}

/** A number of its own is meant rather than a part of a date. */
function numberSpans(source: Source, value: number): Span[] {
	const ranges = source.numbers().get(rounded(value)) ?? [];
	const own = ranges.filter((range) => !isInDate(source, range));
	return (own.length > 0 ? own : ranges).map((range) => toSpan(source, range));
}

function isInDate(source: Source, [from, to]: Range): boolean {
	return source.dateRanges().some(([start, end]) => start <= from && to <= end);
}

function textSpans(source: Source, value: string): Span[] {
	const { text } = source;
	const exact = occurrences(text, value.trim());
	if (exact.length > 0) {
		return exact.map(([start, end]) => ({ start, end, quote: text.slice(start, end), score: 1 }));
	}
	const date = /^\d{4}-\d\d(-\d\d)?(?=T|$)/.exec(value)?.[0];
	const ranges = date === undefined ? undefined : source.dates().get(date);
	if (ranges) return ranges.map((range) => toSpan(source, range));
	const folded = foldText(value).text.trim();
	const same = occurrences(source.folded().text, folded).map((range) => toSpan(source, range));
	if (same.length > 0) return same;
	if (/^-?\d+(\.\d+)?$/.test(folded)) return numberSpans(source, Number(folded));
	const similar = similarText(source, folded);
	return similar ? [similar] : [];
}
