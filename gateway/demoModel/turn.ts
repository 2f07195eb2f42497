import { isRecord } from '../../core/lib/isRecord';
import type { ChatBody, Message } from '../contract/chatBody';
import { parseJson } from '../parseJson';
import { findIdentifiers } from './candidates';
import { spaced } from './words';

/** What the demo model reads of a conversation: the latest user message and what follows it. */
export interface Turn {
	instructions: string;
	userText: string;
	/** Everything the user said, for a question that refers to earlier messages. */
	allUserText: string;
	/** How many pictures have no description. */
	unreadImages: number;
	called: Set<string>;
	results: { tool: string; text: string }[];
}

/** The stand-in for Haiku skips quoted lines, which gives a cascade something to do. */
const QUOTED = /^>.*$/gm;

export function readTurn({ model, messages }: ChatBody): Turn {
	const seen = (text: string) => (model.includes('haiku') ? text.replace(QUOTED, '') : text);
	const last = messages.findLastIndex((message) => message.role === 'user');
	const since = messages.slice(last + 1);
	const user = messages[last];
	const calls = since.flatMap((message) =>
		message.role === 'assistant' ? (message.tool_calls ?? []) : [],
	);
	const nameOf = (id: string) => calls.find((call) => call.id === id)?.function.name ?? 'the tool';
	return {
		instructions: textsOf(messages, 'system'),
		userText: user ? seen(textOf(user)) : '',
		allUserText: seen(textsOf(messages, 'user')),
		unreadImages: user ? imagesOf(user).filter((words) => words === undefined).length : 0,
		called: new Set(calls.map((call) => call.function.name)),
		results: since
			.filter((message) => message.role === 'tool')
			.map((message) => ({ tool: nameOf(message.tool_call_id), text: textOf(message) })),
	};
}

function textsOf(messages: Message[], role: Message['role']): string {
	const texts = messages.filter((message) => message.role === role).map(textOf);
	return texts.join('\n\n');
}

function textOf(message: Message): string {
	const { content } = message;
	if (!Array.isArray(content)) return content ?? '';
	const texts = content.map((part) => (part.type === 'text' ? part.text : ''));
	return [...texts, ...imagesOf(message)].filter(Boolean).join('\n');
}

/** For each picture, the words it carries. */
function imagesOf({ content }: Message): Array<string | undefined> {
	if (!Array.isArray(content)) return [];
	return content.flatMap((part) =>
		part.type === 'image_url' ? [pictureWords(part.image_url.url)] : [],
	);
}

const SIGNATURE = '\x89PNG\r\n\x1a\n';

/**
 * The description inside a picture (PNG, `iTXt`, as photo programs write it). The demo model cannot
 * see: it reads this instead.
 */
export function pictureWords(url: string): string | undefined {
	const [, base64 = ''] = /^data:image\/png;base64,(.*)$/s.exec(url) ?? [];
	const bytes = Buffer.from(base64, 'base64');
	if (bytes.toString('latin1', 0, 8) !== SIGNATURE) return undefined;
	for (let at = 8; at + 12 <= bytes.length;) {
		const length = bytes.readUInt32BE(at);
		const data = bytes.subarray(at + 8, at + 8 + length);
		if (bytes.toString('latin1', at + 4, at + 8) === 'iTXt') return description(data);
		at += 12 + length;
	}
	return undefined;
}

/** A keyword, two flags, a language and a translated keyword, each ended by a zero; then the text. */
function description(data: Buffer): string | undefined {
	const [, text] = /^Description\0\0.[^\0]*\0[^\0]*\0(.*)$/s.exec(data.toString('utf8')) ?? [];
	return text;
}

/** The block with an identifier that the instructions name, or the whole text. */
export function scopedText(text: string, instructions: string): string {
	const wanted = findIdentifiers(instructions).map(({ value }) => value);
	const identifier = wanted.find((value) => holds(text, value));
	if (identifier === undefined) return text;
	const blocks = text.split(/\n\s*\n/).flatMap((paragraph) => {
		const others = findIdentifiers(paragraph).some(({ value }) => value !== identifier);
		return others ? paragraph.split('\n') : [paragraph];
	});
	return blocks.filter((block) => holds(block, identifier)).join('\n');
}

function holds(text: string, identifier: string): boolean {
	return findIdentifiers(text).some(({ value }) => value === identifier);
}

/** A tool's result as `label: value` lines, from which the next tool's arguments can be read. */
export function resultText(text: string): string {
	const value = parseJson(text);
	return typeof value === 'object' && value !== null ? lines(value).join('\n') : text;
}

function lines(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(lines);
	if (!isRecord(value)) return [String(value)];
	return Object.entries(value).flatMap(([key, child]) =>
		typeof child === 'object' && child !== null
			? lines(child)
			: [`${spaced(key).toLowerCase()}: ${String(child)}`],
	);
}
