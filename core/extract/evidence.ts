import { isRecord } from '../isRecord';
import { jsonPointer } from '../jsonPointer';
import { datePatterns, numberPatterns, textPattern } from './spellings';

/** Where a text says a value: `text.slice(start, end) === quote`. */
interface Span {
	start: number;
	end: number;
	quote: string;
}

/** Per leaf, by JSON pointer: its place in the text, or null when the text does not say it. */
export type Evidence = Record<string, Span | null>;

/** Finds each value in the text it was taken from; found by us, not asked of the model. */
export function findEvidence(value: unknown, text: string): Evidence {
	const found: Evidence = {};
	// The same value in several records stands for several places: each takes the next one.
	const taken = new Map<string, number>();
	for (const { path, leaf } of leavesOf(value, [])) {
		const key = `${typeof leaf} ${String(leaf)}`;
		const span = findLeaf(leaf, text, taken.get(key) ?? 0) ?? findLeaf(leaf, text, 0);
		if (span) taken.set(key, span.end);
		found[jsonPointer(path)] = span;
	}
	return found;
}

interface Leaf {
	path: PropertyKey[];
	leaf: string | number | boolean | null;
}

function leavesOf(value: unknown, path: PropertyKey[]): Leaf[] {
	if (Array.isArray(value)) {
		return value.flatMap((entry, index) => leavesOf(entry, [...path, index]));
	}
	if (isRecord(value)) {
		return Object.entries(value).flatMap(([key, entry]) => leavesOf(entry, [...path, key]));
	}
	const plain =
		typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
	return [{ path, leaf: plain ? value : null }];
}

/** Exact spelling first, then the same value written another way. */
function findLeaf(leaf: Leaf['leaf'], text: string, from: number): Span | null {
	for (const pattern of patternsOf(leaf)) {
		pattern.lastIndex = from;
		const match = pattern.exec(text);
		if (match) {
			const start = match.index;
			return { start, end: start + match[0].length, quote: match[0] };
		}
	}
	return null;
}

/** A boolean or a null has no words of its own, so nothing is claimed for it. */
function patternsOf(leaf: Leaf['leaf']): RegExp[] {
	if (typeof leaf === 'number') return numberPatterns(leaf);
	if (typeof leaf !== 'string' || leaf.trim() === '') return [];
	return [textPattern(leaf, 'gu'), ...datePatterns(leaf), textPattern(leaf, 'giu')];
}
