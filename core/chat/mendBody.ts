import { z } from 'zod/v4';
import { isRecord } from '../isRecord';
import { mendConversation } from './mendConversation';
import { messageSchema } from './messages';

/** TokenHub's documented parameters. */
const KNOWN = new Set([
	...['model', 'messages', 'max_tokens', 'temperature', 'top_p', 'stream', 'stream_options'],
	...['stop', 'tools', 'tool_choice', 'response_format', 'user'],
]);

/**
 * A request of another OpenAI client as TokenHub's contract has it: what is not documented is left
 * out, `max_tokens` is always there, never temperature beside top_p, and the conversation is one that
 * a strict endpoint takes.
 */
export function mendBody(body: Record<string, unknown>): Record<string, unknown> {
	const known = Object.fromEntries(Object.entries(body).filter(([key]) => KNOWN.has(key)));
	const { temperature, top_p: _topP, ...withoutTopP } = known;
	return {
		...(temperature === undefined ? known : { ...withoutTopP, temperature }),
		max_tokens: body.max_tokens ?? body.max_completion_tokens ?? 1024,
		...(Array.isArray(body.messages) ? { messages: mendMessages(body.messages) } : {}),
		...mendTools(body),
		...mendFormat(body.response_format),
	};
}

const messagesSchema = z.array(messageSchema);

function mendMessages(messages: readonly unknown[]): unknown[] {
	const read = messagesSchema.safeParse(messages.map(plainMessage));
	return read.success ? mendConversation(read.data).messages : [...messages];
}

const KEYS = new Set(['role', 'content', 'tool_calls', 'tool_call_id']);

function plainMessage(message: unknown): unknown {
	if (!isRecord(message)) return message;
	const own = Object.fromEntries(
		Object.entries(message).filter(([key, value]) => KEYS.has(key) && value !== undefined),
	);
	const isEmpty = Array.isArray(own.content) && own.content.length === 0;
	const role = own.role === 'developer' ? 'system' : own.role;
	const { tool_calls: calls, ...rest } = own;
	return {
		...rest,
		role,
		...(isEmpty ? { content: role === 'assistant' ? null : '' } : {}),
		...(Array.isArray(calls) && calls.length > 0 ? { tool_calls: calls.map(plainCall) } : {}),
	};
}

function plainCall(call: unknown): unknown {
	if (!isRecord(call)) return call;
	const { id, type, function: called } = call;
	return { id, type, function: called };
}

function mendTools({ tools, tool_choice: choice }: Record<string, unknown>): object {
	if (!Array.isArray(tools) || tools.length === 0)
		return { tools: undefined, tool_choice: undefined };
	return {
		tools: tools.map(plainTool),
		...(choice === 'any' ? { tool_choice: 'required' } : {}),
	};
}

function plainTool(tool: unknown): unknown {
	if (!isRecord(tool) || !isRecord(tool.function)) return tool;
	const { name, description, parameters } = tool.function;
	const schema = isRecord(parameters)
		? { type: 'object', ...parameters, $schema: undefined }
		: undefined;
	return { type: tool.type, function: { name, description, parameters: schema } };
}

/** `json_schema` is not documented: JSON is asked for, and the client checks it. */
function mendFormat(format: unknown): object {
	return isRecord(format) && format.type === 'json_schema'
		? { response_format: { type: 'json_object' } }
		: {};
}
