import { randomUUID } from 'node:crypto';
import type { ToolCall } from './chatResult';
import type { Message } from './messages';

/** The same calls with ids that are neither empty nor used before in this conversation. */
export function uniqueIds(calls: readonly ToolCall[], used: Set<string>): ToolCall[] {
	return calls.map((call) => {
		const id = call.id === '' || used.has(call.id) ? `call_${randomUUID()}` : call.id;
		used.add(id);
		return { ...call, id };
	});
}

/** The ids of all calls in a conversation. */
export function usedIds(messages: readonly Message[]): Set<string> {
	return new Set(
		messages.flatMap((message) =>
			message.role === 'assistant' ? (message.tool_calls ?? []).map(({ id }) => id) : [],
		),
	);
}
