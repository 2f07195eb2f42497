import {
	dataUri,
	dataUriHead,
	plainDataUri,
	plainUriProblem,
	isImageType,
} from '../../chat/images';
import { imageLeftOut } from '../messagesToModel';
import { pictureType } from './encoded';
import { Enclosed, NoText, type Leaf } from './parts';
import { namedBytes } from '../../textType';

/**
 * Of base64, and of a whole result: what some models and gateways still refuse would end the whole
 * loop, and a result that somebody else has written must not fill the conversation with pictures.
 */
const MOST_MB = 5;
const MOST_IMAGES = 20;
const MOST_MB_TOGETHER = 20;
const LONGEST_LINK = 2_048;

export interface Image {
	url: string;
	/** "image/png, 12 kB" */
	title: string;
}

/** Adds a picture to those that the model sees; gives its name, or why it was left out. */
export function addImage(images: Image[], url: string): { title: string } | { leftOut: string } {
	const read = readImage(url);
	const refusal = 'refusal' in read ? read.refusal : tooMany(images, read);
	if (refusal !== undefined) return { leftOut: imageLeftOut(read.title, refusal) };
	if ('url' in read) images.push(read);
	return read;
}

/** A file within a value, in words; without images, a picture is one like any other. */
export function shownLeaf(value: Leaf, images: Image[] | undefined): Leaf {
	if (!(value instanceof Enclosed)) return value;
	const { type, size, url } = value;
	if (!images || url === undefined) return new NoText(namedBytes(size, type));
	const added = addImage(images, url);
	return 'leftOut' in added ? added.leftOut : `[${added.title}]`;
}

function tooMany(images: readonly Image[], next: Image): string | undefined {
	if (images.length >= MOST_IMAGES) return `a result has ${MOST_IMAGES} at most`;
	const characters = [...images, next].reduce((sum, { url }) => sum + url.length, 0);
	if (characters <= MOST_MB_TOGETHER * 1024 * 1024) return undefined;
	return `the images of a result have ${MOST_MB_TOGETHER} MB as base64 at most`;
}

function readImage(given: string): Image | { refusal: string; title: string } {
	const url = plainDataUri(given);
	const head = dataUriHead(url);
	if (!head?.isBase64) return readLink(url);
	const data = url.slice(head.length);
	const type = (isImageType(head.type) ? pictureType(data) : undefined) ?? head.type;
	const bytes = Math.floor((data.length * 3) / 4);
	const title = `${type}, ${Math.ceil(bytes / 1024)} kB`;
	const shown = type === head.type ? url : dataUri(type, data);
	const refusal = plainUriProblem(shown, MOST_MB);
	return refusal === undefined ? { url: shown, title } : { refusal, title };
}

/** A link is the endpoint's to read: what is none would be refused with the whole conversation. */
function readLink(url: string): Image | { refusal: string; title: string } {
	const title = `image ${url.length > 200 ? `${url.slice(0, 200)}…` : url}`;
	const isLink = url.length <= LONGEST_LINK && /^https?:\/\//i.test(url) && URL.canParse(url);
	return isLink
		? { url, title }
		: { refusal: 'it is neither a link nor base64 of a picture', title };
}
