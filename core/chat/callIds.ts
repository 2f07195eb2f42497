import { randomUUID } from 'node:crypto';
import type { ToolCall } from './chatResult';
import type { Message } from './messages';

const randomId = () => `call_${randomUUID()}`;

/**
 * The same calls with ids that Claude takes, which are neither empty nor used before in this
 * conversation. Other models have ids such as `functions.add:0`.
 */
export function uniqueIds(
	calls: readonly ToolCall[],
	used: Set<string>,
	newId = randomId,
): ToolCall[] {
	return calls.map((call) => {
		const isLegal = /^[a-zA-Z0-9_-]+$/.test(call.id) && !used.has(call.id);
		const id = isLegal ? call.id : newId();
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
