import { groupBy, own } from '../../own';
import { isRecord } from '../../isRecord';
import { jsonPointer } from '../../jsonPointer';
import type { JsonSchema } from '../../schema/jsonSchema';
import type { Evidence } from '../evidence/findEvidence';
import { resolveSchema } from '../resolveSchema';
import type { Vote } from './votes';

/**
 * By JSON pointer of each plain value, from 0 to 1: the share of the answers that say it, where the
 * text counts as one more answer.
 */
export type Confidence = Record<string, number>;

/** What several answers have agreed on. */
export interface Sampled {
	/** With `samples` above 1: the confidence of each value. */
	confidence: Confidence;
	/**
	 * With `samples` above 1: whether a person should look at it, for a value is less sure than 0.75 or
	 * the answers have different numbers of entries in a list.
	 */
	needsReview: boolean;
}

/** What is less sure than this is to be looked at. */
export const SURE = 0.75;

interface Voting {
	/** How many answers there are. */
	answers: number;
	schema: JsonSchema;
	/** Missing where there is no text. */
	evidence?: Evidence;
}

export function confidenceOf(leaves: readonly Vote[], voting: Voting): Confidence {
	const confidence: Confidence = {};
	const shared = sharedPlaces(leaves, voting.evidence);
	for (const { path, leaf, votes } of leaves) {
		const pointer = jsonPointer(path);
		const isShared = shared.has(pointer);
		const text = isShared ? TAKEN_TWICE : textsVote({ path, leaf }, voting);
		confidence[pointer] = Math.round((100 * (votes + text)) / (voting.answers + 1)) / 100;
	}
	return confidence;
}

/** Whether a value is to be looked at by a person. */
export function isDoubtful(confidence: Confidence): boolean {
	return Object.values(confidence).some((sure) => sure < SURE);
}

/** Words that two values claim speak for at most one of them. */
const TAKEN_TWICE = 0.25;

/** Pointers of values whose only place in the text is that of another field's value. */
function sharedPlaces(leaves: readonly Vote[], evidence: Evidence = {}): Set<string> {
	const byPlace = groupBy(
		leaves.flatMap(({ path }) => {
			const pointer = jsonPointer(path);
			const span = evidence[pointer];
			const field = jsonPointer(path.map((key) => (typeof key === 'number' ? '*' : key)));
			return span ? [{ pointer, field, place: `${span.start} ${span.end}` }] : [];
		}),
		({ place }) => place,
	);
	const claimed = [...byPlace.values()].filter(
		(claims) => new Set(claims.map(({ field }) => field)).size > 1,
	);
	return new Set(claimed.flat().map(({ pointer }) => pointer));
}

/** A text neither speaks for nor against what is chosen rather than read. */
const NO_OPINION = 0.5;

function textsVote(
	{ path, leaf }: Pick<Vote, 'path' | 'leaf'>,
	{ schema, evidence }: Voting,
): number {
	const span = evidence?.[jsonPointer(path)];
	if (span) return span.score;
	const hasWords = leaf !== null && leaf !== '' && typeof leaf !== 'boolean';
	return evidence && hasWords && !isChosen(path, schema) ? 0 : NO_OPINION;
}

function isChosen(path: readonly PropertyKey[], root: JsonSchema): boolean {
	let at = resolveSchema(root, root);
	for (const key of path) {
		const properties = isRecord(at?.properties) ? at.properties : {};
		at = resolveSchema(typeof key === 'number' ? at?.items : own(properties, String(key)), root);
	}
	return at !== undefined && ('enum' in at || 'const' in at);
}
