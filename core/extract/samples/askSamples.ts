import { TokenHubError } from '../../errors';
import { messageOf } from '../../messageOf';
import { inTurns } from '../../lib/steps';
import { textFacts } from '../../read/textFacts';
import { settled } from '../../schema/checked';
import { isSame } from '../../lib/isSame';
import { findEvidence } from '../evidence/findEvidence';
import { leavesOf } from '../evidence/leaves';
import type { Piece } from '../extractPiece';
import { extractParts, type PartsJob } from '../parts/extractParts';
import { judgeVotes, type Sampled } from './confidence';
import { textsVotes, type TextsVotes } from './textsVote';
import { countVotes, type Vote, type Votes } from './votes';

/** One of several answers, and how well the text supports each of its values. */
interface Sample extends Piece {
	text: TextsVotes;
}

/**
 * Asks the same question again while another answer could settle what is in doubt, at most `samples`
 * times, and takes the majority for each plain value. A failure of another answer does not affect the
 * first one.
 */
export async function askSamples(job: PartsJob): Promise<Piece & { sampled: Sampled }> {
	const { samples } = job.request;
	const given = [await sampleOf(await extractParts(job), job)];
	const warnings: string[] = [];
	for (;;) {
		const left = samples - given.length - warnings.length;
		const { piece, isOpen } = await judged(given, left, job);
		if (left <= 0 || !isOpen) {
			return { ...piece, warnings: [...new Set([...piece.warnings, ...warnings])] };
		}
		try {
			const next = await extractParts({ ...job, listen: undefined, tell: undefined });
			given.push(await sampleOf(next, job));
		} catch (error) {
			if (job.call.signal?.aborted) throw error;
			warnings.push(`sample ${given.length + 1} of ${samples}: ${messageOf(error)}`);
			// What cannot be paid for now cannot be paid for later.
			if (error instanceof TokenHubError && error.kind === 'budget') {
				return { ...piece, warnings: [...piece.warnings, ...warnings] };
			}
		}
	}
}

async function sampleOf(piece: Piece, job: PartsJob): Promise<Sample> {
	return { ...piece, text: await textsVotesOn(piece.value, job) };
}

async function textsVotesOn(value: unknown, { request, target }: PartsJob): Promise<TextsVotes> {
	const evidence = request.text ? await inTurns(findEvidence(value, request.text)) : undefined;
	return await inTurns(textsVotes(leavesOf(value), { schema: target.schema, evidence }));
}

interface Judged {
	piece: Piece & { sampled: Sampled };
	/** Whether another answer could settle something that is in doubt. */
	isOpen: boolean;
}

async function judged(given: readonly Sample[], left: number, job: PartsJob): Promise<Judged> {
	const { request } = job;
	const facts = request.text ? textFacts(request.text) : undefined;
	const votes = await inTurns(countVotes(given, facts));
	const chosen = given[votes.chosen];
	if (!chosen) throw new TokenHubError('badResponse', 'There is no answer to count.');
	const { value, leaves } = await agreedValue(votes, chosen, job);
	const { votes: texts } = value === chosen.value ? chosen.text : await textsVotesOn(value, job);
	const { confidence, isDoubtful, isOpen } = judgeVotes(leaves, {
		answers: given.length,
		texts,
		left,
	});
	const isLonger = votes.longer.length > 0;
	const { text: _text, ...piece } = chosen;
	return {
		isOpen: isOpen || isLonger,
		piece: {
			...{ ...piece, value },
			attempts: given.flatMap(({ attempts }) => attempts),
			warnings: [...chosen.warnings, ...votes.longer.map(lacking), ...votes.unsaid.map(leftOut)],
			sampled: { confidence, needsReview: isDoubtful || isLonger },
		},
	};
}

const lacking = (pointer: string) =>
	`samples disagree on ${pointer || 'the list'}: another answer has more entries`;

const leftOut = (pointer: string) =>
	`samples disagree on ${pointer || 'the list'}: another answer has an entry of which the text says nothing`;

/**
 * The majority's values, if they are valid as a whole; otherwise the answer that agrees most with the
 * others.
 */
async function agreedValue(
	{ value, leaves, own }: Votes,
	chosen: Piece,
	{ target }: PartsJob,
): Promise<{ value: unknown; leaves: Vote[] }> {
	if (value === chosen.value) return { value, leaves };
	const checked = await settled(target.check(value));
	const isValid = checked.ok && isSame(checked.value, value);
	return isValid ? { value, leaves } : { value: chosen.value, leaves: own };
}
