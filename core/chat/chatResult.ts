import type { WireCompletion } from '../wire/wire';
import { toolArguments } from './toolArguments';
import type { Spending } from '../usage';

/** A call that the model asks for. `arguments` is the text it wrote: not yet parsed or checked. */
export interface ToolCall {
	/** For the tool message that answers it. */
	id: string;
	/** Of the tool. */
	name: string;
	/** JSON as the model wrote it. */
	arguments: string;
}

/** One answer, and what it cost. */
export interface ChatResult extends Spending {
	/** Empty when the model only calls tools. */
	text: string;
	/** `stop`, `length`, `tool_calls`, `content_filter`, or what else the gateway says. */
	finishReason: string;
	/** The gateway's id of the answer. */
	id: string;
	/** The model that answered. */
	model: string;
	/** Tool calls that the model asks for, when there are any. */
	toolCalls?: ToolCall[];
	/** Milliseconds, retries and waits included. */
	latencyMs: number;
	/** The gateway's answer word for word, when `includeRaw` was set. */
	raw?: unknown;
	/** The words of a refusal, when the model gave any. */
	refusal?: string;
	/** What was repaired in the messages, when anything was. */
	warnings?: string[];
}

export interface Answered {
	requestedModel: string;
	spending: Spending;
	latencyMs: number;
	/** Of the request. */
	warnings: string[];
}

/** A gateway may pass Claude's own word on: calls that were cut must not run. */
function finishReason(said: string): string {
	return said === 'max_tokens' ? 'length' : said;
}

export function toChatResult(completion: WireCompletion, answered: Answered): ChatResult {
	const [choice] = completion.choices;
	const toolCalls = (choice?.message.tool_calls ?? []).map((call) => ({
		id: call.id ?? '',
		name: call.function.name,
		arguments: toolArguments(call.function.arguments),
	}));
	return {
		text: choice?.message.content ?? '',
		finishReason: finishReason(choice?.finish_reason ?? 'stop'),
		id: completion.id,
		model: completion.model || answered.requestedModel,
		...answered.spending,
		latencyMs: answered.latencyMs,
		...(toolCalls.length > 0 ? { toolCalls } : {}),
		...(choice?.message.refusal ? { refusal: choice.message.refusal } : {}),
		...(answered.warnings.length > 0 ? { warnings: answered.warnings } : {}),
	};
}
