import { TokenHubError } from '../../core/errors';
import type { ItemRun } from './runItems';
import { dataUri } from '../../core/chat/imagePart';

/** Image URLs for a request: links and data URIs as they are, binary fields as data URIs. */
export async function readImages(
	{ context, itemIndex }: Pick<ItemRun, 'context' | 'itemIndex'>,
	sources: readonly string[],
): Promise<string[]> {
	const toUrl = async (source: string) => {
		const named = source.trim();
		if (/^(https?:\/\/|data:)/i.test(named)) return named;
		const { mimeType } = context.helpers.assertBinaryData(itemIndex, named);
		if (!mimeType.startsWith('image/')) {
			throw new TokenHubError(
				'badConfig',
				`Images: the binary field "${named}" is ${mimeType}, no image.`,
			);
		}
		const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, named);
		return dataUri(mimeType, bytes.toString('base64'));
	};
	return await Promise.all(sources.map(toUrl));
}
