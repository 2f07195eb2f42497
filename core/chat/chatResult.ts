import type { Spending } from '../usage';
import { usualReason, type WireCompletion } from '../wire/completion';

/** A call that the model asks for. `arguments` is the text that it wrote: not yet parsed or checked. */
export interface ToolCall {
	/** The id for the tool message that answers it. */
	id: string;
	/** The name of the tool. */
	name: string;
	/** JSON as the model wrote it. */
	arguments: string;
}

/** One answer, and what it cost. */
export interface ChatResult extends Spending {
	/** Empty if the model only calls tools. */
	text: string;
	/** `stop`, `length`, `tool_calls`, `content_filter`, or whatever else the gateway says. */
	finishReason: string;
	/** The gateway's id of the answer. */
	id: string;
	/** The model that answered. */
	model: string;
	/** Tool calls that the model asks for, if any. */
	toolCalls?: ToolCall[];
	/** Milliseconds, including retries and waits. */
	latencyMs: number;
	/** The gateway's answer word for word, if `includeRaw` was set. */
	raw?: unknown;
	/** The text of a refusal, if the model gave one. */
	refusal?: string;
	/** Repairs of the messages, if any. */
	warnings?: string[];
}

/** What `streamChat` yields: pieces of the text, whole tool calls, and at the end the result. */
export type ChatEvent =
	| { type: 'text'; delta: string }
	| ({ type: 'toolCall' } & ToolCall)
	| { type: 'done'; result: ChatResult };

interface Answered {
	requestedModel: string;
	spending: Spending;
	latencyMs: number;
	/** Repairs of the request. */
	warnings: string[];
}

export function toChatResult(completion: WireCompletion, answered: Answered): ChatResult {
	const [choice] = completion.choices;
	const { content = '', refusal = '', tool_calls: calls = [] } = choice?.message ?? {};
	const toolCalls = calls.map(({ id, function: called }) => ({ id, ...called }));
	return {
		text: content,
		finishReason: choice?.finish_reason ?? usualReason(calls),
		id: completion.id,
		model: completion.model || answered.requestedModel,
		...answered.spending,
		latencyMs: answered.latencyMs,
		...(toolCalls.length > 0 ? { toolCalls } : {}),
		...(refusal === '' ? {} : { refusal }),
		...(answered.warnings.length > 0 ? { warnings: answered.warnings } : {}),
	};
}
