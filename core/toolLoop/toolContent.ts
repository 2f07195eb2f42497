import type { Content } from '../chat/messages';
import { tryJson } from '../tryJson';
import { readContentBlocks, type ContentBlocks } from './contentBlocks';
import { leftOut, noJsonForm, NOTHING_RETURNED, noText } from './messagesToModel';
import { messageOf } from '../messageOf';
import { imagePart } from '../chat/imagePart';

/** A tool's result: what the model reads, and what `steps` shows of it. */
export type ToolContent =
	{ ok: true; content: Content; shown: unknown } | { ok: false; reason: string };

/**
 * Whatever a tool returned, as text of at most `limit` characters and images. Values that have
 * neither text nor picture are refused with a reason.
 */
export function toolContent(value: unknown, limit: number): ToolContent {
	if (value instanceof Error) return { ok: false, reason: value.message };
	const blocks = readContentBlocks(value);
	if (blocks) return { ok: true, ...fromBlocks(blocks, limit) };
	const read = toText(value);
	if (!read.ok) return read;
	const content = capText(read.text, limit);
	const shown = typeof value === 'string' ? content : (tryJson(content) ?? content);
	return { ok: true, content, shown };
}

function fromBlocks({ texts, images }: ContentBlocks, limit: number) {
	const text = capText(texts.join('\n'), limit);
	const shown = [text, ...images.map(({ title }) => `[${title}]`)].filter(Boolean).join('\n');
	const parts = images.map(({ url }) => imagePart(url));
	if (parts.length === 0) return { content: text || NOTHING_RETURNED, shown };
	const said = text === '' ? [] : [{ type: 'text' as const, text }];
	return { content: [...said, ...parts], shown };
}

type Text = { ok: true; text: string } | { ok: false; reason: string };

function toText(value: unknown): Text {
	if (value === undefined || value === null || value === '')
		return { ok: true, text: NOTHING_RETURNED };
	if (typeof value === 'string') return { ok: true, text: value };
	if (isBinary(value)) return { ok: false, reason: noText('binary data') };
	if (typeof value === 'function' || typeof value === 'symbol') {
		return { ok: false, reason: noText(`a ${typeof value}`) };
	}
	try {
		return { ok: true, text: JSON.stringify(value, jsonForm) ?? NOTHING_RETURNED };
	} catch (error) {
		const [reason = ''] = messageOf(error).split('\n');
		return { ok: false, reason: noJsonForm(reason) };
	}
}

/** JSON would leave these out or throw, where their meaning is plain. */
function jsonForm(_key: string, value: unknown): unknown {
	if (typeof value === 'bigint') return value.toString();
	if (value instanceof Map) return Object.fromEntries(value);
	if (value instanceof Set) return [...value];
	return value;
}

function isBinary(value: unknown): boolean {
	return ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof Blob;
}

/** Head and tail of a text that is longer than `limit` characters, with a word on what is missing. */
function capText(text: string, limit: number): string {
	if (text.length <= limit) return text;
	const head = text.slice(0, Math.ceil(limit * 0.7)).replace(LONE_HIGH, '');
	const tail = text.slice(text.length - Math.floor(limit * 0.3)).replace(LONE_LOW, '');
	const missing = text.length - head.length - tail.length;
	return `${head}\n${leftOut(missing, text.length)}\n${tail}`;
}

// A cut may fall between the two halves of a character outside the basic plane.
const LONE_HIGH = /[\uD800-\uDBFF]$/;
const LONE_LOW = /^[\uDC00-\uDFFF]/;
