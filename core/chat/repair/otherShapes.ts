import { isRecord } from '../../lib/isRecord';
import { exactJson } from '../../json/exactJson';
import { strictJson } from '../../json/readJson';
import { wordOr } from './pieces';

type Given = Record<string, unknown>;

/** How one client stores a message that has no OpenAI-like role and content. */
interface Shape {
	/** The name of the client. */
	name: string;
	/** The same as messages with role and content; undefined for any other shape. */
	read(this: void, given: Given): Given[] | undefined;
}

/** Only shapes that can be read in one way: the speaker is never guessed. */
const SHAPES: readonly Shape[] = [
	{ name: 'ShareGPT', read: ofShareGpt },
	{ name: 'Cohere', read: ofCohere },
	{ name: 'pydantic-ai', read: ofPydanticAi },
	{ name: 'LlamaIndex', read: ofLlamaIndex },
	{ name: 'Semantic Kernel', read: ofSemanticKernel },
	{ name: 'Semantic Kernel', read: ofSemanticKernelNet },
	{ name: 'AutoGen', read: ofAutoGen },
	{ name: 'Haystack', read: ofHaystack },
	{ name: 'ChatGPT', read: ofChatGpt },
	{ name: 'Claude.ai', read: ofClaudeAi },
	{ name: 'LibreChat', read: ofLibreChat },
];

/** The messages in the record of a turn, with role and content, and the client whose format it has. */
export function messagesIn(given: Given): { form?: string; messages: Given[] } {
	// Rows, transcripts and choices contain whole messages.
	const own = isUnmarked(given) && isRecord(given.message) ? given.message : given;
	for (const { name, read } of SHAPES) {
		const messages = read(own);
		if (messages) return { form: `a message of ${name}`, messages };
	}
	return own === given ? { messages: [own] } : { form: 'a message in a record', messages: [own] };
}

/** Why a message cannot be read, if its client is known. */
export function shapeProblem({ type, source }: Given): string | undefined {
	const isAgents = typeof source === 'string' && /^\w+(?:Message|Event)$/.test(wordOr(type));
	if (!isAgents) return undefined;
	return `AutoGen's ${wordOr(type)} has a source, "${source}", and no role: give each message a role`;
}

const isUnmarked = ({ role, content }: Given) => role === undefined && content === undefined;

const SPEAKERS: Partial<Record<string, string>> = {
	...{ human: 'user', user: 'user', system: 'system' },
	...{ gpt: 'assistant', chatgpt: 'assistant', assistant: 'assistant', model: 'assistant' },
	...{ function_call: 'assistant', observation: 'tool', function_response: 'tool', tool: 'tool' },
};

function ofShareGpt(given: Given): Given[] | undefined {
	const { from, value } = given;
	const role = SPEAKERS[wordOr(from)];
	if (!isUnmarked(given) || typeof value !== 'string' || role === undefined) return undefined;
	if (from !== 'function_call') return [{ role, content: value }];
	const read = strictJson(value);
	const calls = recordsIn(Array.isArray(read?.value) ? read.value : [read?.value]);
	if (calls.length === 0) return undefined;
	const made = calls.map(({ name, arguments: args }) => {
		return { name, arguments: exactJson(args ?? {}, read?.numbers) };
	});
	return [{ role, tool_calls: made }];
}

const COHERES: Partial<Record<string, string>> = {
	...{ USER: 'user', CHATBOT: 'assistant', SYSTEM: 'system', TOOL: 'tool' },
};

function ofCohere({ role, message, content, ...given }: Given): Given[] | undefined {
	const speaker = COHERES[wordOr(role).toUpperCase()];
	const { tool_results: results, tool_calls: calls } = given;
	const isTold = typeof message === 'string' || Array.isArray(results);
	if (content !== undefined || speaker === undefined || !isTold) return undefined;
	if (!Array.isArray(results)) {
		const made = recordsIn(calls).map(({ name, parameters, ...call }) => {
			return { name, arguments: parameters ?? call.arguments };
		});
		return [{ role: speaker, content: message, ...(made.length > 0 && { tool_calls: made }) }];
	}
	return recordsIn(results).map(({ call, outputs }) => ({
		...{ role: 'tool', name: isRecord(call) ? call.name : undefined },
		content: JSON.stringify(outputs),
	}));
}

/** A request contains what the user, the system and the tools say. */
function ofPydanticAi({ kind, parts, instructions }: Given): Given[] | undefined {
	if ((kind !== 'request' && kind !== 'response') || !Array.isArray(parts)) return undefined;
	const given = recordsIn(parts);
	if (given.some(({ part_kind: part }) => typeof part !== 'string')) return undefined;
	if (kind === 'response') return [{ role: 'assistant', content: given.map(spokenPart) }];
	const asked = given.map((part) => requestPart(part));
	return [...(instructions ? [{ role: 'system', content: instructions }] : []), ...asked];
}

function spokenPart({ part_kind: kind, ...part }: Given): Given {
	if (kind === 'text') return { type: 'text', text: part.content };
	if (kind === 'tool-call') return callPart(part.tool_call_id, part.tool_name, part.args);
	return { ...part, type: kind };
}

function requestPart({ part_kind: kind, content, ...part }: Given): Given {
	if (kind === 'system-prompt') return { role: 'system', content };
	const isAnswer = kind === 'tool-return' || (kind === 'retry-prompt' && part.tool_name);
	if (isAnswer) {
		return {
			...{ role: 'tool', tool_call_id: part.tool_call_id, name: part.tool_name },
			content: typeof content === 'string' ? content : JSON.stringify(content),
			...(kind === 'retry-prompt' && { is_error: true }),
		};
	}
	if (!Array.isArray(content)) return { role: 'user', content };
	return { role: 'user', content: content.map(shownPart) };
}

