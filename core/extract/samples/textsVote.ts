import { jsonPointer } from '../../lib/jsonPointer';
import { groupBy } from '../../lib/own';
import type { Steps } from '../../lib/steps';
import type { JsonSchema } from '../../schema/jsonSchema';
import type { Evidence } from '../evidence/findEvidence';
import type { Leaf, LeafPlace } from '../evidence/leaves';
import { misplaced } from '../evidence/placesOfRecords';
import { chosenPlaces } from '../resolveSchema';

/** What is less sure than this is to be looked at. */
export const SURE = 0.75;
/** Words that stand where another value's would speak for at most one of the two. */
export const SAYS_LITTLE = 0.25;
/** A text neither speaks for nor against what is chosen rather than read. */
const NO_OPINION = 0.5;

interface Reading {
	schema: JsonSchema;
	/** Missing where there is no text. */
	evidence?: Evidence;
}

/** The same of one value. */
type Said = Pick<Reading, 'evidence'> & { isChosen: ReturnType<typeof chosenPlaces> };

/** What a text says for an answer. */
export interface TextsVotes {
	/** By JSON pointer of each plain value, from 0 to 1. */
	votes: ReadonlyMap<string, number>;
	/** JSON pointers of records in lists of which it says nothing. */
	unsaid: ReadonlySet<string>;
}

export function* textsVotes(
	leaves: readonly LeafPlace[],
	{ schema, evidence }: Reading,
): Steps<TextsVotes> {
	const isChosen = chosenPlaces(schema);
	const read = leaves.filter(({ path }) => !isChosen(path));
	const doubtful = new Set([
		...sharedPlaces(leaves, evidence ?? {}),
		...(yield* misplaced(read, { evidence: evidence ?? {} })).flatMap(({ pointers }) => pointers),
	]);
	const votes = new Map(
		leaves.map((place) => {
			const pointer = jsonPointer(place.path);
			return [
				pointer,
				doubtful.has(pointer) ? SAYS_LITTLE : textsVote(place, { isChosen, evidence }),
			];
		}),
	);
	return { votes, unsaid: unsaidRecords(read, votes) };
}

/** A text of more words may be written rather than read, such as a summary. */
const MOST_WORDS_READ = 6;

export const isBrief = (leaf: Leaf) => String(leaf).split(/\s+/).length <= MOST_WORDS_READ;

/** A small number, and a letter or two, stand in every text. */
const isTelling = ({ leaf }: LeafPlace) =>
	typeof leaf === 'number'
		? !Number.isInteger(leaf) || Math.abs(leaf) > 9
		: /[\p{L}\p{N}].*[\p{L}\p{N}].*[\p{L}\p{N}]/su.test(String(leaf));

/** Two values at least, of which the text says none. */
function unsaidRecords(
	leaves: readonly LeafPlace[],
	votes: ReadonlyMap<string, number>,
): Set<string> {
	const inRecords = leaves.flatMap((place) => {
		const at = place.path.findLastIndex((key) => typeof key === 'number');
		if (at === -1 || at === place.path.length - 1) return [];
		return [{ place, record: jsonPointer(place.path.slice(0, at + 1)) }];
	});
	const unsaid = [...groupBy(inRecords, ({ record }) => record)].filter(([, values]) => {
		const telling = values.map(({ place }) => place).filter(isTelling);
		const isUnsaid = ({ path, leaf }: LeafPlace) =>
			isBrief(leaf) && votes.get(jsonPointer(path)) === 0;
		return telling.length > 1 && telling.every(isUnsaid);
	});
	return new Set(unsaid.map(([record]) => record));
}

/** Pointers of values whose only place in the text is that of another field's value. */
function sharedPlaces(leaves: readonly LeafPlace[], evidence: Evidence): string[] {
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

function textsVote({ path, leaf }: LeafPlace, { isChosen, evidence }: Said): number {
	const span = evidence?.[jsonPointer(path)];
	if (span) return span.score;
	const hasWords = leaf !== null && leaf !== '' && typeof leaf !== 'boolean';
	return evidence && hasWords && !isChosen(path) ? 0 : NO_OPINION;
}
