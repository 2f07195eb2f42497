import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { dataUri, imagePart } from '../../../core/chat/images';

/**
 * Items as the result of a tool: the single item's data or a list, and the images in their binary
 * fields in OpenAI's format.
 */
export async function itemsResult(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): Promise<unknown> {
	const rows = items.map(({ json }) => json);
	const data: unknown = rows.length === 1 ? rows[0] : rows;
	const images = (await Promise.all(items.map((item) => imagesOf(context, item)))).flat();
	if (images.length === 0) return rows.length === 0 ? undefined : data;
	const isEmpty = rows.every((row) => Object.keys(row).length === 0);
	return [...(isEmpty ? [] : [{ type: 'text', text: JSON.stringify(data) }]), ...images];
}

async function imagesOf(context: IExecuteFunctions, { binary = {} }: INodeExecutionData) {
	const images = Object.values(binary).filter(({ mimeType }) => mimeType.startsWith('image/'));
	return await Promise.all(
		images.map(async (image) => {
			const bytes = await context.helpers.getBinaryDataBuffer(0, image);
			return imagePart(dataUri(image.mimeType, bytes.toString('base64')));
		}),
	);
}
