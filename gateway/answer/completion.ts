import type { CountedUsage } from '../reply';
import type { Answer } from './answer';

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

const POINTS_PER_DELTA = 8;

/** The answer as server-sent events, in the order OpenAI sends them. */
export function completionEvents(answer: Answer, includeUsage: boolean): string[] {
	const choices = [
		{ delta: { role: 'assistant', content: '' }, finish_reason: null },
		...deltas(answer).map((delta) => ({ delta, finish_reason: null })),
		{ delta: {}, finish_reason: answer.finishReason },
	];
	const { id, created, model, usage } = answer;
	const head = { id, object: 'chat.completion.chunk', created, model };
	const chunks: object[] = choices.map((choice) => ({
		...head,
		choices: [{ index: 0, logprobs: null, ...choice }],
		...(includeUsage ? { usage: null } : {}),
	}));
	if (includeUsage && usage) chunks.push({ ...head, choices: [], usage: usageJson(usage) });
	return [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map(
		(data) => `data: ${data}\n\n`,
	);
}

function deltas({ text, refusal, toolCalls }: Answer): object[] {
	return [
		...fragments(text ?? '').map((content) => ({ content })),
		...fragments(refusal ?? '').map((part) => ({ refusal: part })),
		...toolCalls.flatMap(callDeltas),
	];
}

function callDeltas({ id, name, arguments: text }: Answer['toolCalls'][number], index: number) {
	const opening = { index, id, type: 'function', function: { name, arguments: '' } };
	const rest = fragments(text).map((part) => ({ index, function: { arguments: part } }));
	return [opening, ...rest].map((call) => ({ tool_calls: [call] }));
}

/** Splits between code points: half a surrogate pair is not text. */
function fragments(text: string): string[] {
	const points = [...text];
	const count = Math.ceil(points.length / POINTS_PER_DELTA);
	return Array.from({ length: count }, (_, index) =>
		points.slice(index * POINTS_PER_DELTA, (index + 1) * POINTS_PER_DELTA).join(''),
	);
}

function usageJson(usage: CountedUsage): object {
	const { promptTokens, completionTokens, totalTokens, cachedTokens, cost } = usage;
	return {
		prompt_tokens: promptTokens,
		completion_tokens: completionTokens,
		total_tokens: totalTokens,
		...(cost === undefined ? {} : { cost }),
		...(cachedTokens === undefined
			? {}
			: { prompt_tokens_details: { cached_tokens: cachedTokens } }),
	};
}
