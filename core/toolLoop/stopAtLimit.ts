import type { ChatResult } from '../chat/chatResult';
import { TokenHubError } from '../errors';
import { askModel, withRunFacts } from './askModel';
import { LIMIT_REACHED } from './faultMessages';
import { loopResult, type ToolLoopResult } from './loopResult';
import type { LoopRun } from './loopRun';
import type { StopReason } from './stopReason';

const LIMIT_NAMES: Partial<Record<StopReason, string>> = {
	maxIterations: 'Max Iterations',
	maxToolCalls: 'Max Tool Calls',
	tokenBudget: 'Max Total Tokens',
	costBudget: 'Max Cost',
	deadline: 'Deadline',
	repeatedCalls: 'Repeat Limit',
};

/** Ends a run at a limit as `onLimit` says. A cancelled run sends nothing more, whatever it says. */
export async function stopAtLimit(
	run: LoopRun,
	reason: StopReason,
	finish: (answer: ChatResult, reason: StopReason) => Promise<ToolLoopResult>,
): Promise<ToolLoopResult> {
	const { onLimit } = run.request;
	if (reason === 'cancelled' || onLimit === 'return') return loopResult(run, reason, lastText(run));
	if (onLimit === 'error') throw withRunFacts(limitError(reason), run);
	run.messages.push({ role: 'user', content: LIMIT_REACHED });
	return await finish(await askModel(run, true), reason);
}

function limitError(reason: StopReason): TokenHubError {
	const name = LIMIT_NAMES[reason] ?? reason;
	return new TokenHubError('budget', `The tool loop reached its limit: ${name} (${reason}).`, {
		hint: `Raise ${name}, or set On Limit to Answer or Return.`,
	});
}

function lastText({ messages }: LoopRun): string {
	const said = messages.findLast((message) => message.role === 'assistant' && message.content);
	return typeof said?.content === 'string' ? said.content : '';
}
