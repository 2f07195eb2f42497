import type { TokenHubClient } from '../client/createClient';
import type { ChatResult, ToolCall } from '../chat/chatResult';
import { askModel } from './askModel';
import { uniqueIds, usedIds } from '../chat/callIds';
import { EMPTY_ANSWER } from './faultMessages';
import { outputCheck } from './finalOutput';
import { stopAtLimit } from './stopAtLimit';
import { reachedLimit } from './limits';
import { readLoopRequest, type ToolLoopRequest } from './loopRequest';
import { awaitingResult, loopResult, type ToolLoopResult } from './loopResult';
import { startRun, type LoopRun, type ToolLoopOptions } from './loopRun';
import { parseArguments } from '../chat/parseArguments';
import { resumeRun } from './resumeRun';
import { runCalls } from './runCalls';

/**
 * Asks the model, runs the tools it calls, and asks again until it answers or a limit is reached.
 * Tool failures are messages to the model; how the loop ended is `stopReason`.
 * @throws TokenHubError `badConfig` before any request; the kind of a request that failed for good;
 *   `budget` with `onLimit: 'error'`; `schemaMismatch` when no valid `outputSchema` value came. Steps
 *   and spending are in `details`.
 */
export async function runToolLoop(
	client: TokenHubClient,
	request: ToolLoopRequest,
	options: ToolLoopOptions = {},
): Promise<ToolLoopResult> {
	const run = startRun(client, readLoopRequest(request), options);
	const finish = outputCheck(run);
	if (run.request.resume) resumeRun(run, run.request.resume);
	for (;;) {
		const limit = reachedLimit(run);
		if (limit) return await stopAtLimit(run, limit, finish);
		const answer = await nextAnswer(run);
		if (!answer) continue;
		const calls = answer.toolCalls ?? [];
		// Calls of a cut answer may be half of what was meant: they are never run.
		if (answer.finishReason === 'length') return endWith(run, 'truncated', answer);
		if (isRefusal(answer)) return endWith(run, 'refused', answer);
		if (calls.length === 0) {
			if (answer.text === '' && askedAgain(run)) continue;
			return await finish(answer);
		}
		const ended = await takeTurn(run, answer, calls);
		if (ended === 'stuck') return await stopAtLimit(run, 'repeatedCalls', finish);
		if (ended) return ended;
	}
}

/** Undefined when the loop's own time ended the request: the limit is dealt with in one place. */
async function nextAnswer(run: LoopRun): Promise<ChatResult | undefined> {
	try {
		return await askModel(run, false);
	} catch (error) {
		if (run.signal.aborted) return undefined;
		throw error;
	}
}

function isRefusal({ finishReason, refusal }: ChatResult): boolean {
	return finishReason === 'content_filter' || refusal !== undefined;
}

function endWith(
	run: LoopRun,
	reason: 'truncated' | 'refused',
	answer: ChatResult,
): ToolLoopResult {
	const said = answer.text || (answer.refusal ?? '');
	if (said !== '') run.messages.push({ role: 'assistant', content: said });
	return loopResult(run, reason, said);
}

/** An empty answer is asked for once more. */
function askedAgain(run: LoopRun): boolean {
	const last = run.messages.at(-1);
	if (last?.role === 'user' && last.content === EMPTY_ANSWER) return false;
	run.messages.push({ role: 'user', content: EMPTY_ANSWER });
	return true;
}

async function takeTurn(
	run: LoopRun,
	answer: ChatResult,
	asked: readonly ToolCall[],
): Promise<ToolLoopResult | 'stuck' | undefined> {
	const calls = uniqueIds(asked, usedIds(run.messages));
	run.messages.push({
		role: 'assistant',
		content: answer.text === '' ? null : answer.text,
		tool_calls: calls.map(toMessageCall),
	});
	const { contents, pending, stuck } = await runCalls(run, calls);
	if (pending.length > 0) return awaitingResult(run, { pending, contents });
	for (const { id } of calls) {
		run.messages.push({ role: 'tool', tool_call_id: id, content: contents.get(id) ?? '' });
	}
	return stuck ? 'stuck' : undefined;
}

/** A history whose arguments are no JSON object, or whose names are illegal, is refused by Claude. */
function toMessageCall({ id, name, arguments: text }: ToolCall) {
	const parsed = parseArguments(text);
	const legalName = name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'unnamed';
	const args = JSON.stringify(parsed.ok ? parsed.value : {});
	return { id, type: 'function' as const, function: { name: legalName, arguments: args } };
}
