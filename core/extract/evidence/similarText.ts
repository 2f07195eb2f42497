import { toSpan, type Source } from './source';
import type { Range, Span } from './span';

/** Shorter texts are similar by chance. */
const SHORTEST = 12;
const LONGEST = 2000;
const LOWEST_SCORE = 0.8;
const MOST_CELLS = 4_000_000;

/**
 * The place that says nearly the same: a slip mended, a sign left out. Numbers have to be the same,
 * for there a slip is another value.
 */
export function similarText(source: Source, value: string): Span | undefined {
	if (value.length < SHORTEST || value.length > LONGEST || !value.includes(' ')) return undefined;
	const { text } = source.folded();
	const margin = Math.ceil(value.length / 4);
	let best: { range: Range; distance: number } | undefined;
	let cells = 0;
	for (const { at, offset } of anchors(text, value)) {
		const from = Math.max(0, at - offset - margin);
		const to = Math.min(text.length, at - offset + value.length + margin);
		cells += (to - from) * value.length;
		if (cells > MOST_CELLS) break;
		const match = nearest(text.slice(from, to), value);
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

/** Where words of the value stand in the text, the longest words first. */
function anchors(text: string, value: string): Array<{ at: number; offset: number }> {
	const words = [...value.matchAll(/[\p{L}\p{N}]{3,}/gu)].sort((a, b) => b[0].length - a[0].length);
	return words.slice(0, 4).flatMap(({ 0: word, index: offset }) => {
		const places: Array<{ at: number; offset: number }> = [];
		let at = text.indexOf(word);
		while (at >= 0 && places.length < 50) {
			places.push({ at, offset });
			at = text.indexOf(word, at + 1);
		}
		return places;
	});
}

/** The part of a text with the least edit distance to a value (Sellers). */
function nearest(text: string, value: string): { start: number; end: number; distance: number } {
	let row = Array.from({ length: value.length + 1 }, (_, cost) => ({ cost, start: 0 }));
	let best = { start: 0, end: 0, distance: value.length };
	for (let end = 1; end <= text.length; end += 1) {
		const next = [{ cost: 0, start: end }];
		for (let index = 1; index <= value.length; index += 1) {
			const same = text[end - 1] === value[index - 1];
			const [diagonal, above, left] = [row[index - 1], row[index], next[index - 1]];
			if (!diagonal || !above || !left) continue;
			const change = { cost: diagonal.cost + (same ? 0 : 1), start: diagonal.start };
			const skip = above.cost <= left.cost ? above : left;
			next.push(change.cost <= skip.cost + 1 ? change : { cost: skip.cost + 1, start: skip.start });
		}
		const last = next[value.length];
		if (last && last.cost < best.distance) best = { start: last.start, end, distance: last.cost };
		row = next;
	}
	return best;
}
