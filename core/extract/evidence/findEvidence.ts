import { jsonPointer } from '../../jsonPointer';
import { candidates } from './candidates';
import { choosePlaces } from './choosePlaces';
import { leavesOf } from './leaves';
import { openSource } from './source';
import type { Span } from './span';

/** Per leaf, by JSON pointer: its place in the text, or null when the text does not say it. */
export type Evidence = Record<string, Span | null>;

/** Finds each value in the text it was taken from; found by us, not asked of the model. */
export function findEvidence(value: unknown, text: string): Evidence {
	const source = openSource(text);
	const leaves = leavesOf(value).map(({ path, leaf }) => ({
		path,
		spans: candidates(source, leaf),
	}));
	const places = choosePlaces(leaves, source);
	return Object.fromEntries(
		leaves.map((leaf) => [jsonPointer(leaf.path), places.get(leaf) ?? null]),
	);
}
