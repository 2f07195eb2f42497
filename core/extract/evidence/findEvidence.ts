import { jsonPointer } from '../../jsonPointer';
import { inOneGo, type Steps } from '../../read/inSteps';
import type { Span } from './span';
import { candidates } from './candidates';
import { choosePlaces } from './choosePlaces';
import { leavesOf } from './leaves';
import type { Found } from './recordGroups';
import { openSource } from './source';

/** Per leaf, by JSON pointer: its place in the text, or null when the text does not say it. */
export type Evidence = Record<string, Span | null>;

/** Finds each value in the text it was taken from; found by us, not asked of the model. */
export function findEvidence(value: unknown, text: string): Evidence {
	return inOneGo(evidenceSteps(value, text));
}

export function* evidenceSteps(value: unknown, text: string): Steps<Evidence> {
	const source = yield* openSource(text);
	const leaves: Found[] = [];
	for (const { path, leaf } of leavesOf(value)) {
		leaves.push({ path, spans: yield* candidates(source, leaf) });
	}
	const places = yield* choosePlaces(leaves, source);
	const evidence: Evidence = {};
	for (const leaf of leaves) {
		yield;
		// A pointer is not a name of a prototype: it is empty or begins with a slash.
		evidence[jsonPointer(leaf.path)] = places.get(leaf) ?? null;
	}
	return evidence;
}
