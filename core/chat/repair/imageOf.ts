import { isRecord } from '../../isRecord';
import { imagePart } from '../images';
import type { ImagePart } from '../messages';
import { imageSource } from './imageSource';
import { noteKeys, type Notes } from './notes';
import { wordOr } from './pieces';

const DETAILS = ['auto', 'low', 'high'] as const;

const KNOWN = [
	...['type', 'image_url', 'image', 'source', 'detail', 'mediaType', 'mimeType', 'data', 'url'],
	...['inlineData', 'inline_data'],
];

/** The image that a part is, in whose form ever. */
export function imageOf(part: Record<string, unknown>, notes: Notes): ImagePart | undefined {
	const given = isRecord(part.image_url) ? part.image_url : part;
	const url =
		part.type === 'image_url' && isRecord(part.image_url) ? wordOr(given.url) : imageSource(part);
	if (url === undefined || url === '') return undefined;
	const isOwn = part.type === 'image_url' && isRecord(part.image_url);
	if (!isOwn) notes.add('parts', wordOr(part.type, 'image'));
	const detail = DETAILS.find((known) => known === given.detail);
	noteKeys(part, KNOWN, notes);
	if (isOwn) noteKeys(given, ['url', ...(detail ? ['detail'] : [])], notes);
	const image = imagePart(url);
	return detail ? { ...image, image_url: { ...image.image_url, detail } } : image;
}
