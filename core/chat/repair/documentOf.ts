import { isRecord } from '../../lib/isRecord';
import { isTextType, isUntyped, mimeTypeOf, namedBytes, textIn } from '../../lib/textType';
import { dataUri, dataUriHead, imagePart, isPlainBase64, plainDataUri } from '../images';
import type { ImagePart } from '../messages';
import { pictureType } from '../pictures';
import type { Notes } from './notes';
import { textPart, wordOr, type Part, type Said } from './pieces';

type Given = Record<string, unknown>;

const DOCUMENTS =
	/^(?:document|file|input_file|media|resource|container_upload|(?:file|document)[-_](?:data|url|id))$/;

/** The keys under which clients keep a file within a part. */
const HOLDERS = ['file', 'document', 'source', 'resource', 's3Location'];
const INLINE = ['inlineData', 'inline_data', 'fileData', 'file_data'];
const NAMES = ['title', 'filename', 'fileName', 'file_name', 'document_name', 'name', 'uri'];
const TYPES = ['mediaType', 'mimeType', 'media_type', 'mime_type'];
const DATA = ['data', 'file_data', 'fileData', 'bytes', 'blob', 'base64', 'url'];
const PLACES = [
	...['url', 'file_url', 'fileUrl', 'fileUri', 'file_uri', 'document_url', 'uri'],
	...['file_id', 'fileId'],
];
const FILE_KEYS = [
	...['type', 'format', 'source_type', 'text', 'content', 'context', ...HOLDERS, ...INLINE],
	...[...NAMES, ...TYPES, ...DATA, ...PLACES],
];
const LONGEST_LINK = 20_000;

/**
 * The file of a part, in whatever format: its text, its image, or a description. Undefined for a part
 * without a file, such as a row that only mentions one.
 */
export function documentOf(part: Given, { type, saidBy, notes }: Terms): Part[] | undefined {
	const kind =
		part.type === undefined ? untypedKind(part) : DOCUMENTS.test(type) ? type : undefined;
	const holders = heldIn(part);
	const file = kind === undefined ? undefined : fileIn(holders, (given) => saidBy(given, notes));
	if (kind === undefined || !file) return undefined;
	const isSaid = 'said' in file;
	notes.add(isSaid ? 'parts' : 'leftOut', kind);
	const written = 'link' in file ? JSON.stringify(part) : '';
	if (written !== '' && written.length <= LONGEST_LINK) return [textPart(written)];
	for (const holder of holders) notes.leaveOut(holder, FILE_KEYS);
	if (isSaid) return file.said;
	return [textPart(`[${kind} left out: ${'link' in file ? 'a link' : file.named}]`)];
}

interface Terms {
	type: string;
	/** Reads what a document contains instead of data. */
	saidBy: (content: unknown, notes: Notes) => Said;
	notes: Notes;
}

/** Gemini and Bedrock have no types; rows of data may have such fields too. */
function untypedKind(part: Given): string | undefined {
	const { document } = part;
	const inline = INLINE.find((key) => isRecord(part[key]));
	if (inline !== undefined || !isRecord(document)) return inline;
	const isFile = isRecord(document.source) && typeof document.format === 'string';
	return isFile && Object.keys(part).length === 1 ? 'document' : undefined;
}

/** The part and what is nested in it, the innermost first. */
function heldIn(part: Given, keys: readonly string[] = [...HOLDERS, ...INLINE]): Given[] {
	const inner = keys.flatMap((key) => {
		const held = part[key];
		return isRecord(held) && held.type !== 'Buffer' && !(0 in held) ? heldIn(held, keys) : [];
	});
	return [...inner, part];
}

/** Its text, its address, or a description. */
type File = { said: Part[] } | { link: string } | { named: string };

function fileIn(holders: readonly Given[], saidBy: (content: unknown) => Said): File | undefined {
	const word = (keys: readonly string[]) => firstOf(holders, keys, (value) => wordOr(value));
	const name = [word(NAMES), word(['context'])].filter((words) => words !== '').join('\n');
	const saying = (text: string) => ({
		said: [textPart([name, text].filter((words) => words !== '').join('\n'))],
	});
	const text = word(['text']) || textOfSource(holders);
	if (text !== '') return saying(text);
	const own = holders.find(({ type, content }) => type === 'content' && content !== undefined);
	if (own) {
		const { parts } = saidBy(own.content);
		const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
		if (texts.length === parts.length) return saying(texts.join('\n'));
		return { said: [...(name === '' ? [] : [textPart(name)]), ...parts] };
	}
	const data = plainDataUri(firstOf(holders, DATA, bytesOf));
	const head = dataUriHead(data);
	if (!head && /^$|^\w+:/.test(data)) {
		const link = data || word(PLACES);
		return link === '' ? undefined : { link };
	}
	const named = mimeTypeOf(word(TYPES) || (head?.type ?? '') || ofFormat(word(['format'])));
	const base64 = data.slice(head?.length ?? 0);
	const bytes = bytesIn(base64, head?.isBase64 ?? true);
	if (!bytes) return undefined;
	const type = (isUntyped(named) ? pictureType(base64) : undefined) ?? named;
	if (/^image\//.test(type) && !isTextType(type)) {
		return { said: [imagePart(dataUri(type, bytes.toString('base64')))] };
	}
	const read = textIn(bytes, type);
	if (read !== undefined) return saying(read);
	return {
		named: [name, namedBytes(bytes.length, type)].filter((words) => words !== '').join(', '),
	};
}

/** Undefined for data that should be base64 but is not. */
function bytesIn(data: string, isBase64: boolean): Buffer | undefined {
	if (isBase64) return isPlainBase64(data) ? Buffer.from(data, 'base64') : undefined;
	try {
		return Buffer.from(decodeURIComponent(data));
	} catch {
		return Buffer.from(data);
	}
}

