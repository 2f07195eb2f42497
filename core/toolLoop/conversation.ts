import type { ToolCall } from '../chat/chatResult';
import type { AssistantMessage, Content, Message, ToolMessage } from '../chat/messages';
import { toToolCall } from '../chat/toolCalls';
import type { LoopRun } from './loopRun';

/** Without system messages. */
export function spoken(messages: readonly Message[]): Message[] {
	return messages.filter(({ role }) => role !== 'system');
}

/** How many messages, not counting system messages, come before the last one of a user. */
export function lastQuestion(messages: readonly Message[]): number {
	return Math.max(
		0,
		spoken(messages).findLastIndex(({ role }) => role === 'user'),
	);
}

/** The messages of this run: its question, the calls with their results, and the answer. */
export function turnOf({ messages, history }: Pick<LoopRun, 'messages' | 'history'>): Message[] {
	return spoken(messages).slice(history);
}

/** The calls of the last turn. */
export function openCalls(messages: readonly Message[]): ToolCall[] {
	const last = messages.at(-1);
	const calls = last?.role === 'assistant' ? (last.tool_calls ?? []) : [];
	return calls.map(toToolCall);
}

/** Where the turns begin: at the model's messages. */
export function turnStarts(said: readonly Message[]): number[] {
	return said.flatMap(({ role }, at) => (role === 'assistant' ? [at] : []));
}

/**
 * Where the last two turns begin, which are sent unchanged. Only turns with calls count, as long as the
 * current question has two of them.
 */
export function recentFrom(said: readonly Message[], history: number): number {
	const starts = turnStarts(said);
	const calling = starts.filter((at) => at >= history && callsOf(said[at]).length > 0);
	return (calling.length >= 2 ? calling : starts).at(-2) ?? 0;
}

export function callsOf(message: Message | undefined): NonNullable<AssistantMessage['tool_calls']> {
	return message?.role === 'assistant' ? (message.tool_calls ?? []) : [];
}

/** The call before a result that it answers. */
export function callOf(said: readonly Message[], at: number) {
	const result = said[at];
	const start = said.findLastIndex(({ role }, index) => index < at && role === 'assistant');
	return callsOf(said[start]).find(({ id }) => id === idOf(result));
}

function idOf(message: Message | undefined): ToolMessage['tool_call_id'] | undefined {
	return message?.role === 'tool' ? message.tool_call_id : undefined;
}

export function resultIds(messages: readonly Message[]): Set<string> {
	return new Set(messages.flatMap((one) => (one.role === 'tool' ? [one.tool_call_id] : [])));
}

export function textOf(content: Content): string {
	if (typeof content === 'string') return content;
	return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

export function imagesOf(content: Content): number {
	if (typeof content === 'string') return 0;
	return content.filter(({ type }) => type === 'image_url').length;
}
