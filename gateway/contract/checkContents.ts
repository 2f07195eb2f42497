import type { Message } from './chatBody';
import { refuse, refuseAsClaude, type Refusal } from './refusal';

const MB = 1024 * 1024;
/** Megabytes of base64. */
const LARGEST_IMAGE = 10;
const LARGEST_REQUEST = 32;
const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];

/** Claude's messages about contents that it does not accept. */
export function checkContents(messages: readonly Message[]): Refusal | undefined {
	for (const [index, message] of messages.entries()) {
		const refusal = checkContent(message, index);
		if (refusal) return refusal;
	}
	const sizes = messages.flatMap(({ content }) => partsOf(content)).map(sizeOf);
	if (sizes.reduce((sum, size) => sum + size, 0) <= LARGEST_REQUEST * MB) {
		return checkImages(messages.flatMap(({ content }) => partsOf(content)).flatMap(urlIn));
	}
	return {
		...refuseAsClaude('messages', 'Request exceeds the maximum size'),
		status: 413,
	};
}

const MOST_IMAGES = 100;
const MANY_IMAGES = 20;
const LARGEST_OF_MANY = 2000;

function checkImages(urls: readonly string[]): Refusal | undefined {
	if (urls.length > MOST_IMAGES) {
		const rule = `too many images and documents: ${urls.length} + 0 > ${MOST_IMAGES}`;
		return refuseAsClaude('messages', `messages: ${rule}`);
	}
	const isLarge = (url: string) => sideOf(url.replace(DATA_URI, '')) > LARGEST_OF_MANY;
	if (urls.length <= MANY_IMAGES || !urls.some(isLarge)) return undefined;
	const rule = `At least one of the image dimensions exceed max allowed size for many-image requests: ${LARGEST_OF_MANY} pixels`;
	return refuseAsClaude('messages', `messages: ${rule}`);
}

function urlIn(part: Part): string[] {
	return part.type === 'image_url' ? [part.image_url.url] : [];
}

function checkContent(message: Message, index: number): Refusal | undefined {
	const at = `messages[${index}].content`;
	const parts = partsOf(message.content);
	const hasCalls = message.role === 'assistant' && message.tool_calls !== undefined;
	if (parts.length === 0 && !hasCalls) {
		const rule = 'all messages must have non-empty content';
		return refuseAsClaude(at, `messages.${index}: ${rule}`);
	}
	for (const [place, part] of parts.entries()) {
		const isText = typeof message.content === 'string';
		const path = isText ? at : `${at}[${place}]`;
		const claude = `messages.${index}.content.${place}`;
		const refusal =
			part.type === 'text'
				? checkText(part.text, isText ? path : `${path}.text`, message)
				: checkImage(part.image_url.url, { place: `${path}.image_url.url`, claude });
		if (refusal) return refusal;
	}
	return undefined;
}

type Part = Exclude<NonNullable<Message['content']>, string>[number];

function partsOf(content: Message['content']): Part[] {
	if (typeof content === 'string') return [{ type: 'text', text: content }];
	return [...(content ?? [])];
}

/** Blank for Python, in which Claude's API is written. */
export const BLANK = /^[\s\u001c-\u001f\u0085]*$/;

function checkText(text: string, path: string, { role, content }: Message): Refusal | undefined {
	// A result as a whole may be empty: Claude documents its content as optional.
	if (!BLANK.test(text) || (role === 'tool' && content === '')) return undefined;
	const where = role === 'system' ? 'system' : 'messages';
	const rule = text === '' ? 'be non-empty' : 'contain non-whitespace text';
	return refuseAsClaude(path, `${where}: text content blocks must ${rule}`);
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const DATA_URI = /^data:([^;,]*);base64,/i;

function checkImage(
	url: string,
	{ place, claude }: { place: string; claude: string },
): Refusal | undefined {
	if (/^https?:\/\//i.test(url)) return undefined;
	const [head = '', type = ''] = DATA_URI.exec(url) ?? [];
	const source = `${claude}.image.source.base64`;
	if (head === '') return refuse(place, 'must be an http(s) URL or a base64 data URI of an image');
	if (!IMAGE_TYPES.includes(type.toLowerCase())) {
		const known = `'image/jpeg', 'image/png', 'image/gif' or 'image/webp'`;
		return refuseAsClaude(place, `${source}.media_type: Input should be ${known}`);
	}
	const size = url.length - head.length;
	if (size === 0) return refuseAsClaude(place, `${claude}.image: image cannot be empty`);
	if (size <= LARGEST_IMAGE * MB) {
		const data = url.slice(head.length);
		const isBase64 = size % 4 === 0 && BASE64.test(data);
		const rule = isBase64 ? pictureProblem(data, type.toLowerCase()) : ': invalid base64 data';
		return rule === undefined ? undefined : refuseAsClaude(place, source + rule);
	}
	const rule = `image exceeds ${LARGEST_IMAGE} MB maximum: ${size} bytes > ${LARGEST_IMAGE * MB} bytes`;
	return refuseAsClaude(place, `${source}: ${rule}`);
}

const STARTS = [
	['image/png', /^89504e470d0a1a0a/],
	['image/jpeg', /^ffd8ff/],
	['image/gif', /^47494638(?:37|39)61/],
	['image/webp', /^52494646.{8}57454250/],
] as const;
/** A page, JSON, a PDF, an archive, a sound. */
const OTHER_FILE = /^\s*[<{[]|^%PDF|^PK\x03\x04|^RIFF[^]{4}(?!WEBP)/;
const LARGEST_SIDE = 8000;

/** To be appended to the place of the picture. */
function pictureProblem(data: string, type: string): string | undefined {
	const start = Buffer.from(data.slice(0, 64), 'base64');
	const [actual] = STARTS.find(([, sign]) => sign.test(start.toString('hex'))) ?? [];
	if (OTHER_FILE.test(start.toString('latin1'))) return ': Could not process image';
	if (actual !== undefined && actual !== type) {
		return `: The image was specified using the ${type} media type, but the image appears to be a ${actual} image`;
	}
	if (sideOf(data) <= LARGEST_SIDE) return undefined;
	return `.data: At least one of the image dimensions exceed max allowed size: ${LARGEST_SIDE} pixels`;
}

/** Pixels of the longer side of a PNG. */
function sideOf(data: string): number {
	const bytes = Buffer.from(data.slice(0, 64), 'base64');
	if (bytes.length < 24 || !bytes.toString('hex').startsWith('89504e47')) return 0;
	return Math.max(bytes.readUInt32BE(16), bytes.readUInt32BE(20));
}

function sizeOf(part: Part): number {
	return part.type === 'image_url' && /^data:/i.test(part.image_url.url)
		? part.image_url.url.length
		: 0;
}