/** Claude's documents contain their text as data. */
function textOfSource(holders: readonly Given[]): string {
	return firstOf(holders, ['type'], (type, { data }) => (type === 'text' ? wordOr(data) : ''));
}

function firstOf(
	holders: readonly Given[],
	keys: readonly string[],
	read: (value: unknown, holder: Given) => string,
): string {
	for (const holder of holders) {
		for (const key of keys) {
			const found = read(holder[key], holder);
			if (found !== '') return found;
		}
	}
	return '';
}

const FORMATS: Partial<Record<string, string>> = { txt: 'text/plain', md: 'text/markdown' };

/** For Bedrock, which has no MIME types. */
function ofFormat(format: string): string {
	if (format === '') return '';
	const plain = FORMATS[format] ?? (/^(?:csv|html)$/.test(format) ? `text/${format}` : undefined);
	return plain ?? `application/${format}`;
}

const DETAILS = ['auto', 'low', 'high'] as const;

const KNOWN = [
	...['type', 'image_url', 'image', 'source', 'detail', 'mediaType', 'mimeType', 'data', 'url'],
	...['inlineData', 'inline_data', 'base64', 'mime_type', 'source_type'],
];

/** The image of a part, in whatever format. */
export function imageOf(part: Record<string, unknown>, notes: Notes): ImagePart | undefined {
	const given = isRecord(part.image_url) ? part.image_url : part;
	const url =
		part.type === 'image_url' && isRecord(part.image_url) ? wordOr(given.url) : imageSource(part);
	if (url === undefined || url === '') return undefined;
	const isOwn = part.type === 'image_url' && isRecord(part.image_url);
	if (!isOwn) notes.add('parts', wordOr(part.type, 'image'));
	const detail = DETAILS.find((known) => known === given.detail);
	notes.leaveOut(part, KNOWN);
	if (isOwn) notes.at('image_url').leaveOut(given, ['url', ...(detail ? ['detail'] : [])]);
	for (const held of heldIn(part, [...HOLDERS, ...INLINE, 'image'])) {
		if (held !== part) notes.leaveOut(held, [...KNOWN, ...FILE_KEYS]);
	}
	const image = imagePart(url);
	return detail ? { ...image, image_url: { ...image.image_url, detail } } : image;
}

const IMAGE_TYPES = /^(image|file|media|image-data|image-url|file-data|file-url)$/;

/** In OpenAI's format, the image is next to the type. */
const LINKED = new Set<unknown>(['image_url', 'input_image', 'computer_screenshot']);

/** The link or data URI of an image in another API's format. */
function imageSource(part: Given): string | undefined {
	const { type, image_url: link } = part;
	if (LINKED.has(type) && typeof link === 'string') return link;
	const inline = part.inlineData ?? part.inline_data;
	if (isRecord(inline)) return imageOrNone(mediaTypeOf(inline), bytesOf(inline.data));
	// Bedrock has no types.
	if (isRecord(part.image)) return ofSource(part.image);
	const name = wordOr(type);
	if (!IMAGE_TYPES.test(name)) return undefined;
	if (isRecord(part.source)) return ofSource(part);
	const [image, base64, data, url] = [part.image, part.base64, part.data, part.url].map(bytesOf);
	const given = image || base64 || data || url || '';
	const isImage = name.startsWith('image');
	return imageOrNone(mediaTypeOf(part) || (isImage ? typeOfBytes(given) : ''), given);
}

function ofSource({ source, format, ...bytes }: Given): string | undefined {
	const { type, data } = bytes;
	if (type === 'Buffer') return imageOrNone('image/png', bytesOf({ type, data }));
	if (!isRecord(source)) return undefined;
	const sent = bytesOf(source.data) || bytesOf(source.bytes);
	const named = typeof format === 'string' ? `image/${format}` : mediaTypeOf(source);
	return sent ? imageOrNone(named || typeOfBytes(sent), sent) : wordOr(source.url) || undefined;
}

function mediaTypeOf({ mediaType, mimeType, media_type: claudes, mime_type: pythons }: Given) {
	return wordOr(mediaType, wordOr(mimeType, wordOr(claudes, wordOr(pythons))));
}

function imageOrNone(mediaType: string, given: string): string | undefined {
	if (given === '' || !/^image\b/.test(mediaType)) return undefined;
	if (/^(https?:|data:)/i.test(given)) return given;
	return dataUri(/^image\/\w/.test(mediaType) ? mediaType : typeOfBytes(given), given);
}

/** A text unchanged; bytes become base64, also those of Node and of LangChain as JSON. */
function bytesOf(value: unknown): string {
	if (!isRecord(value)) return wordOr(value);
	const list = value.type === 'Buffer' ? value.data : indexed(value);
	return Array.isArray(list) ? Buffer.from(list).toString('base64') : '';
}

/** `{"0": 72, "1": 105}` */
function indexed(value: Given): number[] | undefined {
	if (!(0 in value)) return undefined;
	const entries = Object.entries(value);
	const bytes = entries.flatMap(([key, byte], at) =>
		key === String(at) && typeof byte === 'number' ? [byte] : [],
	);
	return bytes.length === entries.length ? bytes : undefined;
}

/** By the first bytes of the base64. */
function typeOfBytes(base64: string): string {
	return pictureType(base64) ?? 'image/png';
}

/** A link, or base64 that begins like an image. */
export function isImageData(value: unknown): boolean {
	if (typeof value !== 'string') return false;
	return /^(https?:|data:image\/)/.test(value) || pictureType(value) !== undefined;
}
