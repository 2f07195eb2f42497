import type { TokenHubClient } from '../client/createClient';
import type { ChatResult } from '../chat/chatResult';
import { door, type Metered } from '../door';
import { isBlank } from '../lib/text';
import { askModel } from './askModel';
import { checkpoint } from './checkpoints';
import { isStopped, changeTurn } from './control';
import {
	outputCheck,
	type Finish,
	awaitingResult,
	loopResult,
	type ToolLoopResult,
	lastWords,
	stopAtLimit,
} from './loopResult';
import { reachedLimit, spendingLimit } from './limits';
import { readLoopRequest, type LoopRequest, type ToolLoopRequest } from './loopRequest';
import { startRun } from './startRun';
import type { LoopRun, ToolLoopOptions, Turn } from './loopRun';
import { CUT_ANSWER, CUT_CALL, EMPTY_ANSWER } from './messagesToModel';
import { resumeTurn } from './resumeRun';
import { runCalls, runPlans, addAnswers, addCalls } from './runCalls';
import type { StopReason } from './loopRequest';
import { tracedLoop } from '../tracing/workSpans';

/**
 * Asks the model, runs the tools that it calls, and asks again until it answers or a limit is reached.
 * Tool failures are messages to the model; `stopReason` says how the loop ended.
 * @throws TokenHubError `badConfig` before any request; the kind of a request that failed for good;
 * `budget` with `onLimit: 'error'`; `schemaMismatch` if there was no valid `outputSchema` value. Steps
 * and spending are in `details`.
 */
export async function runToolLoop(
	client: TokenHubClient,
	request: ToolLoopRequest,
	options: ToolLoopOptions = {},
): Promise<ToolLoopResult> {
	return await door(client, options, async (call) => {
		const read = readLoopRequest(request);
		const { ledger } = call;
		const { tracing } = client;
		return tracing
			? await tracedLoop(tracing, { request: read, ledger }, () => runOnce(client, read, call))
			: await runOnce(client, read, call);
	});
}

async function runOnce(
	client: TokenHubClient,
	request: LoopRequest,
	call: Metered<ToolLoopOptions>,
): Promise<ToolLoopResult> {
	const run = await startRun(client, request, call);
	try {
		return await runLoop(run);
	} finally {
		run.end();
	}
}

async function runLoop(run: LoopRun): Promise<ToolLoopResult> {
	const finish = outputCheck(run);
	const { resume } = run.request;
	const resumed = resume && (await endTurn(run, await resumeTurn(run, resume), finish));
	if (resumed) return resumed;
	for (;;) {
		const over = await beforeRequest(run);
		if (over === 'stopped') return loopResult(run, over, lastWords(run));
		if (over) return await stopAtLimit(run, over, finish);
		const answer = await nextAnswer(run);
		const ended = answer && (await resultAfter(run, answer, finish));
		if (ended) return ended;
	}
}

/** Why there is no next request, if there is a reason. */
async function beforeRequest(run: LoopRun): Promise<StopReason | undefined> {
	try {
		// A loop that the caller ends needs no last answer at a limit.
		if (await isStopped(run)) return 'stopped';
		const limit = reachedLimit(run);
		if (limit) return limit;
		await checkpoint(run);
		await changeTurn(run);
	} catch (error) {
		if (!run.signal.aborted) throw error;
	}
	// A callback may have used up the remaining time.
	return reachedLimit(run);
}

/** Undefined if a limit ended the request: limits are handled in one place. */
async function nextAnswer(run: LoopRun): Promise<ChatResult | undefined> {
	try {
		return await askModel(run, false);
	} catch (error) {
		if (run.signal.aborted || spendingLimit(run)) return undefined;
		throw error;
	}
}

/** The result, if the answer ended the loop. */
async function resultAfter(
	run: LoopRun,
	answer: ChatResult,
	finish: Finish,
): Promise<ToolLoopResult | undefined> {
	const calls = answer.toolCalls ?? [];
	if (isRefusal(answer)) return endWith(run, 'refused', answer);
	if (answer.finishReason === 'length') return await resultAfterCut(run, answer, finish);
	run.cuts = 0;
	if (calls.length > 0)
		return await endTurn(run, await runCalls(run, addCalls(run, answer)), finish);
	if (isBlank(answer.text) && askedAgain(run)) return undefined;
	return await finish(answer);
}

/** How many times a turn that was cut off is requested again. */
const MOST_CUTS = 2;

/**
 * Calls of an answer that was cut off may be half of what was meant: none of them runs, not even
 * complete ones.
 */
async function resultAfterCut(
	run: LoopRun,
	answer: ChatResult,
	finish: Finish,
): Promise<ToolLoopResult | undefined> {
	const hasCalls = answer.toolCalls !== undefined;
	const isText = !hasCalls && answer.text.trim() !== '';
	if (isText && run.request.outputSchema !== undefined) return await finish(answer);
	if (isText || run.cuts >= MOST_CUTS) return endWith(run, 'truncated', answer);
	run.cuts += 1;
	if (hasCalls) {
		const plans = addCalls(run, answer).map((call) => ({ call, refusal: CUT_CALL }));
		addAnswers(run, await runPlans(run, plans));
	} else if (run.cuts === 1) {
		run.messages.push({ role: 'user', content: CUT_ANSWER });
	}
	return undefined;
}

function isRefusal({ finishReason, refusal }: ChatResult): boolean {
	return finishReason === 'content_filter' || refusal !== undefined;
}

function endWith(
	run: LoopRun,
	reason: 'truncated' | 'refused',
	answer: ChatResult,
): ToolLoopResult {
	const said = isBlank(answer.text) ? (answer.refusal ?? '') : answer.text;
	if (!isBlank(said)) run.messages.push({ role: 'assistant', content: said });
	return loopResult(run, reason, said);
}

/** An empty answer is requested once more. */
function askedAgain(run: LoopRun): boolean {
	const last = run.messages.at(-1);
	if (last?.role === 'user' && last.content === EMPTY_ANSWER) return false;
	run.messages.push({ role: 'user', content: EMPTY_ANSWER });
	return true;
}

async function endTurn(
	run: LoopRun,
	turn: Turn,
	finish: Finish,
): Promise<ToolLoopResult | undefined> {
	if (turn.pending.length > 0) {
		// The result itself contains the state, so it is not lost if it could not be stored.
		await run.checkpoints?.save();
		const { failure } = run.checkpoints ?? {};
		if (failure) run.warnings.push(failure.message);
		return awaitingResult(run, turn);
	}
	addAnswers(run, turn.settled);
	run.turn = undefined;
	return turn.stuck ? await stopAtLimit(run, 'repeatedCalls', finish) : undefined;
}
