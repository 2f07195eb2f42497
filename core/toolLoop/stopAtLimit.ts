import type { ChatResult } from '../chat/chatResult';
import { TokenHubError } from '../errors';
import { isBlank } from '../text';
import { askModel } from './askModel';
import { spendingLimit } from './limits';
import { EMPTY_ANSWER, LIMIT_REACHED } from './messagesToModel';
import { loopResult, type ToolLoopResult } from './loopResult';
import type { LoopRun } from './loopRun';
import type { LIMITS, StopReason } from './stopReason';

const LIMIT_NAMES: Partial<Record<StopReason, string>> = {
	maxIterations: 'Max Iterations',
	maxToolCalls: 'Max Tool Calls',
	tokenBudget: 'Max Total Tokens',
	costBudget: 'Max Cost',
	deadline: 'Deadline',
	repeatedCalls: 'Repeat Limit',
} satisfies Record<(typeof LIMITS)[number], string>;

/** Ends a run at a limit as `onLimit` says. A cancelled run sends nothing more, whatever it says. */
export async function stopAtLimit(
	run: LoopRun,
	reason: StopReason,
	finish: (answer: ChatResult, reason: StopReason) => Promise<ToolLoopResult>,
): Promise<ToolLoopResult> {
	const { onLimit } = run.request;
	if (reason === 'cancelled' || onLimit === 'return')
		return loopResult(run, reason, lastWords(run));
	// Others may have spent what they share before this loop has begun: it has no last answer to give.
	const isShared = reason === 'costBudget' || reason === 'tokenBudget';
	const hasBegun = !isShared || run.spending.requests > 0;
	if (onLimit === 'error' || !hasBegun) throw limitError(reason);
	return await finish(await lastAnswer(run), reason);
}

/** Without tools; asked once more when it is empty. */
async function lastAnswer(run: LoopRun): Promise<ChatResult> {
	run.change = undefined;
	run.messages.push({ role: 'user', content: LIMIT_REACHED });
	const answer = await askModel(run, true);
	if (!isBlank(answer.text) || spendingLimit(run)) return answer;
	run.messages.push({ role: 'user', content: EMPTY_ANSWER });
	return await askModel(run, true);
}

function limitError(reason: StopReason): TokenHubError {
	const name = LIMIT_NAMES[reason] ?? reason;
	return new TokenHubError('budget', `The tool loop reached its limit: ${name} (${reason}).`, {
		hint: `Raise ${name}, or set On Limit to Answer or Return.`,
	});
}

/** A text is not a value of an output schema. */
export function lastWords({ messages, request }: LoopRun): string | null {
	if (request.outputSchema) return null;
	const said = messages.findLast((message) => message.role === 'assistant' && message.content);
	return typeof said?.content === 'string' ? said.content : '';
}
