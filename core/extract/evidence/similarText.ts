import type { Range } from '../../read/range';
import type { Span } from './span';
import { nearestPart } from './nearestPart';
import { toSpan, type Source } from './source';
import { wordsIn } from './wordIndex';

/** Shorter texts are similar by chance. */
const SHORTEST = 12;
const LONGEST = 2000;
const LOWEST_SCORE = 0.8;
const MOST_WORDS = 8;
const MOST_PLACES = 50;
const MOST_WINDOWS = 4;

/**
 * The place that says nearly the same: a slip, a sign left out. Numbers have to be the same, for there
 * a slip is another value.
 */
export function similarText(source: Source, value: string): Span | undefined {
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

/** Where most of the value's rarest words stand as they do in it. */
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
