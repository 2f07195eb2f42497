import { draw } from './content';
import { type Drawing, firstState } from './drawText';
import { fieldsOf, type FormField } from './fields';
import { dataOf, follow } from './objects';
import { fromFile, type PdfFile } from './openFile';
import { pagesOf, type PdfPage } from './pages';
import { emptyPage, textOf } from './pageText';
import { PDF_LIMITS, refusal, type Pace, isList, isStream, type PdfValue } from './values';

/** The text of a page, and the fields of its forms. */
export interface ReadPage {
	text: string;
	/** Letters in the text that the fonts do not tell. */
	unknown: number;
	fields: FormField[];
}

/** @throws Refusal for what is broken, locked, or larger than any document. */
export async function readPdf(bytes: Uint8Array, pace: Pace): Promise<ReadPage[]> {
	return await fromFile(bytes, pace, readPages);
}

async function readPages(file: PdfFile): Promise<ReadPage[]> {
	const fonts: Drawing['fonts'] = new Map();
	const pages: ReadPage[] = [];
	let left: number = PDF_LIMITS.characters;
	for (const page of await pagesOf(file)) {
		const read = await readPage(file, page, fonts);
		left -= read.text.length + JSON.stringify(read.fields).length;
		if (left < 0) throw refusal('characters');
		pages.push(read);
	}
	return pages;
}

async function readPage(
	file: PdfFile,
	{ dict, resources, box }: PdfPage,
	fonts: Drawing['fonts'],
): Promise<ReadPage> {
	const { objects } = file;
	const drawing: Drawing = {
		...{ objects, resources, fonts, page: emptyPage(box) },
		...{ state: firstState(), states: [], busy: new Set(), drawn: { forms: 0 } },
	};
	const bytes = await contentOf(file, await follow(objects, dict.get('Contents')));
	await draw(drawing, bytes);
	const fields = await fieldsOf(file, { dict, resources, box });
	return { text: textOf(drawing.page), unknown: drawing.page.unknown, fields };
}

const MOST_BYTES = PDF_LIMITS.streamMegabytes * 1024 * 1024;

/** The content of a page may be in several streams, which are one text. */
async function contentOf({ objects }: PdfFile, value: PdfValue): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	let length = 0;
	for (const item of isList(value) ? value : [value]) {
		const stream = await follow(objects, item);
		if (!isStream(stream)) continue;
		const part = await dataOf(objects, stream);
		length += part.length + 1;
		if (length > MOST_BYTES) throw refusal('streamMegabytes');
		parts.push(part, Buffer.from('\n'));
	}
	return parts.length === 2 ? (parts[0] ?? new Uint8Array()) : Buffer.concat(parts);
}
