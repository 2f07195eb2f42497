import { chat } from '../chat/chat';
import type { ChatRequest } from '../chat/chatRequest';
import type { ChatResult } from '../chat/chatResult';
import { collectStream, streamChat } from '../chat/streamChat';
import { TokenHubError, withFacts } from '../errors';
import { addSpending } from '../usage';
import type { LoopRun } from './loopRun';
import { toFunctionTool } from './tool';

/**
 * The model's next turn. `toolFree` keeps the tools in the request, since a history with tool calls
 * is refused without them, and forbids their use.
 * @throws TokenHubError with the steps and the spending of the whole run.
 */
export async function askModel(run: LoopRun, toolFree: boolean): Promise<ChatResult> {
	run.options.onEvent?.({ type: 'request', iteration: run.iterations + 1 });
	const request = turnRequest(run, toolFree);
	const signal = toolFree ? run.options.signal : run.signal;
	try {
		const answer = await (run.request.stream
			? streamed(run, request)
			: chat(run.client, request, { signal }));
		run.iterations += toolFree ? 0 : 1;
		run.spending = addSpending(run.spending, answer);
		run.answeredBy = answer.model;
		return answer;
	} catch (error) {
		throw error instanceof TokenHubError ? withRunFacts(error, run) : error;
	}
}

async function streamed(run: LoopRun, request: ChatRequest): Promise<ChatResult> {
	return await collectStream(watched(run, request));
}

async function* watched(run: LoopRun, request: ChatRequest) {
	for await (const event of streamChat(run.client, request, { signal: run.signal })) {
		if (event.type === 'text') run.options.onEvent?.(event);
		yield event;
	}
}

function turnRequest(run: LoopRun, toolFree: boolean): ChatRequest {
	const { model, maxTokens, temperature, topP, stop, user } = run.request;
	return {
		...{ model, maxTokens, temperature, topP, stop, user },
		messages: run.messages,
		tools: [...run.tools.values()].map(toFunctionTool),
		toolChoice: toolFree ? 'none' : firstChoice(run),
	};
}

/** A forced choice counts for the first turn only: kept, it would never let the model answer. */
function firstChoice({ request, iterations }: LoopRun): ChatRequest['toolChoice'] {
	const { toolChoice } = request;
	if (iterations > 0 || toolChoice === undefined) return undefined;
	if (typeof toolChoice === 'string') return toolChoice;
	return { type: 'function', function: toolChoice };
}

/** What was run and paid for travels with the error. */
export function withRunFacts(error: TokenHubError, run: LoopRun): TokenHubError {
	const { usage, costUsd } = run.spending;
	return withFacts(error, { steps: run.steps, usage, costUsd });
}
