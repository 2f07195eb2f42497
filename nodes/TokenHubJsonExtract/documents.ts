import { pdfText } from '../../core/extract/pdfText';
import { readBinary } from '../shared/binaryFile';
import { imageUrl, isImageUrl } from '../shared/images';
import type { ItemRun } from '../shared/runItems';

interface Documents {
	/** URLs and data URIs, for the model to look at. */
	images: string[];
	/** The text of each PDF. */
	texts: string[];
}

/** The files to extract from: of a PDF its text, of an image its picture. */
export async function readDocuments(
	item: Pick<ItemRun, 'context' | 'itemIndex'>,
	sources: readonly string[],
): Promise<Documents> {
	const found = await Promise.all(
		sources.map(async (source): Promise<Partial<Record<'image' | 'text', string>>> => {
			const named = source.trim();
			if (isImageUrl(named)) return { image: named };
			const file = await readBinary(item, named);
			if (file.mimeType !== 'application/pdf') return { image: imageUrl(file) };
			return { text: await pdfText(file.bytes, `Images: the PDF "${named}"`) };
		}),
	);
	return {
		images: found.flatMap(({ image }) => image ?? []),
		texts: found.flatMap(({ text }) => text ?? []),
	};
}
