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

const BESIDE = ['text', 'tool_plan', 'refusal'];
/** Where a message may say something besides its content. */
export const WORDED = ['parts', 'toolInvocations', ...BESIDE];

/** A key of a message, and what it says there. */
export interface Place {
	at: string;
	content: unknown;
}

/** All places where a message says something, the one with its order first; at least one. */
export function placesOf(given: Given, notes: Notes): Place[] {
	const { toolInvocations: made, audio, parts } = given;
	const invoked = isFilled(made)
		? made.map((toolInvocation) => ({ type: 'tool-invocation', toolInvocation }))
		: undefined;
	const of = (at: string): Place => ({ at, content: given[at] });
	const structured = [{ at: 'toolInvocations', content: invoked }, of('parts')];
	if (hasInvocation(parts)) structured.reverse();
	const beside = BESIDE.map((at) => ({
		at,
		content: at === 'text' ? given[at] : wordOr(given[at]),
	}));
	const recorded = { at: 'audio', content: isRecord(audio) ? wordOr(audio.transcript) : undefined };
	const all = [...structured, of('content'), ...beside, recorded];
	const told = all.filter(({ content }) => !saysNothing(content));
	const left = told.length > 0 ? told : [of(SET.find((key) => isSet(given[key])) ?? 'content')];
	for (const [index, { at }] of left.entries()) {
		const isMain = index === 0 && at !== 'refusal' && at !== 'tool_plan';
		if (!isMain) notes.add('parts', at === 'content' ? 'parts' : at);
	}
	const silent = WORDED.filter((key) => key in given && left.every(({ at }) => at !== key));
	for (const key of silent) notes.leaveOut({ [key]: given[key] }, []);
	return left;
}

const SET = ['content', 'parts', 'text'];
const isSet = (value: unknown) => value !== undefined && value !== null;

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

/** Texts that are joined in several ways differ in their blanks. */
const folded = (text: string) => text.replace(/\s+/g, '');
