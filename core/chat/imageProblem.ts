import { dataUriHead, isPlainBase64, plainDataUri } from './imagePart';

/**
 * Claude's limits (its vision guide; TokenHub promises nothing else): types, and megabytes of one
 * image and of all that a request holds, as base64.
 */
const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const IMAGE_LIMITS = { imageMb: 10, requestMb: 32 } as const;

const MB = 1024 * 1024;

/** Whether Claude sees pictures of this MIME type. */
export function isImageType(type: string): boolean {
	return TYPES.includes(type.toLowerCase());
}

/** Why an image would be refused, before it is sent and paid for. A link is the endpoint's to read. */
export function imageProblem(url: string, mostMb: number = IMAGE_LIMITS.imageMb) {
	if (/^https?:\/\//i.test(url)) return undefined;
	if (!/^data:/i.test(url)) return 'it is neither an http(s) link nor a data URI';
	return dataProblem(plainDataUri(url), mostMb);
}

function dataProblem(url: string, mostMb: number): string | undefined {
	const head = dataUriHead(url);
	if (!head) return 'it is no data URI: no comma stands before its data';
	const { type, length } = head;
	if (!isImageType(type)) {
		return `it is ${type}, not PNG, JPEG, GIF or WebP`;
	}
	if (!head.isBase64) return 'its data is not in base64';
	if (url.length === length) return 'it holds no data';
	const size = (url.length - length) / MB;
	if (size <= mostMb)
		return isPlainBase64(url.slice(head.length)) ? undefined : 'its data is no base64';
	return `it has ${size.toFixed(1)} MB as base64, more than ${mostMb}`;
}

/** The same for all images of a request together. */
export function imagesProblem(urls: readonly string[]) {
	const characters = urls.reduce((sum, url) => sum + (url.startsWith('data:') ? url.length : 0), 0);
	if (characters / MB <= IMAGE_LIMITS.requestMb) return undefined;
	const size = (characters / MB).toFixed(1);
	return `the images have ${size} MB as base64, more than ${IMAGE_LIMITS.requestMb}: send fewer`;
}
