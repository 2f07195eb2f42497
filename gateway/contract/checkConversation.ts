import { isRecord } from '../../core/isRecord';
import { parseJson } from '../parseJson';
import type { ChatBody } from './chatBody';
import type { Message } from './messages';
import { refuse, type Refusal } from './refusal';

interface Progress {
	/** Every call id so far. */
	known: Set<string>;
	/** Calls of the last assistant message that wait for their tool message, in order. */
	open: string[];
}

/** Claude's own rules: each tool call is answered at once, exactly once, in the order issued. */
export function checkConversation({ messages, tools }: ChatBody): Refusal | undefined {
	const progress: Progress = { known: new Set(), open: [] };
	for (const [index, message] of messages.entries()) {
		const at = `messages[${index}]`;
		const refusal = checkToolMessage(message, progress, at) ?? checkCalls(message, progress, at);
		if (refusal) return refusal;
		if (!tools && (message.role === 'tool' || callsOf(message).length > 0)) {
			return refuse('tools', `must be given, because ${at} uses tools`);
		}
	}
	if (progress.open.length === 0) return undefined;
	return unanswered(`messages[${messages.length - 1}]`, progress.open);
}

function checkToolMessage(message: Message, { open }: Progress, at: string): Refusal | undefined {
	if (message.role !== 'tool') return open.length > 0 ? unanswered(at, open) : undefined;
	const id = message.tool_call_id;
	if (open[0] === id) {
		open.shift();
		return undefined;
	}
	if (!open.includes(id)) {
		return refuse(at, `tool_call_id "${id}" answers no open tool call of the message before`);
	}
	return refuse(at, `tool_call_id "${id}" is out of order: "${open[0]}" was issued before it`);
}

function unanswered(at: string, open: string[]): Refusal {
	return refuse(at, `the tool calls ${open.map((id) => `"${id}"`).join(', ')} are not answered`);
}

function checkCalls(message: Message, { known, open }: Progress, at: string): Refusal | undefined {
	for (const [index, call] of callsOf(message).entries()) {
		const where = `${at}.tool_calls[${index}]`;
		if (known.has(call.id)) return refuse(`${where}.id`, `"${call.id}" is not unique`);
		if (!isRecord(parseJson(call.function.arguments))) {
			return refuse(`${where}.function.arguments`, 'must be the text of a JSON object');
		}
		known.add(call.id);
		open.push(call.id);
	}
	return undefined;
}

function callsOf(message: Message) {
	return message.role === 'assistant' ? (message.tool_calls ?? []) : [];
}
