import { isRecord } from '../../lib/isRecord';
import { without } from '../../lib/own';
import { exactJson } from '../../json/exactJson';
import { strictJson } from '../../json/readJson';
import { wordOr } from './pieces';

type Given = Record<string, unknown>;

/** How one client stores a message that has no OpenAI-like role and content. */
interface Shape {
	/** The name of the client. */
	name: string;
	/** A message with none of these keys has another shape. */
	signs: readonly string[];
	/** The same as messages with role and content; undefined for any other shape. */
	read(this: void, given: Given): Given[] | undefined;
}

/** Only shapes that can be read in one way: the speaker is never guessed. */
const SHAPES: readonly Shape[] = [
	{ name: 'ShareGPT', signs: ['from'], read: ofShareGpt },
	{ name: 'Cohere', signs: ['message', 'tool_results'], read: ofCohere },
	{ name: 'pydantic-ai', signs: ['kind'], read: ofPydanticAi },
	{ name: 'LlamaIndex', signs: ['blocks'], read: ofLlamaIndex },
	{ name: 'Semantic Kernel', signs: ['items'], read: ofSemanticKernel },
	{ name: 'Semantic Kernel', signs: ['Items'], read: ofSemanticKernelNet },
	{ name: 'AutoGen', signs: ['type'], read: ofAutoGen },
	{ name: 'Haystack', signs: ['_role', 'content'], read: ofHaystack },
	{ name: 'ChatGPT', signs: ['author'], read: ofChatGpt },
	{ name: 'Claude.ai', signs: ['sender'], read: ofClaudeAi },
	{ name: 'LibreChat', signs: ['isCreatedByUser'], read: ofLibreChat },
];

/**
 * The messages, with role and content, that a record of a turn contains, and whose format it was in.
 * What has no place in them keeps its own name there.
 */
export function messagesIn(given: Given): { form?: string; isHeld: boolean; messages: Given[] } {
	// Rows, transcripts and choices contain whole messages.
	const own = isUnmarked(given) && isRecord(given.message) ? given.message : given;
	const isHeld = own !== given;
	for (const { name, signs, read } of SHAPES) {
		const messages = signs.some((key) => key in own) ? read(own) : undefined;
		if (messages) return { form: `a message of ${name}`, isHeld, messages };
	}
	return { ...(isHeld && { form: 'a message in a record' }), isHeld, messages: [own] };
}

/** Why a message cannot be read, if its client is known. */
export function shapeProblem({ type, source }: Given): string | undefined {
	const isAgents = typeof source === 'string' && /^\w+(?:Message|Event)$/.test(wordOr(type));
	if (!isAgents) return undefined;
	return `AutoGen's ${wordOr(type)} has a source, "${source}", and no role: give each message a role`;
}

const isUnmarked = ({ role, content }: Given) => role === undefined && content === undefined;

function ofShareGpt({ from, value, ...given }: Given): Given[] | undefined {
	if (!isUnmarked(given) || typeof value !== 'string' || typeof from !== 'string') return undefined;
	const role = from === 'gpt' || from === 'chatgpt' ? 'assistant' : from;
	if (from !== 'function_call') return [{ ...given, role, content: value }];
	const read = strictJson(value);
	const calls = recordsIn(Array.isArray(read?.value) ? read.value : [read?.value]);
	if (calls.length === 0) return undefined;
	const made = calls.map(({ arguments: args, ...call }) => {
		return { ...call, arguments: exactJson(args ?? {}, read?.numbers) };
	});
	return [{ ...given, role, tool_calls: made }];
}

function ofCohere({ role, message, content, ...given }: Given): Given[] | undefined {
	const { tool_results: results, tool_calls: calls, ...more } = given;
	const isTold = typeof message === 'string' || Array.isArray(results);
	if (content !== undefined || typeof role !== 'string' || !isTold) return undefined;
	if (!Array.isArray(results)) {
		const made = recordsIn(calls).map(({ parameters, ...call }) => {
			return { ...call, arguments: parameters ?? call.arguments };
		});
		const called = made.length > 0 ? { tool_calls: made } : {};
		return [{ ...more, role, content: message, ...called }];
	}
	return recordsIn(results).map(({ call, outputs, ...result }) => ({
		...{ ...more, ...result, ...(isRecord(call) && call), role: 'tool' },
		content: JSON.stringify(outputs),
	}));
}

