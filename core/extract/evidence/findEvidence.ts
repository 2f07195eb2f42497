import { isRecord } from '../../isRecord';
import { jsonPointer } from '../../jsonPointer';
import { candidates, type Leaf } from './candidates';
import { choosePlaces } from './choosePlaces';
import { openSource } from './source';
import type { Span } from './span';

/** Per leaf, by JSON pointer: its place in the text, or null when the text does not say it. */
export type Evidence = Record<string, Span | null>;

/** Finds each value in the text it was taken from; found by us, not asked of the model. */
export function findEvidence(value: unknown, text: string): Evidence {
	const source = openSource(text);
	const leaves = leavesOf(value, []).map(({ path, leaf }) => ({
		path,
		spans: candidates(source, leaf),
	}));
	const places = choosePlaces(leaves, source);
	return Object.fromEntries(
		leaves.map((leaf) => [jsonPointer(leaf.path), places.get(leaf) ?? null]),
	);
}

function leavesOf(value: unknown, path: PropertyKey[]): Array<{ path: PropertyKey[]; leaf: Leaf }> {
	if (Array.isArray(value)) {
		return value.flatMap((entry, index) => leavesOf(entry, [...path, index]));
	}
	if (isRecord(value)) {
		return Object.entries(value).flatMap(([key, entry]) => leavesOf(entry, [...path, key]));
	}
	const isPlain =
		typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
	return [{ path, leaf: isPlain ? value : null }];
}
