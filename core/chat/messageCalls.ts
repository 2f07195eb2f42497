import { wellFormedJson } from '../wellFormed';
import type { ToolCall } from './chatResult';
import type { AssistantMessage } from './messages';
import { parseArguments } from './parseArguments';
import { legalToolName } from './toolName';

type MessageCall = NonNullable<AssistantMessage['tool_calls']>[number];

export function toToolCall({ id, function: { name, arguments: text } }: MessageCall): ToolCall {
	return { id, name, arguments: text };
}

/** A history whose arguments are no JSON object, or whose names are illegal, is refused by Claude. */
export function toMessageCall({ id, name, arguments: text }: ToolCall): MessageCall {
	const parsed = parseArguments(text);
	const args = parsed.ok ? wellFormedJson(parsed.json) : '{}';
	return { id, type: 'function', function: { name: legalToolName(name), arguments: args } };
}
