import { isBlank } from '../../isBlank';
import { isRecord } from '../../isRecord';
import type { ToolCall } from '../chatResult';
import { dataUri, imagePart } from '../imagePart';
import type { ImagePart, TextPart } from '../messages';
import { toolArguments } from '../toolArguments';
import type { Notes } from './notes';

/** What a message says, whoever it is from. */
export type Part = TextPart | ImagePart;
export interface Result {
	type: 'result';
	id: string;
	name: string;
	said: Said;
}
export type Piece = Part | Result | { type: 'call'; call: ToolCall };
/** Texts and images, and whether they were given in a list. */
export interface Said {
	parts: Part[];
	isList: boolean;
	/** Whether there was no content at all, not even null. */
	isMissing?: boolean;
}

export const textPart = (text: string): TextPart => ({ type: 'text', text });
export const wordOr = (value: unknown, other = '') => (typeof value === 'string' ? value : other);

type Pieces = Omit<Said, 'parts'> & { pieces: Piece[] };

/** Content of any client: OpenAI's own, its Responses API, Claude's, Gemini's, the AI SDK's. */
export function readContent(content: unknown, notes: Notes): Pieces {
	if (typeof content === 'string') {
		return { pieces: worded([textPart(content)], notes), isList: false };
	}
	if (content === null || content === undefined) {
		return { pieces: [], isList: false, isMissing: content === undefined };
	}
	if (!Array.isArray(content)) notes.add('parts', typeof content);
	const list: unknown[] = Array.isArray(content) ? content : [content];
	if (Array.isArray(content) && list.length === 0) notes.add('empty', 'content []');
	return {
		pieces: worded(
			list.flatMap((part) => readPart(part, notes)),
			notes,
		),
		isList: Array.isArray(content),
	};
}

/** Blanks are no text. */
function worded(pieces: Piece[], notes: Notes): Piece[] {
	return pieces.filter((piece) => {
		if (piece.type !== 'text' || !isBlank(piece.text)) return true;
		notes.add('blank', JSON.stringify(piece.text));
		return false;
	});
}

const THOUGHTS = new Set(['thinking', 'redacted_thinking', 'reasoning']);

function readPart(part: unknown, notes: Notes): Piece[] {
	if (!isRecord(part)) {
		notes.add('parts', part === null ? 'null' : typeof part);
		return part === null || part === undefined ? [] : [textPart(String(part))];
	}
	const type = wordOr(part.type, 'no type');
	if (THOUGHTS.has(type)) {
		notes.add('leftOut', type);
		return [];
	}
	const text = textIn(part);
	if (text !== undefined) return [readText(text, part, notes)];
	const image = imageIn(part, notes);
	if (image) return [image];
	const exchange = readCallPart(part) ?? readResultPart(part, notes);
	if (!exchange) return [withoutForm(part, type, notes)];
	notes.add('parts', type);
	return [exchange];
}

function textIn({ text, refusal, type }: Record<string, unknown>): string | undefined {
	if (typeof text === 'string') return text;
	if (type === 'refusal' && typeof refusal === 'string') return refusal;
	// The Assistants API has the text one level deeper.
	return isRecord(text) && typeof text.value === 'string' ? text.value : undefined;
}

function readText(text: string, part: Record<string, unknown>, notes: Notes): TextPart {
	if (part.type !== 'text' || part.text !== text) notes.add('parts', wordOr(part.type, 'text'));
	noteKeys(part, ['type', 'text', ...(part.type === 'refusal' ? ['refusal'] : [])], notes);
	return textPart(text);
}

export function noteKeys(
	record: Record<string, unknown>,
	known: readonly string[],
	notes: Notes,
): void {
	for (const [key, value] of Object.entries(record)) {
		if (value !== undefined && !known.includes(key)) notes.add('keys', key);
	}
}

const DETAILS = ['auto', 'low', 'high'] as const;

