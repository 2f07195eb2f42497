import { isRecord } from '../isRecord';
import type { WireCall } from '../wire/wireCalls';
import type { WireUsage } from '../wire/wireUsage';
import type { WireCompletion } from '../wire/wire';
import { uniqueIds } from './callIds';

/** A call as the client knows it: under its own names. */
export type ReceiveCall = (call: WireCall) => WireCall;

/** What came, in OpenAI's form where that can be told. */
export function plainCompletion(
	raw: unknown,
	{ choices, usage, id, model }: WireCompletion,
	receive: ReceiveCall,
): object {
	const given = isRecord(raw) ? raw : {};
	const list: unknown[] = Array.isArray(given.choices) ? given.choices : [];
	return {
		...{ ...given, id, model, object: 'chat.completion' },
		choices: choices.map((choice, index) => ({
			...(isRecord(list[index]) ? list[index] : {}),
			...{ index, finish_reason: choice.finish_reason ?? usualReason(choice.message.tool_calls) },
			message: plainMessage(list[index], {
				...choice.message,
				tool_calls: choice.message.tool_calls.map(receive),
			}),
		})),
		usage: plainUsage(given.usage, usage),
	};
}

/** Of an answer that does not say why it ended. */
export function usualReason(calls: readonly WireCall[]): string {
	return calls.length > 0 ? 'tool_calls' : 'stop';
}

function plainMessage(
	choice: unknown,
	{ content, refusal, tool_calls: calls }: WireCompletion['choices'][number]['message'],
): object {
	const given = isRecord(choice) && isRecord(choice.message) ? choice.message : {};
	const { function_call: _legacy, ...message } = given;
	return {
		...{ ...message, role: 'assistant', content },
		...(refusal === '' ? {} : { refusal }),
		tool_calls: calls.length > 0 ? plainCalls(calls) : undefined,
	};
}

/** With ids that an agent can answer to. */
export function plainCalls(calls: readonly WireCall[]) {
	const named = calls.map(({ id, function: called }) => ({ id, ...called }));
	return uniqueIds(named, new Set()).map(({ id, ...called }, index) => ({
		...{ index, id, type: 'function', function: called },
	}));
}

/** What is not known is left out: a zero would be taken for a count. */
export function plainUsage(given: unknown, usage: WireUsage | undefined): object | undefined {
	const { prompt_tokens: sent, completion_tokens: written } = usage ?? {};
	if (sent === undefined || written === undefined) return undefined;
	const total = Math.max(usage?.total_tokens ?? 0, sent + written);
	const counts = { prompt_tokens: sent, completion_tokens: written, total_tokens: total };
	return { ...(isRecord(given) ? given : {}), ...counts };
}

/** An error in OpenAI's form. */
export function refusalBody(message: string, type: string): object {
	return { error: { message, type, param: null, code: null } };
}
