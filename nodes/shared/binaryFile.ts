import type { ItemRun } from './runItems';

/** What a binary field of an item holds. */
export interface BinaryFile {
	/** Of the field. */
	name: string;
	/** By the first bytes where those tell, else as the field says. */
	mimeType: string;
	bytes: Buffer;
}

export async function readBinary(
	{ context, itemIndex }: Pick<ItemRun, 'context' | 'itemIndex'>,
	name: string,
): Promise<BinaryFile> {
	const { mimeType } = context.helpers.assertBinaryData(itemIndex, name);
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, name);
	return { name, mimeType: typeOf(bytes) ?? mimeType, bytes };
}

/** Downloads often come as `application/octet-stream`. */
const SIGNATURES: Array<[mimeType: string, start: RegExp]> = [
	['image/png', /^\x89PNG/],
	['image/jpeg', /^\xFF\xD8\xFF/],
	['image/gif', /^GIF8/],
	['image/webp', /^RIFF.{4}WEBP/s],
	['application/pdf', /^%PDF-/],
];

function typeOf(bytes: Buffer): string | undefined {
	const start = bytes.toString('latin1', 0, 12);
	return SIGNATURES.find(([, signature]) => signature.test(start))?.[0];
}
