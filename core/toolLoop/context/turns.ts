import type { AssistantMessage, Message, ToolMessage } from '../../chat/messages';

/** Where the turns begin: each with what the model said. */
export function turnStarts(said: readonly Message[]): number[] {
	return said.flatMap(({ role }, at) => (role === 'assistant' ? [at] : []));
}

/**
 * Where the last two turns begin, which are sent as they are. Turns with calls count, as long as the
 * question at hand has two of them.
 */
export function recentFrom(said: readonly Message[], history: number): number {
	const starts = turnStarts(said);
	const calling = starts.filter((at) => at >= history && callsOf(said[at]).length > 0);
	return (calling.length >= 2 ? calling : starts).at(-2) ?? 0;
}

export function callsOf(message: Message | undefined): NonNullable<AssistantMessage['tool_calls']> {
	return message?.role === 'assistant' ? (message.tool_calls ?? []) : [];
}

/** The call that a result answers, which stands before it. */
export function callOf(said: readonly Message[], at: number) {
	const result = said[at];
	const start = said.findLastIndex(({ role }, index) => index < at && role === 'assistant');
	return callsOf(said[start]).find(({ id }) => id === idOf(result));
}

function idOf(message: Message | undefined): ToolMessage['tool_call_id'] | undefined {
	return message?.role === 'tool' ? message.tool_call_id : undefined;
}
