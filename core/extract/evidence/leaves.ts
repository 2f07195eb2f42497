import { isRecord } from '../../lib/isRecord';

export type Leaf = string | number | boolean | null;

export interface LeafPlace {
	path: PropertyKey[];
	leaf: Leaf;
}

/** Every plain value in a JSON value, and its path, in order. */
export function leavesOf(value: unknown): LeafPlace[] {
	const leaves: LeafPlace[] = [];
	// With a stack of its own rather than by recursion: an answer may be nested too deep for that.
	const waiting: Array<{ path: PropertyKey[]; value: unknown }> = [{ path: [], value }];
	for (let next = waiting.pop(); next; next = waiting.pop()) {
		const { path, value: inner } = next;
		if (typeof inner !== 'object' || inner === null || inner instanceof Date) {
			leaves.push({ path, leaf: plainLeaf(inner) });
			continue;
		}
		for (const [key, entry] of entriesOf(inner).reverse()) {
			waiting.push({ path: [...path, key], value: entry });
		}
	}
	return leaves;
}

function entriesOf(value: object): Array<[key: PropertyKey, entry: unknown]> {
	if (Array.isArray(value)) return value.map((entry: unknown, index) => [index, entry]);
	return isRecord(value) ? Object.entries(value) : [];
}

/** A plain value as in JSON; null for anything else. */
export function plainLeaf(value: unknown): Leaf {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
	if (typeof value === 'bigint') return String(value);
	const isPlain =
		typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
	return isPlain ? value : null;
}

/** Where a text says a value: `text.slice(start, end) === quote`. */
export interface Span {
	/** The position of its first character, in JavaScript's characters. */
	start: number;
	/** The position after its last character. */
	end: number;
	/** The words of the text. */
	quote: string;
	/** 1 for the value itself, in any spelling; less for a text that is only similar. */
	score: number;
}

/** Of spans in order, the index of the first at a place or behind it. */
export function firstFrom(spans: readonly Span[], place: number): number {
	let [low, high] = [0, spans.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((spans[middle]?.start ?? Infinity) < place) low = middle + 1;
		else high = middle;
	}
	return low;
}