function shownPart(part: unknown): unknown {
	if (!isRecord(part)) return part;
	const { kind, media_type: mediaType, ...file } = part;
	if (kind === 'image-url') return { type: 'image', url: file.url };
	return kind === 'binary'
		? { ...file, type: 'file', mediaType }
		: { ...file, mediaType, type: kind };
}

function ofLlamaIndex({ role, blocks, content: _content, ...given }: Given): Given[] | undefined {
	const parts = recordsIn(blocks);
	const isIts = parts.length > 0 && parts.every(({ block_type: type }) => typeof type === 'string');
	if (!isIts) return undefined;
	const { additional_kwargs: more } = given;
	const kept = isRecord(more) ? more : {};
	return [{ ...kept, role, content: parts.map(blockPart) }];
}

function blockPart({ block_type: type, ...block }: Given): Given {
	if (type === 'tool_call') {
		return callPart(block.tool_call_id, block.tool_name, block.tool_kwargs);
	}
	if (type === 'image') {
		const { image, url, image_mimetype: mediaType } = block;
		return { type, image: image ?? url, mediaType };
	}
	if (type === 'document') {
		const { data, url, title, document_mimetype: mediaType } = block;
		return { type, data: data ?? url, title, mediaType };
	}
	return { ...block, type };
}

function ofSemanticKernel({ role, items }: Given): Given[] | undefined {
	const parts = recordsIn(items);
	const isIts =
		parts.length > 0 && parts.every(({ content_type: type }) => typeof type === 'string');
	if (!isIts) return undefined;
	return [{ role, content: parts.map(itemPart) }];
}

function itemPart({ content_type: type, ...item }: Given): Given {
	if (type === 'function_call') return callPart(item.id, item.name, item.arguments);
	if (type !== 'function_result') return { ...item, type };
	return { type: 'tool-result', toolCallId: item.id, toolName: item.name, output: item.result };
}

/** As .NET serializes them. */
function ofSemanticKernelNet({ Role, Items }: Given): Given[] | undefined {
	const parts = recordsIn(Items);
	const isIts = parts.length > 0 && parts.every(({ $type: type }) => typeof type === 'string');
	const role = isRecord(Role) ? Role.Label : Role;
	if (!isIts || typeof role !== 'string') return undefined;
	return [{ role, content: parts.map(itemPartNet) }];
}

function itemPartNet(part: Given): Given {
	const { $type: type, PluginName: plugin } = part;
	const name = [plugin, part.FunctionName].filter(Boolean).join('-');
	if (type === 'TextContent') return { type: 'text', text: part.Text };
	if (type === 'FunctionCallContent') return callPart(part.Id, name, part.Arguments);
	if (type !== 'FunctionResultContent') return { ...part, type };
	return { type: 'tool-result', toolCallId: part.CallId, toolName: name, output: part.Result };
}

/** Messages of its models; those between its agents have a source that only AutoGen knows. */
function ofAutoGen({ type, content, thought }: Given): Given[] | undefined {
	const list = recordsIn(content);
	if (type === 'FunctionExecutionResultMessage') {
		return list.map(({ name, call_id: id, content: said, is_error: failed }) => ({
			...{ role: 'tool', name, tool_call_id: id, content: said, is_error: failed },
		}));
	}
	if (type === 'UserMessage') return [{ role: 'user', content }];
	if (type !== 'AssistantMessage') return undefined;
	const isCalls = list.length > 0 && list.every((call) => 'arguments' in call);
	return [
		isCalls
			? { role: 'assistant', content: thought ?? null, tool_calls: list }
			: { role: 'assistant', content },
	];
}

/** Its parts have a name instead of a type. */
function ofHaystack({ _role: former, _content: own, role, content }: Given): Given[] | undefined {
	const parts = recordsIn(former === undefined ? content : own);
	const isIts = parts.some((part) => isRecord(part.tool_call) || isRecord(part.tool_call_result));
	if (former === undefined && !isIts) return undefined;
	return [{ role: former ?? role, content: parts.map(haystackPart) }];
}

function haystackPart(part: Given): Given {
	const { tool_call: call, tool_call_result: result } = part;
	if (isRecord(call)) return callPart(call.id, call.tool_name, call.arguments);
	if (!isRecord(result)) return part;
	const { id, tool_name: toolName } = isRecord(result.origin) ? result.origin : {};
	const output = result.result;
	return { type: 'tool-result', toolCallId: id, toolName, output, is_error: result.error };
}

/** As exported from ChatGPT. */
function ofChatGpt({ author, content }: Given): Given[] | undefined {
	if (!isRecord(author) || !isRecord(content) || !Array.isArray(content.parts)) return undefined;
	return [{ role: author.role, content: content.parts }];
}

/** As exported from Claude.ai. */
function ofClaudeAi({ sender, text, content, role }: Given): Given[] | undefined {
	if (role !== undefined || (sender !== 'human' && sender !== 'assistant')) return undefined;
	const said = Array.isArray(content) && content.length > 0 ? content : text;
	return [{ role: sender === 'human' ? 'user' : sender, content: said }];
}

function ofLibreChat({ isCreatedByUser, text, content, role }: Given): Given[] | undefined {
	if (role !== undefined || typeof isCreatedByUser !== 'boolean') return undefined;
	return [{ role: isCreatedByUser ? 'user' : 'assistant', content: content ?? text }];
}

function callPart(id: unknown, name: unknown, args: unknown): Given {
	return { type: 'tool-call', toolCallId: id, toolName: name, args };
}

function recordsIn(list: unknown): Given[] {
	return Array.isArray(list) ? list.filter(isRecord) : [];
}