/** A request contains what the user, the system and the tools say. */
function ofPydanticAi({ kind, parts, instructions, ...more }: Given): Given[] | undefined {
	if ((kind !== 'request' && kind !== 'response') || !Array.isArray(parts)) return undefined;
	const given = recordsIn(parts);
	if (given.some(({ part_kind: part }) => typeof part !== 'string')) return undefined;
	if (kind === 'response') return [{ ...more, role: 'assistant', content: given.map(spokenPart) }];
	const asked = given.map((part, index) => ({ ...(index === 0 && more), ...requestPart(part) }));
	return [...(instructions ? [{ role: 'system', content: instructions }] : []), ...asked];
}

function spokenPart({ part_kind: kind, content, ...part }: Given): Given {
	return kind === 'text'
		? { ...part, type: kind, text: content }
		: { ...part, type: kind, content };
}

function requestPart({ part_kind: kind, content, ...part }: Given): Given {
	if (kind === 'system-prompt') return { ...part, role: 'system', content };
	const isAnswer = kind === 'tool-return' || (kind === 'retry-prompt' && part.tool_name);
	if (isAnswer) {
		return {
			...{ ...part, role: 'tool' },
			content: typeof content === 'string' ? content : JSON.stringify(content),
			...(kind === 'retry-prompt' && { is_error: true }),
		};
	}
	if (!Array.isArray(content)) return { ...part, role: 'user', content };
	return { ...part, role: 'user', content: content.map(shownPart) };
}

function shownPart(part: unknown): unknown {
	if (!isRecord(part)) return part;
	const { kind, media_type: mediaType, ...file } = part;
	if (kind === 'image-url') return { ...file, type: 'image' };
	return kind === 'binary'
		? { ...file, type: 'file', mediaType }
		: { ...file, mediaType, type: kind };
}

function ofLlamaIndex({ role, blocks, content: _content, ...given }: Given): Given[] | undefined {
	const { additional_kwargs: more, ...others } = given;
	const parts = recordsIn(blocks);
	const isIts = parts.length > 0 && parts.every(({ block_type: type }) => typeof type === 'string');
	if (!isIts) return undefined;
	const kept = isRecord(more) ? more : {};
	return [{ ...others, ...kept, role, content: parts.map(blockPart) }];
}

function blockPart({ block_type: type, ...block }: Given): Given {
	if (type === 'image') {
		const { image, url, image_mimetype: mediaType, ...more } = block;
		return { ...more, type, image: image ?? url, mediaType };
	}
	if (type === 'document') {
		const { data, url, document_mimetype: mediaType, ...more } = block;
		return { ...more, type, data: data ?? url, mediaType };
	}
	return { ...block, type };
}

function ofSemanticKernel({ role, items, ...more }: Given): Given[] | undefined {
	const parts = recordsIn(items);
	const isIts =
		parts.length > 0 && parts.every(({ content_type: type }) => typeof type === 'string');
	if (!isIts) return undefined;
	return [{ ...more, role, content: parts.map(itemPart) }];
}

function itemPart({ content_type: type, ...item }: Given): Given {
	if (type === 'image') {
		const { uri, data_uri: data, mime_type: mediaType, ...image } = item;
		return { ...image, type, url: data ?? uri, mediaType };
	}
	return { ...item, type };
}

/** As .NET serializes them. */
function ofSemanticKernelNet({ Role, Items, ...more }: Given): Given[] | undefined {
	const parts = recordsIn(Items);
	const isIts = parts.length > 0 && parts.every(({ $type: type }) => typeof type === 'string');
	const { Label: role = Role, ...speaker } = isRecord(Role) ? Role : {};
	if (!isIts || typeof role !== 'string') return undefined;
	return [{ ...more, ...speaker, role, content: parts.map(itemPartNet) }];
}

