import { isRecord } from '../../isRecord';
import { dataUri, imagePart } from '../imagePart';
import type { ImagePart } from '../messages';
import { noteKeys, type Notes } from './notes';
import { wordOr } from './pieces';

const DETAILS = ['auto', 'low', 'high'] as const;

/** The image that a part is, in whose form ever. */
export function imageOf(part: Record<string, unknown>, notes: Notes): ImagePart | undefined {
	const given = isRecord(part.image_url) ? part.image_url : part;
	const url =
		part.type === 'image_url' && isRecord(part.image_url) ? wordOr(given.url) : otherUrl(part);
	if (url === undefined || url === '') return undefined;
	const isOwn = part.type === 'image_url' && isRecord(part.image_url);
	if (!isOwn) notes.add('parts', wordOr(part.type, 'image'));
	const detail = DETAILS.find((known) => known === given.detail);
	noteKeys(
		part,
		['type', 'image_url', 'image', 'source', 'detail', 'mediaType', 'mimeType', 'data'],
		notes,
	);
	if (isOwn) noteKeys(given, ['url', ...(detail ? ['detail'] : [])], notes);
	const image = imagePart(url);
	return detail ? { ...image, image_url: { ...image.image_url, detail } } : image;
}

/** Of an image in the form of another API. */
function otherUrl(part: Record<string, unknown>): string | undefined {
	const { type, image_url: link, source, image, data } = part;
	if ((type === 'image_url' || type === 'input_image') && typeof link === 'string') return link;
	if (type !== 'image' && type !== 'file') return undefined;
	const mediaType = wordOr(part.mediaType, wordOr(part.mimeType));
	if (type === 'file' && !mediaType.startsWith('image/')) return undefined;
	if (isRecord(source)) {
		return typeof source.data === 'string'
			? dataUri(wordOr(source.media_type, 'image/png'), source.data)
			: wordOr(source.url) || undefined;
	}
	const bytes = wordOr(image, wordOr(data));
	if (bytes === '' || /^(https?:|data:)/i.test(bytes)) return bytes || undefined;
	return dataUri(mediaType || 'image/png', bytes);
}
