import { completeChat } from '../chat/chat';
import type { ChatRequest } from '../chat/chatRequest';
import type { ChatResult } from '../chat/chatResult';
import { chatEvents, collectStream } from '../chat/streamChat';
import { tell, type LoopRun } from './loopRun';
import { offeredName } from './offeredTools';
import { toFunctionTool } from './tool';
import { withoutRefusedTools } from './withoutRefusedTools';

/**
 * The model's next turn. `toolFree` keeps the tools in the request, since a history with tool calls
 * is refused without them, and forbids their use.
 * @throws TokenHubError
 */
export async function askModel(run: LoopRun, toolFree: boolean): Promise<ChatResult> {
	tell(run, { type: 'request', iteration: run.iterations + 1 });
	const answer = await withoutRefusedTools(run, () => answerOf(run, toolFree));
	run.iterations += toolFree ? 0 : 1;
	run.answeredBy = answer.model;
	return answer;
}

async function answerOf(run: LoopRun, toolFree: boolean): Promise<ChatResult> {
	const request = turnRequest(run, toolFree);
	const signal = toolFree ? run.options.signal : run.signal;
	const call = { signal, ledger: run.ledger };
	return await (run.request.stream
		? collectStream(chatEvents(run.client, request, call), (delta) =>
				tell(run, { type: 'text', delta }),
			)
		: completeChat(run.client, request, call));
}

function turnRequest(run: LoopRun, toolFree: boolean): ChatRequest {
	const { model, maxTokens, temperature, topP, stop, user } = run.request;
	return {
		...{ model, maxTokens, temperature, topP, stop, user },
		messages: run.messages,
		tools: [...run.tools].map(([name, tool]) => toFunctionTool(tool, name)),
		toolChoice: toolFree ? 'none' : firstChoice(run),
	};
}

/** A forced choice counts for the first turn only: kept, it would never let the model answer. */
function firstChoice({ request, iterations, tools }: LoopRun): ChatRequest['toolChoice'] {
	const { toolChoice } = request;
	if (iterations > 0 || toolChoice === undefined) return undefined;
	if (typeof toolChoice === 'string') return toolChoice;
	const name = offeredName(tools, toolChoice.name) ?? toolChoice.name;
	return { type: 'function', function: { name } };
}
