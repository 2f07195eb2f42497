import { dataUri } from '../../core/chat/imagePart';
import { imageProblem } from '../../core/chat/imageProblem';
import { TokenHubError } from '../../core/errors';
import { readBinary, type BinaryFile } from './binaryFile';
import type { ItemRun } from './runItems';

/** Image URLs for a request: links and data URIs as they are, binary fields as data URIs. */
export async function readImages(
	item: Pick<ItemRun, 'context' | 'itemIndex'>,
	sources: readonly string[],
): Promise<string[]> {
	return await Promise.all(
		sources.map(async (source) => {
			const named = source.trim();
			return isImageUrl(named) ? named : imageUrl(await readBinary(item, named));
		}),
	);
}

export function isImageUrl(source: string): boolean {
	return /^(https?:\/\/|data:)/i.test(source);
}

/** @throws TokenHubError `badConfig` for a file that is no image, or one that would be refused. */
export function imageUrl({ name, mimeType, bytes }: BinaryFile): string {
	const url = dataUri(mimeType, bytes.toString('base64'));
	const problem = imageProblem(url);
	if (problem === undefined) return url;
	throw new TokenHubError('badConfig', `Images: the binary field "${name}": ${problem}.`, {
		hint: 'Change its size or type first, for example with the Edit Image node.',
	});
}
