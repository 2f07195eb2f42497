import { jsonPointer } from '../../lib/jsonPointer';
import { isBrief, SAYS_LITTLE, SURE } from './textsVote';
import type { Vote } from './votes';

/**
 * By JSON pointer of each plain value, from 0 to 1: the share of the answers that say it, where the
 * text counts as one more answer. At most 0.7 for what the text does not say, or says about another
 * value.
 */
export type Confidence = Record<string, number>;

/** The agreement of several answers. */
export interface Sampled {
	/** With `samples` above 1: the confidence of each value. */
	confidence: Confidence;
	/**
	 * With `samples` above 1: whether a person should look at it, because a value's confidence is below
	 * 0.75 or the answers have different numbers of entries in a list.
	 */
	needsReview: boolean;
}

interface Judged {
	confidence: Confidence;
	/** Whether a value's confidence is below 0.75. */
	isDoubtful: boolean;
	/** Whether further answers could change what is in doubt, or make it certain. */
	isOpen: boolean;
}

interface Voting {
	/** How many answers there are. */
	answers: number;
	/** How well the text supports each value: `textsVotes`. */
	texts: ReadonlyMap<string, number>;
	/** How many answers may follow. */
	left: number;
}

export function judgeVotes(leaves: readonly Vote[], voting: Voting): Judged {
	const { texts, left } = voting;
	const judged: Judged = { confidence: {}, isDoubtful: false, isOpen: false };
	for (const vote of leaves) {
		const pointer = jsonPointer(vote.path);
		const text = texts.get(pointer) ?? 0;
		const sure = sureness(vote, text);
		judged.confidence[pointer] = Math.round(100 * sure) / 100;
		if (sure >= SURE) continue;
		judged.isDoubtful = true;
		const best = sureness({ ...vote, votes: vote.votes + left }, text);
		judged.isOpen ||= best >= SURE || mayBeOutvoted(vote, text, voting);
	}
	return judged;
}

/**
 * If the text does not say a value, or says it about another one, a person should look at it however
 * many answers agree.
 */
const MOST_WITHOUT_TEXT = 0.7;
function sureness({ leaf, votes, against }: Vote, text: number): number {
	const agreed = (votes + text) / (votes + against + 1);
	return text <= SAYS_LITTLE && isBrief(leaf) ? Math.min(agreed, MOST_WITHOUT_TEXT) : agreed;
}

/**
 * As `countVotes` decides: by more than half of the answers, or by the text if as many say another
 * value.
 */
function mayBeOutvoted({ votes, rival }: Vote, text: number, { answers, left }: Voting): boolean {
	const most = rival + left;
	return most * 2 > answers + left || (text <= SAYS_LITTLE && most >= votes);
}