function imageIn(part: Record<string, unknown>, notes: Notes): ImagePart | undefined {
	const given = isRecord(part.image_url) ? part.image_url : part;
	const url =
		part.type === 'image_url' && isRecord(part.image_url) ? wordOr(given.url) : otherUrl(part);
	if (url === undefined || url === '') return undefined;
	const isOwn = part.type === 'image_url' && isRecord(part.image_url);
	if (!isOwn) notes.add('parts', wordOr(part.type, 'image'));
	const detail = DETAILS.find((known) => known === given.detail);
	noteKeys(
		part,
		['type', 'image_url', 'image', 'source', 'detail', 'mediaType', 'mimeType', 'data'],
		notes,
	);
	if (isOwn) noteKeys(given, ['url', ...(detail ? ['detail'] : [])], notes);
	const image = imagePart(url);
	return detail ? { ...image, image_url: { ...image.image_url, detail } } : image;
}

/** Of an image in the form of another API. */
function otherUrl(part: Record<string, unknown>): string | undefined {
	const { type, image_url: link, source, image, data } = part;
	if ((type === 'image_url' || type === 'input_image') && typeof link === 'string') return link;
	if (type !== 'image' && type !== 'file') return undefined;
	const mediaType = wordOr(part.mediaType, wordOr(part.mimeType));
	if (type === 'file' && !mediaType.startsWith('image/')) return undefined;
	if (isRecord(source)) {
		return typeof source.data === 'string'
			? dataUri(wordOr(source.media_type, 'image/png'), source.data)
			: wordOr(source.url) || undefined;
	}
	const bytes = wordOr(image, wordOr(data));
	if (bytes === '' || /^(https?:|data:)/i.test(bytes)) return bytes || undefined;
	return dataUri(mediaType || 'image/png', bytes);
}

function readCallPart(part: Record<string, unknown>): Piece | undefined {
	const isCall = part.type === 'tool_use' || part.type === 'tool-call';
	if (!isCall) return undefined;
	const id = wordOr(part.id, wordOr(part.toolCallId));
	const name = wordOr(part.name, wordOr(part.toolName));
	return {
		type: 'call',
		call: { id, name, arguments: toolArguments(part.input ?? part.args ?? null) },
	};
}

function readResultPart(part: Record<string, unknown>, notes: Notes): Result | undefined {
	if (part.type !== 'tool_result' && part.type !== 'tool-result') return undefined;
	const { output } = part;
	const value = isRecord(output) && 'value' in output ? output.value : (output ?? part.result);
	const id = wordOr(part.tool_use_id, wordOr(part.toolCallId));
	const said = readSaid(part.content ?? asText(value), notes);
	return { type: 'result', id, name: wordOr(part.toolName), said };
}

function asText(value: unknown): unknown {
	return typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
}

/** Texts and images alone. */
export function readSaid(content: unknown, notes: Notes): Said {
	return saidOf(readContent(content, notes));
}

export function saidOf({ pieces, ...rest }: Pieces): Said {
	return { ...rest, parts: pieces.flatMap(asPart) };
}

/** Calls inside a result are words. */
function asPart(piece: Piece): Part[] {
	if (piece.type === 'call') return [textPart(calledText(piece.call))];
	return piece.type === 'result' ? piece.said.parts : [piece];
}

export function calledText({ name, arguments: text }: ToolCall): string {
	return `[Called ${name} with ${text}]`;
}

/** What all of them say, one after the other. */
export function together(said: readonly Said[]): Said {
	const parts = said.flatMap((one) => one.parts);
	if (said.length < 2 || said.some(({ isList }) => isList)) {
		return { ...said[0], parts, isList: said.some(({ isList }) => isList) };
	}
	const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
	return { parts: texts.length === 0 ? [] : [textPart(texts.join('\n\n'))], isList: false };
}

const LONGEST_TEXT = 20_000;

/** What nobody knows is kept as it is written, unless it is a file. */
function withoutForm(part: Record<string, unknown>, type: string, notes: Notes): TextPart {
	const written = JSON.stringify(part);
	if (written.length <= LONGEST_TEXT && !('data' in part) && !/audio|file|document/.test(type)) {
		notes.add('parts', type);
		return textPart(written);
	}
	notes.add('leftOut', type);
	return textPart(`[${type} left out]`);
}
