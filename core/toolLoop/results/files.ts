import {
	dataUri,
	dataUriHead,
	isImageType,
	plainDataUri,
	plainUriProblem,
} from '../../chat/images';
import { pictureType } from '../../chat/pictures';
import { cutEnd } from './capText';
import { Enclosed, Later, leaf, type Kind, NoText, type Leaf, type Image } from './parts';
import {
	isTextType,
	isUntyped,
	mimeTypeOf,
	textAtStart,
	textIn,
	namedBytes,
} from '../../lib/textType';
import { imageLeftOut } from '../messagesToModel';

/** The names under which formats keep base64, and the type that it has. */
const DATA = [
	...['data', 'base64', 'b64_json', 'blob', 'bytes', 'content', 'contentBytes', 'image', 'url'],
	...['image_url', 'file_data', 'audio', 'fileData', 'screenshot'],
];
const TYPES = [
	...['mimeType', 'mime_type', 'mediaType', 'media_type', 'mimetype', 'contentType'],
	...['content_type', 'type'],
];

/** A shorter text may be a word. */
const SHORTEST_PICTURE = 40;
const SHORTEST_FILE = 200;

/** A file in base64 within a plain object of any format, with its field. */
export function encodedIn(value: object): [key: string, file: Enclosed] | undefined {
	for (const key of DATA) {
		const text = ownText(value, key);
		if (text === undefined || text.length < SHORTEST_PICTURE) continue;
		const head = dataUriHead(text);
		if (head && !head.isBase64) continue;
		const type = mimeTypeOf(head?.type ?? typeBeside(value) ?? '');
		const file = encodedFile(head ? text.slice(head.length) : text, type);
		if (file) return [key, file];
	}
	return undefined;
}

function encodedFile(data: string, named: string): Enclosed | undefined {
	if (!isBase64(data)) return undefined;
	const size = Math.floor((data.length * 3) / 4);
	const type = pictureType(data);
	if (type !== undefined && (isUntyped(named) || isImageType(named))) {
		return new Enclosed(type, size, dataUri(type, data));
	}
	const isFile = named !== '' && !isTextType(named) && data.length >= SHORTEST_FILE;
	return isFile ? new Enclosed(named, size) : undefined;
}

/** A text that is exactly one data URI of a base64 file. */
export function fileOfUri(text: string): Enclosed | undefined {
	const head = text.length < SHORTEST_PICTURE ? undefined : dataUriHead(text);
	return head?.isBase64 ? encodedFile(text.slice(head.length), mimeTypeOf(head.type)) : undefined;
}

/** In bytes; a larger one is refused because of its size, and named. */
export const LARGEST_PICTURE = 8 * 1024 * 1024;

/** Bytes, which may be those of a picture; of a longer file, only the first may be there. */
export function fileOf(bytes: Uint8Array, size: number = bytes.length): Enclosed {
	const type = pictureTypeOf(bytes);
	if (type === undefined || bytes.length > LARGEST_PICTURE) return new Enclosed(type ?? '', size);
	return new Enclosed(type, bytes.length, dataUri(type, base64Of(bytes)));
}

/** Whether data of this type is never read: sound, video and drawings that no model sees. */
export function isNeverRead(type: string): boolean {
	return /^(image|audio|video|font)\//.test(mimeTypeOf(type)) && !isTextType(type);
}

export function pictureTypeOf(bytes: Uint8Array) {
	return pictureType(base64Of(bytes.subarray(0, SIGNS)));
}

/** As many bytes as tell a picture. */
export const SIGNS = 12;
/** Enough to tell whether reading on is worthwhile. */
export const SHORT_START = 4_096;

/** Bytes as what they are: a picture, a text, or a file without a text form. */
export function bytesAs(bytes: Uint8Array): Kind {
	if (bytes.length === 0) return leaf('');
	const file = fileOf(bytes);
	if (file.url !== undefined) return leaf(file);
	if (textAtStart(bytes.subarray(0, SHORT_START)) === undefined) return leaf(file);
	return new Later(({ limit }) => {
		const most = 4 * limit;
		const text = bytes.length > most ? textAtStart(bytes.subarray(0, most)) : textIn(bytes, '');
		return text === undefined ? file : cutEnd(text, bytes.length > most ? limit : Infinity);
	});
}

function base64Of(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function typeBeside(value: object): string | undefined {
	return TYPES.map((key) => ownText(value, key)).find(
		(type) => type !== undefined && /^[a-z]+\/[\w.+-]+/i.test(type),
	);
}

function ownText(value: object, key: string): string | undefined {
	const given: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
	return typeof given === 'string' ? given : undefined;
}

/** Only its ends are checked: the whole may have megabytes. */
function isBase64(text: string): boolean {
	return (
		/^[\w+/-]+$/.test(text.slice(0, 200).replace(/=+$/, '')) && /[\w+/=-]{4}$/.test(text.slice(-4))
	);
}

/**
 * For base64, and for a whole result: what some models and gateways refuse would end the whole loop,
 * and a result that somebody else has written must not fill the conversation with pictures.
 */
const MOST_MB = 5;
const MOST_IMAGES = 20;
const MOST_MB_TOGETHER = 20;
const LONGEST_LINK = 2_048;

/** Adds a picture to those that the model sees; returns its name, or why it was left out. */
export function addImage(images: Image[], url: string): { title: string } | { leftOut: string } {
	const read = readImage(url);
	const refusal = 'refusal' in read ? read.refusal : tooMany(images, read);
	if (refusal !== undefined) return { leftOut: imageLeftOut(read.title, refusal) };
	if ('url' in read) images.push(read);
	return read;
}

/** The description of a file within a value; without `images`, a picture is a file like any other. */
export function shownLeaf(value: Leaf, images: Image[] | undefined): Leaf {
	if (!(value instanceof Enclosed)) return value;
	const { type, size, url } = value;
	if (!images || url === undefined) return new NoText(namedBytes(size, type));
	const added = addImage(images, url);
	return 'leftOut' in added ? added.leftOut : `[${added.title}]`;
}

function tooMany(images: readonly Image[], next: Image): string | undefined {
	if (images.length >= MOST_IMAGES) return `a result may have ${MOST_IMAGES} at most`;
	const characters = [...images, next].reduce((sum, { url }) => sum + url.length, 0);
	if (characters <= MOST_MB_TOGETHER * 1024 * 1024) return undefined;
	return `the images of a result may have ${MOST_MB_TOGETHER} MB as base64 at most`;
}

function readImage(given: string): Image | { refusal: string; title: string } {
	const url = plainDataUri(given);
	const head = dataUriHead(url);
	if (!head?.isBase64) return readLink(url);
	const data = url.slice(head.length);
	const bytes = Math.floor((data.length * 3) / 4);
	const title = `${head.type}, ${Math.ceil(bytes / 1024)} kB`;
	const refusal = plainUriProblem(url, MOST_MB);
	return refusal === undefined ? { url, title } : { refusal, title };
}

/** A link is read by the endpoint: an invalid one would make it refuse the whole conversation. */
function readLink(url: string): Image | { refusal: string; title: string } {
	const title = `image ${url.length > 200 ? `${url.slice(0, 200)}…` : url}`;
	const isLink = url.length <= LONGEST_LINK && /^https?:\/\//i.test(url) && URL.canParse(url);
	return isLink
		? { url, title }
		: { refusal: 'it is neither a link nor base64 of a picture', title };
}
