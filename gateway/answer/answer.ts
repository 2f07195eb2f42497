import { findModel } from '../../core/models';
import type { Usage } from '../../core/usage';
import type { ChatBody } from '../contract/chatBody';
import type { AnswerReply, ScriptedCall } from '../reply';
import { countUsage } from './countUsage';
import { newCallIds } from './newCallIds';

/** A completion in full, before it is written as JSON or as chunks. */
export interface Answer {
	id: string;
	created: number;
	model: string;
	text: string | null;
	refusal: string | null;
	toolCalls: { id: string; name: string; arguments: string }[];
	finishReason: string;
	usage: Usage | null;
}

/** Fills in what the reply leaves open. */
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
