import { perObject } from '../perObject';
import { wellFormedJson } from '../wellFormed';
import type { ToolCall } from './chatResult';
import type { AssistantMessage } from './messages';
import { argumentsIn } from './parseArguments';
import { legalToolName } from './toolName';

type MessageCall = NonNullable<AssistantMessage['tool_calls']>[number];

/** One object for each call of a message, by which its arguments are known. */
export const toToolCall = perObject(
	({ id, function: { name, arguments: text } }: MessageCall): ToolCall => ({
		id,
		name,
		arguments: text,
	}),
);

/** A history whose arguments are no JSON object, or whose names are illegal, is refused by Claude. */
export function toMessageCall(call: ToolCall): MessageCall {
	const { id, name } = call;
	const parsed = argumentsIn(call);
	const args = parsed.ok ? wellFormedJson(parsed.json) : '{}';
	return { id, type: 'function', function: { name: legalToolName(name), arguments: args } };
}
