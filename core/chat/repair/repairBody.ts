import { isRecord } from '../../isRecord';
import { wellFormed } from '../../wellFormed';
import { DEFAULT_MAX_TOKENS, NEVER_BOTH, PARAMETERS } from '../parameters';
import { repairConversation } from './repairConversation';

/** TokenHub's documented parameters. */
const KNOWN = new Set<string>([
	...['messages', 'stream', 'stream_options'],
	...Object.values(PARAMETERS).map(({ wire }) => wire),
]);
const [KEPT, LEFT_OUT] = [PARAMETERS[NEVER_BOTH[0]].wire, PARAMETERS[NEVER_BOTH[1]].wire];

/**
 * A request of another OpenAI client as TokenHub's contract has it: what is not documented is left
 * out, `max_tokens` is always there, never temperature beside top_p, and the conversation is one that
 * a strict endpoint takes.
 */
export function repairBody(body: Record<string, unknown>): Record<string, unknown> {
	const isSent = (key: string) => KNOWN.has(key) && !(key === LEFT_OUT && body[KEPT] !== undefined);
	return wellFormed({
		...Object.fromEntries(Object.entries(body).filter(([key]) => isSent(key))),
		max_tokens: body.max_tokens ?? body.max_completion_tokens ?? DEFAULT_MAX_TOKENS,
		...messagesOf(body),
		...repairTools(body),
		...repairFormat(body.response_format),
	});
}

function messagesOf({ messages, tools }: Record<string, unknown>): object {
	if (!Array.isArray(messages)) return {};
	const list: unknown[] = Array.isArray(tools) ? tools : [];
	const names = list.flatMap((tool): string[] => {
		const { name } = isRecord(tool) && isRecord(tool.function) ? tool.function : {};
		return typeof name === 'string' ? [name] : [];
	});
	const offered = new Map(names.map((name) => [name, name]));
	const { messages: repaired } = repairConversation(messages, {
		hasTools: list.length > 0,
		offered,
	});
	return { messages: repaired };
}

function repairTools({ tools, tool_choice: choice }: Record<string, unknown>): object {
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
function repairFormat(format: unknown): object {
	return isRecord(format) && format.type === 'json_schema'
		? { response_format: { type: 'json_object' } }
		: {};
}
