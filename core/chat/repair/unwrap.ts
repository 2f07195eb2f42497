import { isBlank } from '../../lib/text';
import { isRecord } from '../../lib/isRecord';
import { isImageData } from './documentOf';
import { textPart, wordOr } from './pieces';

/** A message without the wrapper of a store, and with its calls where OpenAI has them. */
export function unwrap(given: Record<string, unknown>): Record<string, unknown> {
	const message = withCalls(withFiles(inner(stored(given) ?? given)));
	const { tool_calls: calls, additional_kwargs: more, toolInvocations: made, ...rest } = message;
	const { content, parts } = message;
	if (isFilled(made) && !hasInvocation(parts)) {
		const invoked = made.map((toolInvocation) => ({ type: 'tool-invocation', toolInvocation }));
		return { ...rest, parts: undefined, content: [...invoked, ...listOf(content)] };
	}
	if (isFilled(parts) && listOf(content).length > 0) {
		return { ...message, parts: undefined, content: [...parts, ...unsaid(content, parts)] };
	}
	const { invalid_tool_calls: invalid, ...valid } = message;
	const all = [...(isFilled(calls) ? calls : []), ...(isFilled(invalid) ? invalid : [])];
	if (isFilled(invalid)) return { ...valid, tool_calls: all };
	if (all.length > 0 || !isRecord(more)) return message;
	if (isFilled(more.tool_calls)) return { ...message, tool_calls: more.tool_calls };
	const legacy = message.function_call ?? more.function_call;
	return legacy === undefined ? message : { ...message, function_call: legacy };
}

/** Mastra keeps the text, the parts and the calls of a message one level deeper. */
function inner({ content, ...message }: Record<string, unknown>): Record<string, unknown> {
	const isHolder =
		isRecord(content) && (isFilled(content.parts) || isFilled(content.toolInvocations));
	if (!isHolder || message.role === 'tool') return { content, ...message };
	const { content: words, format: _format, ...held } = content;
	return { ...message, content: words, ...held };
}

/** Mistral's own client spells names differently. */
function withCalls({ toolCalls, ...message }: Record<string, unknown>): Record<string, unknown> {
	if (!isFilled(toolCalls))
		return { ...message, ...(toolCalls === undefined ? {} : { toolCalls }) };
	return { ...message, tool_calls: isFilled(message.tool_calls) ? message.tool_calls : toolCalls };
}

/** Ollama keeps images next to the text, as base64, and the AI SDK kept attachments there. */
function withFiles(message: Record<string, unknown>): Record<string, unknown> {
	const { images, experimental_attachments: attached, ...rest } = message;
	const parts = [
		...(isFilled(images) ? images.map(ofImage) : []),
		...(isFilled(attached) ? attached.flatMap(ofAttachment) : []),
	];
	return parts.length === 0
		? message
		: { ...rest, content: [...listOf(message.content), ...parts] };
}

function ofImage(image: unknown): object {
	return isImageData(image) ? { type: 'image', image } : { type: 'file', data: image };
}

function ofAttachment(given: unknown): object[] {
	if (!isRecord(given)) return [];
	const { name: filename, contentType: mediaType, url } = given;
	return [{ type: 'file', filename, mediaType, url }];
}

/** LangChain's two storage formats. */
function stored(given: Record<string, unknown>): Record<string, unknown> | undefined {
	const { role, type, content, data, kwargs, id } = given;
	if (role !== undefined || content !== undefined) return undefined;
	if (isRecord(data)) return { ...withoutNulls(data), type };
	if (type !== 'constructor' || !isRecord(kwargs) || !Array.isArray(id)) return undefined;
	return { ...withoutNulls(kwargs), type: id.at(-1) };
}

function withoutNulls(record: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}

function isFilled(value: unknown): value is unknown[] {
	return Array.isArray(value) && value.length > 0;
}

function listOf(content: unknown): unknown[] {
	if (Array.isArray(content)) return content;
	return typeof content === 'string' && content !== '' ? [{ type: 'text', text: content }] : [];
}

/** The content, unless the parts say it anyway. */
function unsaid(content: unknown, parts: readonly unknown[]): unknown[] {
	const texts = parts.flatMap((part) => (isRecord(part) ? [part.text] : []));
	return texts.includes(content) || texts.join('') === content ? [] : listOf(content);
}

function hasInvocation(parts: unknown): boolean {
	return (
		isFilled(parts) && parts.some((part) => isRecord(part) && /^tool-/.test(String(part.type)))
	);
}

/** Everything that a message says, wherever it says it: a refusal and a recording have text too. */
export function contentOf(given: Record<string, unknown>): unknown {
	const { content, parts, text, refusal, audio, tool_plan: plan } = given;
	const said =
		[content, parts, text].find((value) => hasWords(value)) ?? content ?? parts ?? content;
	const aloud = isRecord(audio) ? audio.transcript : undefined;
	const more = [plan, refusal, aloud]
		.map((words) => wordOr(words))
		.filter((words) => hasWords(words));
	if (!hasWords(said)) return more.length > 0 ? more.join('\n\n') : said;
	if (typeof said === 'string')
		return [said, ...more.filter((words) => words !== said)].join('\n\n');
	if (!Array.isArray(said) || more.length === 0) return said;
	const list: unknown[] = said;
	return [...list, ...more.map(textPart)];
}

function hasWords(said: unknown): boolean {
	if (Array.isArray(said)) return said.length > 0;
	return typeof said === 'string' ? !isBlank(said) : said !== null && said !== undefined;
}
