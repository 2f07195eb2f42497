import type { Answer } from './answer';
import { usageJson } from './usageJson';

/** The answer as one `chat.completion` object. */
export function completionJson(answer: Answer): object {
	const { id, created, model, text, refusal, toolCalls, finishReason, usage } = answer;
	const calls = toolCalls.map(({ id: callId, ...call }) => ({
		id: callId,
		type: 'function',
		function: call,
	}));
	const message = {
		role: 'assistant',
		content: text,
		refusal,
		...(calls.length > 0 ? { tool_calls: calls } : {}),
	};
	return {
		id,
		object: 'chat.completion',
		created,
		model,
		choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
		...(usage ? { usage: usageJson(usage) } : {}),
	};
}