function itemPartNet({ $type: type, ...part }: Given): Given {
	const { Text: text, PluginName: plugin, FunctionName: own, ...more } = part;
	const toolName = [plugin, own].filter(Boolean).join('-');
	if (type === 'TextContent') return { ...part, Text: undefined, type: 'text', text };
	if (type === 'FunctionCallContent') {
		const { Id: toolCallId, Arguments: args, ...call } = more;
		return { ...call, type: 'tool-call', toolCallId, toolName, args };
	}
	if (type === 'ImageContent') {
		const { Uri: uri, DataUri: data, MimeType: mediaType, Data: bytes, ...image } = more;
		return { ...image, type: 'image', url: data ?? uri, data: bytes, mediaType };
	}
	if (type !== 'FunctionResultContent') return { ...part, type };
	const { CallId: toolCallId, Result: output, ...result } = more;
	return { ...result, type: 'tool-result', toolCallId, toolName, output };
}

/** Messages of its models; those between its agents have a source that only AutoGen knows. */
function ofAutoGen({ type, content, thought, ...more }: Given): Given[] | undefined {
	const list = recordsIn(content);
	if (type === 'FunctionExecutionResultMessage') {
		return list.map((result, index) => ({ ...(index === 0 && more), ...result, role: 'tool' }));
	}
	if (type === 'UserMessage') return [{ ...more, role: 'user', content }];
	if (type !== 'AssistantMessage') return undefined;
	const isCalls = list.length > 0 && list.every((call) => 'arguments' in call);
	return [
		isCalls
			? { ...more, role: 'assistant', content: thought ?? null, tool_calls: list }
			: { ...more, thought, role: 'assistant', content },
	];
}

/** Its parts have a name instead of a type. */
function ofHaystack(given: Given): Given[] | undefined {
	const { _role: former, _content: own, content: newer } = given;
	const parts = recordsIn(former === undefined ? newer : own);
	const isIts = parts.some(({ type, ...part }) => {
		return type === undefined && (isRecord(part.tool_call) || isRecord(part.tool_call_result));
	});
	if (former === undefined && !isIts) return undefined;
	const more = without(given, '_role', '_content');
	return [{ ...more, role: former ?? given.role, content: parts.map(haystackPart) }];
}

function haystackPart(part: Given): Given {
	const { tool_call: call, tool_call_result: held, ...beside } = part;
	if (isRecord(call)) return { ...beside, ...call, type: 'tool-call' };
	if (!isRecord(held)) return part;
	const { origin, result: output, error, ...more } = held;
	const { id, ...from } = isRecord(origin) ? origin : {};
	const said = { toolCallId: id, output, is_error: error };
	return { ...beside, ...more, ...from, type: 'tool-result', ...said };
}

/** As exported from ChatGPT. */
function ofChatGpt({ author, content, ...more }: Given): Given[] | undefined {
	if (!isRecord(author) || !isRecord(content) || !Array.isArray(content.parts)) return undefined;
	const { parts, content_type: _form, ...beside } = content;
	return [{ ...more, ...author, ...beside, content: parts }];
}

/** As exported from Claude.ai. */
function ofClaudeAi({ sender, attachments, role, ...given }: Given): Given[] | undefined {
	if (role !== undefined || (sender !== 'human' && sender !== 'assistant')) return undefined;
	const { text, content, ...more } = given;
	const said = Array.isArray(content) && content.length > 0 ? content : text;
	const files = recordsIn(attachments).map(({ extracted_content: words, ...file }) => {
		return { ...file, type: 'document', text: words };
	});
	const own: unknown[] = Array.isArray(said) ? said : [{ type: 'text', text: said }];
	const whole = files.length > 0 ? [...files, ...own] : said;
	return [{ ...more, role: sender === 'human' ? 'user' : sender, content: whole }];
}

function ofLibreChat({ isCreatedByUser, role, ...given }: Given): Given[] | undefined {
	if (role !== undefined || typeof isCreatedByUser !== 'boolean') return undefined;
	return [{ ...given, role: isCreatedByUser ? 'user' : 'assistant' }];
}

function recordsIn(list: unknown): Given[] {
	return Array.isArray(list) ? list.filter(isRecord) : [];
}
