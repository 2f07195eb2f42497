import { isRecord } from '../lib/isRecord';
import { tryJson } from '../json/tryJson';

/** Contents in the format of OpenTelemetry's conventions; spans take them as JSON text. */

interface ContentMessage {
	role: string;
	parts: object[];
	finish_reason?: string;
}

/** A message in OpenAI's format; images are named, not included. */
export function messageParts(message: object): ContentMessage {
	const {
		role,
		content,
		tool_calls: calls,
		tool_call_id: id,
	}: Record<string, unknown> = {
		...message,
	};
	const parts = Array.isArray(content) ? content.map(contentPart) : textParts(content);
	const said = role === 'tool' ? [{ type: 'tool_call_response', id, response: content }] : parts;
	const made = Array.isArray(calls) ? calls.filter(isRecord).map(callPart) : [];
	return { role: typeof role === 'string' ? role : '', parts: [...said, ...made] };
}

function textParts(content: unknown): object[] {
	return typeof content === 'string' && content !== '' ? [{ type: 'text', content }] : [];
}

function contentPart(part: unknown): object {
	const { type, text, image_url: image } = isRecord(part) ? part : {};
	if (type === 'text') return { type, content: text };
	const uri = isRecord(image) ? image.url : undefined;
	const isLink = typeof uri === 'string' && !uri.startsWith('data:');
	return isLink ? { type: 'uri', modality: 'image', uri } : { type: String(type) };
}

function callPart({ id, function: called }: Record<string, unknown>): object {
	const { name, arguments: text } = isRecord(called) ? called : {};
	return { type: 'tool_call', id, name, arguments: argumentsIn(text) };
}

const argumentsIn = (text: unknown) => (typeof text === 'string' ? (tryJson(text) ?? text) : text);

/** A tool call by the model. */
export interface TracedCall {
	id: string;
	name: string;
	/** JSON text. */
	arguments: string;
}

/** What a model said. */
interface Said {
	text: string;
	finishReason: string;
	toolCalls?: TracedCall[];
}

/** What a span needs from an answer. */
export interface TracedAnswer extends Said {
	id: string;
	model: string;
	retries: number;
}

/** An answer in the same form. */
export function answerParts({ text, finishReason, toolCalls = [] }: Said): ContentMessage {
	const calls = toolCalls.map(({ id, name, arguments: args }) => ({
		...{ type: 'tool_call', id, name, arguments: argumentsIn(args) },
	}));
	return {
		role: 'assistant',
		parts: [...textParts(text), ...calls],
		finish_reason: finishReason,
	};
}

/** What is not JSON is only described. */
export function contentJson(value: unknown): string {
	try {
		return JSON.stringify(value) ?? '';
	} catch {
		return '(no JSON)';
	}
}
