import { findModel } from '../../core/models';
import type { ChatBody } from '../contract/chatBody';
import { refuseAsClaude, type Refusal } from '../contract/refusal';
import type { AnswerReply, CountedUsage, ScriptedCall } from '../reply';

/** A whole completion, before it is written as JSON or as chunks. */
export interface Answer {
	id: string;
	created: number;
	model: string;
	text: string | null;
	refusal: string | null;
	toolCalls: { id: string; name: string; arguments: string }[];
	finishReason: string;
	usage: CountedUsage | null;
}

/** Fills in what the reply leaves out. */
export function toAnswer(reply: AnswerReply, body: ChatBody, n: number): Answer {
	const calls = reply.toolCalls ?? [];
	const ids = newCallIds(body, n);
	const toolCalls = calls.map((call) => ({
		id: call.id ?? ids(),
		name: call.name,
		arguments: argumentsText(call),
	}));
	const speechless = calls.length > 0 || reply.refusal !== undefined;
	const text = reply.text ?? (speechless ? null : '');
	return {
		id: `chatcmpl-tokenhub-${String(n + 1).padStart(6, '0')}`,
		created: Math.floor(Date.now() / 1000),
		model: reply.model ?? findModel(body.model)?.id ?? body.model,
		text,
		refusal: reply.refusal ?? null,
		toolCalls,
		finishReason: reply.finishReason ?? (calls.length > 0 ? 'tool_calls' : 'stop'),
		usage: reply.usage === null ? null : countUsage(body, [text, ...toolCalls], reply.usage),
	};
}

export function argumentsText(call: ScriptedCall): string {
	return typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments);
}

/** Creates call ids that the conversation does not contain yet: it may come from another gateway. */
function newCallIds({ messages }: ChatBody, n: number): () => string {
	const taken = new Set(
		messages.flatMap((message) =>
			message.role === 'assistant' ? (message.tool_calls ?? []).map((call) => call.id) : [],
		),
	);
	let count = 0;
	return () => {
		let id: string;
		do {
			count += 1;
			id = `call_${String(n + 1).padStart(6, '0')}_${count}`;
		} while (taken.has(id));
		return id;
	};
}

export const CHARACTERS_PER_TOKEN = 4;

/** An estimate, about one token per four characters: the same request always counts the same. */
export function countUsage(
	body: ChatBody,
	output: unknown[],
	known: Partial<CountedUsage> = {},
): CountedUsage {
	const promptTokens = known.promptTokens ?? estimate([body.messages, body.tools]);
	const completionTokens = known.completionTokens ?? estimate(output);
	const totalTokens = known.totalTokens ?? promptTokens + completionTokens;
	return { ...known, promptTokens, completionTokens, totalTokens };
}

function estimate(values: unknown[]): number {
	const characters = values
		.filter((value) => value !== undefined && value !== null)
		.map((value) => (typeof value === 'string' ? value : JSON.stringify(value, withoutImages)))
		.reduce((sum, text) => sum + [...text].length, 0);
	return Math.max(1, Math.ceil(characters / CHARACTERS_PER_TOKEN));
}

/** The bytes of an image are not text: a data URI would count as a book. */
function withoutImages(key: string, value: unknown): unknown {
	return key === 'image_url' ? 'image' : value;
}

/** Claude's own message about a prompt that does not fit into a model. */
export function checkWindow(body: ChatBody, windowTokens = Infinity): Refusal | undefined {
	if (windowTokens === Infinity) return undefined;
	const { promptTokens } = countUsage(body, []);
	if (promptTokens > windowTokens) {
		const words = `prompt is too long: ${promptTokens} tokens > ${windowTokens} maximum`;
		return refuseAsClaude('messages', words);
	}
	const answer = body.max_tokens ?? 0;
	if (promptTokens + answer <= windowTokens) return undefined;
	const sum = `${promptTokens} + ${answer} > ${windowTokens}`;
	return refuseAsClaude(
		'max_tokens',
		`input length and \`max_tokens\` exceed context limit: ${sum}, decrease input length or \`max_tokens\` and try again`,
	);
}
