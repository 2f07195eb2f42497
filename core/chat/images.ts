import { isUntyped } from '../lib/textType';
import { isNoPicture, PICTURE_TYPES, pictureSize, pictureType } from './pictures';

/** An image as a part of a message, in OpenAI's format, with its data as Claude accepts it. */
export function imagePart(url: string) {
	return plainImagePart(plainDataUri(url));
}

/** For a URI that is already plain: it may have megabytes. */
export function plainImagePart(url: string) {
	return { type: 'image_url' as const, image_url: { url } };
}

export function dataUri(mimeType: string, base64: string): string {
	return `data:${mimeType};base64,${base64}`;
}

interface DataUriHead {
	type: string;
	isBase64: boolean;
	/** The length up to the data, including the comma. */
	length: number;
}

/** Types and their parameters are short, and the data may have megabytes: a longer head is not one. */
const LONGEST_HEAD = 1_000;

/** What comes before the data of a data URI; undefined for a link, and if the comma is missing. */
export function dataUriHead(url: string): DataUriHead | undefined {
	const comma = url.slice(0, LONGEST_HEAD).indexOf(',');
	if (comma === -1 || !/^data:/i.test(url)) return undefined;
	const [type = '', ...parameters] = url.slice('data:'.length, comma).split(';');
	return {
		type,
		isBase64: parameters.at(-1)?.trim().toLowerCase() === 'base64',
		length: comma + 1,
	};
}

/** Other names for types that Claude sees. */
const SAME_TYPES: Partial<Record<string, string>> = {
	'image/jpg': 'image/jpeg',
	'image/pjpeg': 'image/jpeg',
	'image/x-png': 'image/png',
};

/** Some clients put a data URI where its data belongs, even repeatedly. */
const MOST_HEADS = 5;

/**
 * The same image as Claude accepts it: a head without parameters and with the actual type of the data,
 * and padded base64 of the standard alphabet without blanks. What is not a base64 data URI is
 * unchanged.
 */
export function plainDataUri(url: string): string {
	let given = url;
	for (let count = 0; count < MOST_HEADS; count += 1) {
		const head = dataUriHead(given);
		if (!head?.isBase64) return url;
		const data = given.slice(head.length);
		if (!/^\s*data:/i.test(data.slice(0, 100)))
			return plainUri(typeOf(head.type), plainBase64(data));
		given = data.trim();
	}
	return url;
}

/** Many JPEG screenshots are labelled PNG, and downloads have no type. */
function plainUri(named: string, data: string): string {
	const mayBe = isImageType(named) || isUntyped(named);
	return dataUri((mayBe ? pictureType(data) : undefined) ?? named, data);
}

function typeOf(named: string): string {
	const type = named.trim().toLowerCase();
	return SAME_TYPES[type] ?? type;
}

function plainBase64(data: string): string {
	const plain = /[\s_%-]/.test(data)
		? data
				.replace(/%(2b|2f|3d)/gi, (sign) => decodeURIComponent(sign))
				.replace(/\s+/g, '')
				.replace(/-/g, '+')
				.replace(/_/g, '/')
		: data;
	return plain.length % 4 > 1 && !plain.endsWith('=')
		? plain.padEnd(plain.length + 4 - (plain.length % 4), '=')
		: plain;
}

/** Whether it is proper base64: no other characters, and complete. */
export function isPlainBase64(data: string): boolean {
	return data.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(data);
}

/**
 * Claude's limits (from its vision guide; TokenHub promises nothing else): megabytes as base64
 * of one image and of all images of a request, pixels on a side, and their number.
 */
const IMAGE_LIMITS = { imageMb: 10, requestMb: 32, side: 8000, most: 100 } as const;
/** With more images than this, none may be larger. */
const MANY_IMAGES = { count: 20, side: 2000 } as const;

const MB = 1024 * 1024;

/** Whether Claude sees images of this MIME type. */
export function isImageType(type: string): boolean {
	return PICTURE_TYPES.has(type.toLowerCase());
}

/** Why an image would be refused, before it is sent and paid for. A link is read by the endpoint. */
export function imageProblem(url: string, mostMb: number = IMAGE_LIMITS.imageMb) {
	if (/^https?:\/\//i.test(url)) return undefined;
	if (!/^data:/i.test(url)) return 'it is neither an http(s) link nor a data URI';
	return plainUriProblem(plainDataUri(url), mostMb);
}

/** The same for a data URI that is already plain. */
export function plainUriProblem(url: string, mostMb: number): string | undefined {
	const head = dataUriHead(url);
	if (!head) return 'it is not a data URI: there is no comma before its data';
	const { type, length } = head;
	if (!isImageType(type)) {
		return `it is ${type}, not PNG, JPEG, GIF or WebP`;
	}
	if (!head.isBase64) return 'its data is not in base64';
	if (url.length === length) return 'it contains no data';
	const size = (url.length - length) / MB;
	if (size > mostMb) return `it has ${size.toFixed(1)} MB as base64, more than ${mostMb}`;
	const data = url.slice(length);
	if (!isPlainBase64(data)) return 'its data is not base64';
	// For example an error page: Claude could not process it.
	if (isNoPicture(data)) return 'its data does not begin as a picture does';
	return sizeProblem(data);
}

function sizeProblem(data: string): string | undefined {
	const { width, height } = pictureSize(data) ?? { width: 0, height: 0 };
	if (Math.max(width, height) <= IMAGE_LIMITS.side) return undefined;
	return `it has ${width} × ${height} pixels, more than ${IMAGE_LIMITS.side} on a side`;
}

/** What an image contributes to a request. */
export interface ImageShare {
	/** Characters of its data. */
	characters: number;
	/** Pixels of its longer side, if known. */
	side: number;
}

export function imageShare(url: string): ImageShare {
	const head = dataUriHead(url);
	if (!head) return { characters: 0, side: 0 };
	const { width, height } = pictureSize(url.slice(head.length)) ?? { width: 0, height: 0 };
	return { characters: url.length, side: Math.max(width, height) };
}

/** The same for all images of a request together. */
export function imagesProblem(images: readonly ImageShare[]): string | undefined {
	const characters = images.reduce((sum, image) => sum + image.characters, 0);
	const { requestMb, most } = IMAGE_LIMITS;
	if (characters > requestMb * MB) {
		const size = (characters / MB).toFixed(1);
		return `the images have ${size} MB as base64, more than ${requestMb}: send fewer`;
	}
	if (images.length > most)
		return `there are ${images.length} images, more than ${most}: send fewer`;
	const { count, side } = MANY_IMAGES;
	const large = images.find((image) => image.side > side);
	if (images.length <= count || !large) return undefined;
	return `there are ${images.length} images, and one has ${large.side} pixels on a side: with more than ${count} images, Claude accepts none above ${side}`;
}
