import { ADVICE, TokenHubError, withFacts, type Failure } from '../errors';
import type { CallOptions, TokenHubClient } from '../client/createClient';
import { addSpending, noSpending } from '../usage';
import { ask, openingMessages, type Attempt, type Conversation, type Mode } from './attempt';
import type { ExtractRequest } from './extractRequest';
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
	call: CallOptions;
}

interface Progress {
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
	const progress: Progress = { attempts: [], raw: '', failures: [], cut: false, refused: false };
	for (const model of [request.model, ...request.escalateTo]) {
		const piece = await tryModel(job, model, progress);
		if (piece) return piece;
	}
	throw failedPiece(progress);
}

async function tryModel(job: PieceJob, model: string, progress: Progress) {
	const first: Mode = job.request.mode === 'json' ? 'json' : 'tool';
	let conversation = converse(job, model, first);
	for (let repairs = 0; repairs <= job.request.maxRepairs; repairs += 1) {
		const asked = await askSafely(conversation, progress);
		if (asked === 'toolChoiceRefused') {
			conversation = converse(job, model, 'json');
			repairs -= 1;
			continue;
		}
		const { answer, read } = asked;
		const escalated = model !== job.request.model;
		const stage = escalated ? 'escalation' : repairs > 0 ? 'repair' : conversation.mode;
		const failures = read.ok ? undefined : read.failures;
		const { usage, costUsd, requests, retries } = answer;
		progress.attempts.push({
			...{ model: answer.model, stage, usage, costUsd, requests, retries },
			...(failures ? { failures } : {}),
		});
		// A cut answer may look whole where its tail was optional: it is never passed as complete.
		progress.cut = answer.finishReason === 'length';
		if (read.ok && !progress.cut) {
			const { attempts } = progress;
			return { value: read.value, stage, attempts, warnings: read.warnings, model: answer.model };
		}
		progress.raw = answer.text || (answer.toolCalls?.[0]?.arguments ?? '');
		progress.failures = failures ?? [{ path: '', message: 'the answer was cut', code: 'truncated' }];
		progress.refused = answer.refusal !== undefined || answer.finishReason === 'content_filter';
		if (progress.cut || progress.refused) return undefined;
	}
	return undefined;
}

function converse(job: PieceJob, model: string, mode: Mode): Conversation {
	return { ...job, model, mode, messages: openingMessages(job.request, job.target, mode) };
}

/** Newer Claude models answer 400 to a forced tool: `auto` then goes on in JSON mode. */
async function askSafely(conversation: Conversation, progress: Progress) {
	try {
		return await ask(conversation);
	} catch (error) {
		if (!(error instanceof TokenHubError)) throw error;
		const { mode, request } = conversation;
		const mayFallBack = mode === 'tool' && request.mode === 'auto' && error.kind === 'badRequest';
		if (mayFallBack && /tool_choice/.test(error.message)) return 'toolChoiceRefused';
		const { usage, costUsd } = spent(progress);
		throw withFacts(error, { usage, costUsd });
	}
}

function spent(progress: Progress) {
	return progress.attempts.reduce(addSpending, noSpending());
}

function failedPiece(progress: Progress): TokenHubError {
	const { usage, costUsd } = spent(progress);
	const facts = { raw: progress.raw, failures: progress.failures, usage, costUsd };
	if (progress.cut) return new TokenHubError('truncated', 'The answer was cut by Max Tokens.', facts);
	if (progress.refused) return new TokenHubError('refused', 'The model declined to answer.', facts);
	const [first] = progress.failures;
	const where = first ? `${first.path || 'the answer'}: ${first.message}` : ADVICE.schemaMismatch;
	const message = `No valid value after ${progress.attempts.length} attempts: ${where}`;
	return new TokenHubError('schemaMismatch', message, facts);
}
