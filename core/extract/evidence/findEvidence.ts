import { jsonPointer } from '../../jsonPointer';
import { inOneGo, type Steps } from '../../read/inSteps';
import type { Span } from '../../read/span';
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
	const evidence: Array<[pointer: string, span: Span | null]> = [];
	for (const leaf of leaves) {
		yield;
		evidence.push([jsonPointer(leaf.path), places.get(leaf) ?? null]);
	}
	return Object.fromEntries(evidence);
}
