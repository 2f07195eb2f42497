import { ADVICE } from '../errorKinds';
import { TokenHubError, withFacts, type Failure } from '../errors';
import { sumSpending } from '../usage';
import {
	ask,
	converse,
	startOver,
	type ExtractJob,
	type Asked,
	type Attempt,
	type Conversation,
} from './attempt';
import {
	addTry,
	isWorthAsking,
	recordOf,
	type ModelRecord,
	modeFor,
	refusesTool,
} from './trackRecord';
import { finishCut } from './cut/finishCut';
import type { Bill } from './parts/bill';
import type { Sampled } from './samples/confidence';
import { tracedAttempt } from '../tracing/workSpans';

/** What was extracted from one text. */
export interface Piece {
	value: unknown;
	stage: Attempt['stage'];
	attempts: Attempt[];
	warnings: string[];
	model: string;
	/** The agreement of several answers. */
	sampled?: Sampled;
	/** Its answer was cut off, and half of the text should be tried: there is no value. */
	isCut?: true;
}

export interface PieceJob extends ExtractJob {
	bill: Bill;
	/** Whether the text is one part of a longer one. */
	isPart?: boolean;
	/** Whether half of the text can be tried if the answer is cut off. */
	canHalve?: boolean;
}

interface Progress {
	/** Models that were not asked, and why. */
	skipped: string[];
	attempts: Attempt[];
	raw: string;
	failures: Failure[];
	cut: boolean;
	declined: boolean;
}

/**
 * The stages for one text: each model in turn is asked, then told exactly what is wrong.
 * @throws TokenHubError `truncated`, `refused` or `schemaMismatch` with the failures, the raw text and
 * all spending.
 */
export async function extractPiece(job: PieceJob): Promise<Piece> {
	const progress: Progress = {
		...{ skipped: [], attempts: [], raw: '', failures: [], cut: false, declined: false },
	};
	const models = [job.request.model, ...job.request.escalateTo];
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
	const { priceOf, tracing } = job.client;
	const record = recordOf(job.trackRecord, model);
	const conversation = converse(job, model, modeFor(job, record));
	for (let asked = 0; asked <= job.request.maxRepairs; asked += 1) {
		const kind = asked === 0 ? 'first' : 'repair';
		if (next !== undefined && !isWorthAsking(record, kind, { model, next, priceOf })) {
			if (asked === 0)
				progress.skipped.push(`skipped ${model}: its answers are seldom valid against this schema`);
			return undefined;
		}
		const asking: Asking = { job, record, progress, isFirst: asked === 0, stage: 'repair' };
		const piece = tracing
			? await tracedAttempt(tracing, asking.progress, () => attemptOnce(conversation, asking))
			: await attemptOnce(conversation, asking);
		addTry(record[kind], piece !== undefined);
		if (isUnchecked(progress)) throw failedPiece(progress);
		if (piece || progress.declined) return piece;
		// Another model would get no more room, at a higher price.
		if (progress.cut && job.request.cutAnswers === 'finish') throw failedPiece(progress);
		if (progress.cut) return undefined;
	}
	return undefined;
}

async function attemptOnce(conversation: Conversation, asking: Asking): Promise<Piece | undefined> {
	const taken = await askInSomeMode(conversation, asking);
	// The mode may have changed.
	if (conversation.model !== asking.job.request.model) asking.stage = 'escalation';
	else if (asking.isFirst) asking.stage = conversation.mode;
	return addAttempt(taken, asking) ?? (await finished(conversation, taken, asking));
}

interface Asking {
	job: PieceJob;
	record: ModelRecord;
	progress: Progress;
	isFirst: boolean;
	stage: Attempt['stage'];
}

/** What can be made of an answer that `maxTokens` has cut off. */
async function finished(
	conversation: Conversation,
	{ answer }: Asked,
	asking: Asking,
): Promise<Piece | undefined> {
	const { job, progress, stage } = asking;
	if (!progress.cut || job.request.cutAnswers === 'fail') return undefined;
	const { attempts } = progress;
	const { model } = answer;
	if (job.canHalve) return { value: undefined, stage, attempts, warnings: [], model, isCut: true };
	const more = await finishCut(conversation, answer, async (next, isPiece) => {
		// What follows is a part of the answer: its entries have other positions in the whole.
		const taken = await askInSomeMode({ ...next, listen: undefined }, asking);
		addAttempt(taken, asking, isPiece);
		return taken;
	});
	return more && { value: more.value, stage, attempts, warnings: more.warnings, model };
}

/** A pattern that takes too long is not the model's fault: asking again would only cost. */
function isUnchecked({ failures }: Progress): boolean {
	return failures.some(({ code }) => code === 'slowPattern');
}

/** Records what an answer cost and what was wrong with it; returns its value if it is valid. */
function addAttempt(
	{ answer, read }: Asked,
	{ progress, stage }: Asking,
	isPiece?: 'piece',
): Piece | undefined {
	const { model } = answer;
	// An answer that was cut off may look complete if its end was optional: it is never passed on as
	// complete.
	progress.cut = answer.finishReason === 'length';
	progress.declined = answer.refusal !== undefined || answer.finishReason === 'content_filter';
	const isFine = read.ok || isPiece !== undefined;
	const failures = progress.cut ? [CUT] : isFine ? undefined : read.failures;
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

async function askInSomeMode(conversation: Conversation, asking: Asking): Promise<Asked> {
	const { job, record, progress } = asking;
	try {
		return await job.bill.pay(conversation, () => ask(conversation));
	} catch (error) {
		if (error instanceof TokenHubError && refusesTool(error, conversation)) {
			record.refusesTool = true;
			startOver(conversation, 'json');
			return await askInSomeMode(conversation, asking);
		}
		const { raw, failures } = progress;
		const isTold = !(error instanceof TokenHubError) || error.details.raw !== undefined;
		throw isTold || raw === '' ? error : withFacts(error, { raw, failures });
	}
}

function failedPiece(progress: Progress): TokenHubError {
	const facts = { raw: progress.raw, failures: progress.failures };
	if (progress.cut)
		return new TokenHubError(
			'truncated',
			'The answer was cut off by Maximum Number of Tokens.',
			facts,
		);
	if (progress.declined)
		return new TokenHubError('refused', 'The model declined to answer.', facts);
	const [first] = progress.failures;
	const where = first ? `${first.path || 'the answer'}: ${first.message}` : ADVICE.schemaMismatch;
	const message = `No valid value after ${progress.attempts.length} attempts: ${where}`;
	return new TokenHubError('schemaMismatch', message, facts);
}
