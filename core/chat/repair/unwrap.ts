import { isRecord } from '../../lib/isRecord';
import { sameJson } from '../../lib/isSame';
import { without } from '../../lib/own';
import { isImageData } from './documentOf';
import type { Notes } from './notes';
import { saysNothing, wordOr, type Piece } from './pieces';

type Given = Record<string, unknown>;

/** Keys that a store wraps around a message, and those whose files are put into the content. */
export const ENVELOPE = [
	...['lc', 'type', 'id', 'data', 'kwargs', 'images', 'experimental_attachments'],
];

/** A message without the wrapper of a store, and with its files in its content. */
export function unwrap(given: Given): Given {
	return withFiles(inner(stored(given) ?? given));
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

function hasInvocation(parts: unknown): boolean {
	return (
		isFilled(parts) && parts.some((part) => isRecord(part) && /^tool-/.test(wordOr(part.type)))
	);
}

/** Where a message may say something besides its content. */
export const WORDED = ['parts', 'toolInvocations', 'text', 'tool_plan', 'refusal'];
const AFTER = ['content', 'text', 'tool_plan', 'refusal', 'audio'];
const PLACES = ['toolInvocations', 'parts', ...AFTER];
/** Where the parts say when the calls were made. */
const ORDERED = ['parts', 'toolInvocations', ...AFTER];

/** A key of a message, and what it says there. */
export interface Place {
	at: string;
	content: unknown;
}

/** All places where a message says something, the one with its order first; at least one. */
export function placesOf(given: Given, notes: Notes): Place[] {
	const told: Place[] = [];
	for (const at of hasInvocation(given.parts) ? ORDERED : PLACES) {
		const content = saidAt(at, given[at]);
		if (saysNothing(content)) continue;
		const isMain = told.length === 0 && at !== 'refusal' && at !== 'tool_plan';
		if (!isMain) notes.add('parts', at === 'content' ? 'parts' : at);
		told.push({ at, content });
	}
	for (const key of WORDED) {
		if (!(key in given) || told.some(({ at }) => at === key)) continue;
		notes.leaveOut({ [key]: given[key] }, []);
	}
	const at = ['content', 'parts', 'text'].find((key) => (given[key] ?? null) !== null) ?? 'content';
	return told.length > 0 ? told : [{ at, content: given[at] }];
}

function saidAt(at: string, value: unknown): unknown {
	if (at === 'content' || at === 'parts' || (at === 'text' && Array.isArray(value))) return value;
	if (at === 'audio') return isRecord(value) ? wordOr(value.transcript) : undefined;
	if (at !== 'toolInvocations') return wordOr(value);
	if (!isFilled(value)) return undefined;
	return value.map((toolInvocation) => ({ type: 'tool-invocation', toolInvocation }));
}

/** What a further place of a message adds to what was read of it: clients keep the same in several ways. */
export function addedTo(before: readonly Piece[], pieces: readonly Piece[]): Piece[] {
	if (before.length === 0) return [...pieces];
	const textsIn = (list: readonly Piece[]) =>
		list.flatMap((piece) => (piece.type === 'text' ? [folded(piece.text)] : []));
	const [said, own] = [textsIn(before), textsIn(pieces).join('')];
	const known = new Set([...said, said.join('')]);
	const results = new Map(
		before.flatMap((piece) =>
			piece.type === 'result' ? [[piece.id, piece.said.parts] as const] : [],
		),
	);
	const images = new Set(before.map((piece) => piece.type === 'image_url' && piece.image_url.url));
	return pieces.filter((piece) => {
		if (piece.type === 'text') return !known.has(own) && !known.has(folded(piece.text));
		if (piece.type === 'image_url') return !images.has(piece.image_url.url);
		if (piece.type !== 'result' || piece.id === '') return true;
		return !sameJson(results.get(piece.id), piece.said.parts);
	});
}

const LONGEST_FOLDED = 100_000;
/** Texts that are joined in several ways differ in their blanks. */
const folded = (text: string) => (text.length > LONGEST_FOLDED ? text : text.replace(/\s+/g, ''));
