import type { WireCompletion, WireUsage } from '../client/wire';
import { findModel, priceOf } from '../models';
import { toolArguments } from './toolArguments';
import type { Fallback, Spending, Usage } from '../usage';

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
	/** Calls that the model asks for, when there are any. */
	toolCalls?: ToolCall[];
	/** Milliseconds, retries and waits included. */
	latencyMs: number;
	/** The gateway's answer word for word, when `includeRaw` was set. */
	raw?: unknown;
	/** The words of a refusal, when the model gave any. */
	refusal?: string;
}

export interface Answered {
	requestedModel: string;
	retries: number;
	latencyMs: number;
	fallbacks?: Fallback[];
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
		finishReason: choice?.finish_reason ?? 'stop',
		id: completion.id,
		model: completion.model || answered.requestedModel,
		...answerSpending(completion, answered),
		latencyMs: answered.latencyMs,
		...(toolCalls.length > 0 ? { toolCalls } : {}),
		...(choice?.message.refusal ? { refusal: choice.message.refusal } : {}),
	};
}

function answerSpending(completion: WireCompletion, answered: Answered): Spending {
	const usage = toUsage(completion.usage);
	const priced = findModel(completion.model) ? completion.model : answered.requestedModel;
	return {
		usage,
		// An answer that counts no tokens has a price, but nobody knows it.
		costUsd: completion.usage ? priceOf(priced, usage) : null,
		requests: 1,
		retries: answered.retries,
		...(answered.fallbacks ? { fallbacks: answered.fallbacks } : {}),
	};
}

function toUsage(usage: WireUsage): Usage {
	const promptTokens = wholeCount(usage?.prompt_tokens ?? 0);
	const completionTokens = wholeCount(usage?.completion_tokens ?? 0);
	const totalTokens = wholeCount(usage?.total_tokens ?? promptTokens + completionTokens);
	return { promptTokens, completionTokens, totalTokens };
}

/** A gateway that counts below zero would give the caller's budget something back. */
function wholeCount(tokens: number): number {
	return Math.min(Math.max(0, Math.round(tokens)), 1e12);
}
