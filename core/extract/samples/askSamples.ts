import { TokenHubError } from '../../errors';
import { messageOf } from '../../messageOf';
import { inTurns } from '../../read/inSteps';
import { textFacts } from '../../read/textFacts';
import { settled } from '../../schema/checked';
import { isSame } from '../../isSame';
import { evidenceSteps } from '../evidence/findEvidence';
import type { Piece } from '../extractPiece';
import { extractParts, type PartsJob } from '../parts/extractParts';
import { confidenceOf, isDoubtful, type Sampled } from './confidence';
import { countVotes, type Votes } from './votes';

/**
 * Asks the same question again while a value is in doubt, at most `samples` times, and takes of each
 * plain value what most answers say. What goes wrong with another answer does not cost the first one.
 */
export async function askSamples(job: PartsJob): Promise<Piece & { sampled: Sampled }> {
	const pieces = [await extractParts(job)];
	const warnings: string[] = [];
	for (;;) {
		const piece = await judged(pieces, job);
		const { samples } = job.request;
		if (!piece.sampled.needsReview || pieces.length + warnings.length >= samples) {
			return { ...piece, warnings: [...new Set([...piece.warnings, ...warnings])] };
		}
		try {
			pieces.push(await extractParts({ ...job, listen: undefined, tell: undefined }));
		} catch (error) {
			if (job.call.signal?.aborted) throw error;
			warnings.push(`sample ${pieces.length + 1} of ${samples}: ${messageOf(error)}`);
			// What cannot be paid now cannot be paid later.
			if (error instanceof TokenHubError && error.kind === 'budget') {
				return { ...piece, warnings: [...piece.warnings, ...warnings] };
			}
		}
	}
}

async function judged(
	pieces: readonly Piece[],
	job: PartsJob,
): Promise<Piece & { sampled: Sampled }> {
	const { request, target } = job;
	const facts = request.text ? textFacts(request.text) : undefined;
	const votes = await inTurns(
		countVotes(
			pieces.map(({ value }) => value),
			facts,
		),
	);
	const [first] = pieces;
	const chosen = pieces[votes.chosen] ?? first;
	if (!chosen) throw new TokenHubError('badResponse', 'There is no answer to count.');
	const { value, disputed } = await agreedValue(votes, chosen, job);
	const evidence = request.text ? await inTurns(evidenceSteps(value, request.text)) : undefined;
	const confidence = confidenceOf(disputed, {
		...{ answers: pieces.length, schema: target.schema },
		...(evidence ? { evidence } : {}),
	});
	return {
		...{ ...chosen, value },
		attempts: pieces.flatMap(({ attempts }) => attempts),
		warnings: [...chosen.warnings, ...votes.longer.map(lacking)],
		sampled: { confidence, needsReview: isDoubtful(confidence) || votes.longer.length > 0 },
	};
}

const lacking = (pointer: string) =>
	`samples disagree on ${pointer || 'the list'}: another answer has more entries`;

/** What most answers say, where that is valid as a whole; else the answer that agrees most with the others. */
async function agreedValue(
	{ value, leaves }: Votes,
	chosen: Piece,
	{ target }: PartsJob,
): Promise<{ value: unknown; disputed: Votes['leaves'] }> {
	if (value === chosen.value) return { value, disputed: leaves };
	const checked = await settled(target.check(value));
	if (checked.ok && isSame(checked.value, value)) return { value, disputed: leaves };
	return { value: chosen.value, disputed: leaves.map((vote) => ({ ...vote, votes: vote.own })) };
}
