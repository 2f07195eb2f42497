import type { Metered } from '../door';
import { ADVICE, TokenHubError, type Failure } from '../errors';
import type { CallOptions, TokenHubClient } from '../client/createClient';
import { sumSpending } from '../usage';
import { ask, converse, startOver, type Attempt, type Conversation } from './attempt';
import { count, isWorthAsking, recordOf } from './cascade';
import type { Experience, ModelRecord } from './experience';
import type { ExtractRequest } from './extractRequest';
import { modeFor, refusesTool } from './mode';
import type { Target } from './targetSchema';

/** What extraction made of one text. */
export interface Piece {
	value: unknown;
	stage: Attempt['stage'];
	attempts: Attempt[];
	warnings: string[];
	model: string;
}

export interface PieceJob {
	client: TokenHubClient;
	request: ExtractRequest;
	target: Target;
	call: Metered<CallOptions>;
	experience: Experience;
	/** The text is one part of a longer one. */
	isPart?: boolean;
}

interface Progress {
	/** Models that were not asked, and why. */
	skipped: string[];
	attempts: Attempt[];
	raw: string;
	failures: Failure[];
	cut: boolean;
	refused: boolean;
}

/**
 * The stages for one text: each model in turn is asked, then told what exactly is wrong.
 * @throws TokenHubError `truncated`, `refused` or `schemaMismatch` with the failures, the raw text
 *   and all spending.
 */
export async function extractPiece(job: PieceJob): Promise<Piece> {
	const { request } = job;
	const progress: Progress = {
		...{ skipped: [], attempts: [], raw: '', failures: [], cut: false, refused: false },
	};
	const models = [request.model, ...request.escalateTo];
	for (const [index, model] of models.entries()) {
		const piece = await tryModel(job, { model, next: models[index + 1] }, progress);
		if (piece) return { ...piece, warnings: [...progress.skipped, ...piece.warnings] };
	}
	throw failedPiece(progress);
}

async function tryModel(
	job: PieceJob,
	{ model, next }: { model: string; next: string | undefined },
	progress: Progress,
): Promise<Piece | undefined> {
	const record = recordOf(job.experience, model);
	const conversation = converse(job, model, modeFor(job, record));
	for (let asked = 0; asked <= job.request.maxRepairs; asked += 1) {
		const kind = asked === 0 ? 'first' : 'repair';
		if (next !== undefined && !isWorthAsking(record, kind, { model, next })) {
			if (asked === 0) progress.skipped.push(`skipped ${model}: it seldom fits this schema`);
			return undefined;
		}
		const taken = await askSafely(conversation, record, progress);
		const escalated = model !== job.request.model;
		const stage = escalated ? 'escalation' : asked > 0 ? 'repair' : conversation.mode;
		const piece = takeAnswer(progress, taken, stage);
		count(record[kind], piece !== undefined);
		if (isUnchecked(progress)) throw failedPiece(progress);
		if (piece || progress.cut || progress.refused) return piece;
	}
	return undefined;
}

/** A pattern that takes too long is no fault of the model: asking again would only cost. */
function isUnchecked({ failures }: Progress): boolean {
	return failures.some(({ code }) => code === 'slowPattern');
}

/** Records what an answer cost and, unless it is valid, what was wrong with it. */
function takeAnswer(
	progress: Progress,
	{ answer, read }: Asked,
	stage: Attempt['stage'],
): Piece | undefined {
	const { model } = answer;
	// A cut answer may look whole where its tail was optional: it is never passed as complete.
	progress.cut = answer.finishReason === 'length';
	progress.refused = answer.refusal !== undefined || answer.finishReason === 'content_filter';
	const failures = progress.cut ? [CUT] : read.ok ? undefined : read.failures;
	progress.attempts.push({
		...{ model, stage },
		...sumSpending([answer]),
		...(failures ? { failures } : {}),
	});
	const { attempts } = progress;
	if (read.ok && !progress.cut) {
		return { value: read.value, stage, attempts, warnings: read.warnings, model };
	}
	progress.raw = answer.text || (answer.toolCalls?.[0]?.arguments ?? '');
	progress.failures = failures ?? [];
	return undefined;
}

const CUT: Failure = { path: '', message: 'the answer was cut', code: 'truncated' };
type Asked = Awaited<ReturnType<typeof ask>>;

async function askSafely(
	conversation: Conversation,
	record: ModelRecord,
	progress: Progress,
): Promise<Asked> {
	try {
		return await ask(conversation);
	} catch (error) {
		if (error instanceof TokenHubError && refusesTool(error, conversation)) {
			record.refusesTool = true;
			startOver(conversation, 'json');
			return await askSafely(conversation, record, progress);
		}
		throw error;
	}
}

function failedPiece(progress: Progress): TokenHubError {
	const facts = { raw: progress.raw, failures: progress.failures };
	if (progress.cut)
		return new TokenHubError('truncated', 'The answer was cut by Max Tokens.', facts);
	if (progress.refused) return new TokenHubError('refused', 'The model declined to answer.', facts);
	const [first] = progress.failures;
	const where = first ? `${first.path || 'the answer'}: ${first.message}` : ADVICE.schemaMismatch;
	const message = `No valid value after ${progress.attempts.length} attempts: ${where}`;
	return new TokenHubError('schemaMismatch', message, facts);
}
