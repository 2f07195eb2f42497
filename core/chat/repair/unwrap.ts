import { isBlank } from '../../lib/text';
import { isRecord } from '../../lib/isRecord';
import { without } from '../../lib/own';
import { isImageData } from './documentOf';
import type { Notes } from './notes';
import { textPart, wordOr } from './pieces';

type Given = Record<string, unknown>;

/** Keys that a store wraps around a message, and those that replace OpenAI's keys. */
export const ENVELOPE = [
	...['lc', 'type', 'id', 'data', 'kwargs', 'invalid_tool_calls'],
	...['toolInvocations', 'toolCalls', 'images', 'experimental_attachments'],
];

/** A message without the wrapper of a store, and with its calls where OpenAI has them. */
export function unwrap(given: Record<string, unknown>): Record<string, unknown> {
	const message = withCalls(withFiles(inner(stored(given) ?? given)));
	const { tool_calls: calls, additional_kwargs: more, content, parts } = message;
	if (isFilled(message.toolInvocations) && !hasInvocation(parts)) {
		const { toolInvocations: made, ...rest } = message;
		const invoked = made.map((toolInvocation) => ({ type: 'tool-invocation', toolInvocation }));
		return { ...rest, parts: undefined, content: [...invoked, ...listOf(content)] };
	}
	if (isFilled(parts) && listOf(content).length > 0) {
		return { ...message, parts: undefined, content: [...parts, ...unsaid(content, parts)] };
	}
	if (isFilled(message.invalid_tool_calls)) {
		const { invalid_tool_calls: invalid, ...valid } = message;
		return { ...valid, tool_calls: [...(isFilled(calls) ? calls : []), ...invalid] };
	}
	if (isFilled(calls) || !isRecord(more)) return message;
	if (isFilled(more.tool_calls)) return { ...message, tool_calls: more.tool_calls };
	const legacy = message.function_call ?? more.function_call;
	return legacy === undefined ? message : { ...message, function_call: legacy };
}

/** Mastra keeps the text, the parts and the calls of a message one level deeper. */
function inner(message: Given): Given {
	const { content, role } = message;
	const isHolder =
		isRecord(content) && (isFilled(content.parts) || isFilled(content.toolInvocations));
	if (!isHolder || role === 'tool') return message;
	const { content: words, ...held } = content;
	return { ...message, content: words, ...held };
}

/** Mistral's own client spells names differently. */
function withCalls(message: Given): Given {
	if (!isFilled(message.toolCalls)) return message;
	const { toolCalls, tool_calls: calls = toolCalls, ...rest } = message;
	return { ...rest, tool_calls: isFilled(calls) ? calls : toolCalls };
}

/** Ollama keeps images next to the text, as base64, and the AI SDK kept attachments there. */
function withFiles(message: Record<string, unknown>): Record<string, unknown> {
	const { images: given, experimental_attachments: files } = message;
	const parts = [
		...(isFilled(given) ? given.map(ofImage) : []),
		...(isFilled(files) ? files.flatMap(ofAttachment) : []),
	];
	if (parts.length === 0) return message;
	return {
		...without(message, 'images', 'experimental_attachments'),
		content: [...listOf(message.content), ...parts],
	};
}

function ofImage(image: unknown): object {
	return isImageData(image) ? { type: 'image', image } : { type: 'file', data: image };
}

function ofAttachment(given: unknown): object[] {
	if (!isRecord(given)) return [];
	const { name: filename, contentType: mediaType, ...file } = given;
	return [{ ...file, type: 'file', filename, mediaType }];
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

/** Where a message may say something in addition to its content. */
const PLACES = ['content', 'parts', 'text'];
const BESIDE = ['text', 'tool_plan', 'refusal'];
export const WORDED = ['parts', ...BESIDE];

/** Everything that a message says, wherever it says it: a refusal and a recording have text too. */
export function contentIn(given: Given, notes: Notes): { at: string; content: unknown } {
	const found = PLACES.find((key) => hasWords(given[key]));
	const at = found ?? PLACES.find((key) => isSet(given[key])) ?? 'content';
	const said = given[at];
	const beside = BESIDE.filter((key) => key !== at && hasWords(wordOr(given[key])));
	for (const key of beside) notes.add('parts', key);
	for (const key of WORDED) {
		const isTold = key === at || beside.includes(key);
		if (!isTold && key in given) notes.leaveOut({ [key]: given[key] }, []);
	}
	const more = [
		...beside.map((key) => wordOr(given[key])),
		wordOr(isRecord(given.audio) ? given.audio.transcript : undefined),
	].filter((words) => hasWords(words) && words !== said && !isPartOf(words, said));
	return { at, content: more.length > 0 ? withMore(said, more) : said };
}

function withMore(said: unknown, more: readonly string[]): unknown {
	if (!hasWords(said)) return more.join('\n\n');
	if (typeof said === 'string') return [said, ...more].join('\n\n');
	const list: unknown[] = Array.isArray(said) ? said : [said];
	return [...list, ...more.map(textPart)];
}

function isPartOf(words: string, said: unknown): boolean {
	return Array.isArray(said) && said.some((part) => isRecord(part) && part.text === words);
}

const isSet = (value: unknown) => value !== undefined && value !== null;

function hasWords(said: unknown): boolean {
	if (Array.isArray(said)) return said.length > 0;
	return typeof said === 'string' ? !isBlank(said) : said !== null && said !== undefined;
}
