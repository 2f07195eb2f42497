import { isRecord } from '../../isRecord';
import { dataUri } from '../images';
import { wordOr } from './pieces';

type Given = Record<string, unknown>;

const IMAGE_TYPES = /^(image|file|media|image-data|image-url|file-data|file-url)$/;

/** The link or data URI of an image in the form of another API. */
export function imageSource(part: Given): string | undefined {
	const { type, image_url: link } = part;
	if ((type === 'image_url' || type === 'input_image') && typeof link === 'string') return link;
	const inline = part.inlineData ?? part.inline_data;
	if (isRecord(inline)) return imageOrNone(mediaTypeOf(inline), bytesOf(inline.data));
	// Bedrock has no types.
	if (isRecord(part.image)) return ofSource(part.image);
	const name = wordOr(type);
	if (!IMAGE_TYPES.test(name)) return undefined;
	if (isRecord(part.source)) return ofSource(part);
	const given = bytesOf(part.image) || bytesOf(part.data) || bytesOf(part.url);
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

/** A text as it is; bytes become base64, also as JSON writes those of Node and of the language. */
export function bytesOf(value: unknown): string {
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

const SIGNATURES = [
	['image/jpeg', '/9j/'],
	['image/gif', 'R0lGOD'],
	['image/webp', 'UklGR'],
] as const;

/** By the first bytes, of base64. */
function typeOfBytes(base64: string): string {
	return SIGNATURES.find(([, start]) => base64.startsWith(start))?.[0] ?? 'image/png';
}

/** A link, or base64 that begins as an image does. */
export function isImageData(value: unknown): boolean {
	return (
		typeof value === 'string' && /^(https?:|data:image\/|iVBOR|\/9j\/|R0lGOD|UklGR)/.test(value)
	);
}
