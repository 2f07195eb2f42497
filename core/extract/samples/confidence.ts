import { groupBy, own } from '../../own';
import { isRecord } from '../../isRecord';
import { jsonPointer } from '../../jsonPointer';
import type { JsonSchema } from '../../schema/jsonSchema';
import type { Evidence } from '../evidence/findEvidence';
import { resolveSchema } from '../resolveSchema';
import { inOtherRecords, outOfOrder } from './placesOfRecords';
import type { Leaf } from '../evidence/leaves';
import type { Vote } from './votes';

/**
 * By JSON pointer of each plain value, from 0 to 1: the share of the answers that say it, where the
 * text counts as one more answer. At most 0.7 for what the text does not say, or says of another value.
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
	const { evidence = {} } = voting;
	const read = leaves.filter(({ path }) => !isChosen(path, voting.schema));
	const doubtful = new Set([
		...sharedPlaces(leaves, evidence),
		...inOtherRecords(read, evidence),
		...outOfOrder(read, evidence),
	]);
	for (const { path, leaf, votes } of leaves) {
		const pointer = jsonPointer(path);
		const text = doubtful.has(pointer) ? SAYS_LITTLE : textsVote({ path, leaf }, voting);
		const agreed = (votes + text) / (voting.answers + 1);
		const most = text <= SAYS_LITTLE && isBrief(leaf) ? MOST_WITHOUT_TEXT : 1;
		confidence[pointer] = Math.round(100 * Math.min(agreed, most)) / 100;
	}
	return confidence;
}

/** Whether a value is to be looked at by a person. */
export function isDoubtful(confidence: Confidence): boolean {
	return Object.values(confidence).some((sure) => sure < SURE);
}

/** A value that its text does not say, or says of another, is to be looked at however many answers agree. */
const MOST_WITHOUT_TEXT = 0.7;
/** A text of more words may be written rather than read, such as a summary. */
const MOST_WORDS_READ = 6;

const isBrief = (leaf: Leaf) => String(leaf).split(/\s+/).length <= MOST_WORDS_READ;

/** Words that stand where another value's would speak for at most one of the two. */
const SAYS_LITTLE = 0.25;

/** Pointers of values whose only place in the text is that of another field's value. */
function sharedPlaces(leaves: readonly Vote[], evidence: Evidence): string[] {
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
	return claimed.flat().map(({ pointer }) => pointer);
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
