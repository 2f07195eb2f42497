import { draw, type Drawing, firstState } from './draw';
import { fieldsOf, type FormField } from './fields';
import { dataOf, follow, type Objects, valueAt } from './objects';
import { fromFile, type PdfFile } from './openFile';
import { type Box, emptyPage, textOf } from './pageText';
import {
	broken,
	dictOf,
	isList,
	isRef,
	isStream,
	nameOf,
	numbersOf,
	type Pace,
	PDF_LIMITS,
	type PdfDict,
	type PdfValue,
	refusal,
} from './values';

/** The text of a page, and its form fields. */
export interface ReadPage {
	text: string;
	/** How many letters of the text the fonts do not identify. */
	unknown: number;
	fields: FormField[];
}

/** @throws Refusal for a PDF that is broken, locked, or larger than any document. */
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
	const bytes = await contentOf(file, await valueAt(objects, dict, 'Contents'));
	await draw(drawing, bytes);
	const fields = await fieldsOf(objects, dict);
	return { text: textOf(drawing.page), unknown: drawing.page.unknown, fields };
}

const MOST_BYTES = PDF_LIMITS.streamMegabytes * 1024 * 1024;

/** The content of a page may be split over several streams, which are read as one. */
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

interface PdfPage {
	dict: PdfDict;
	resources: PdfDict;
	/** The visible area: text outside it is left out. */
	box: Box;
}

interface Branch {
	value: PdfValue;
	inherited: PdfDict;
	depth: number;
}

const INHERITED = ['Resources', 'MediaBox', 'CropBox'];
const DEEPEST = 100;

/** All pages in order. @throws Refusal `pages` if there are too many. */
export async function pagesOf({ objects, root }: PdfFile): Promise<PdfPage[]> {
	const pages: PdfPage[] = [];
	const seen = new Set<number>();
	const open: Branch[] = [{ value: root.get('Pages') ?? null, inherited: new Map(), depth: 0 }];
	for (let branch = open.pop(); branch; branch = open.pop()) {
		const { value, inherited, depth } = branch;
		await objects.pace();
		// A page may be listed twice, but a branch must not be its own child.
		const dict = dictOf(await follow(objects, value));
		const kids = await valueAt(objects, dict, 'Kids');
		const own = new Map(inherited);
		for (const key of INHERITED) {
			const found = await valueAt(objects, dict, key);
			if (found !== null) own.set(key, found);
		}
		if (isList(kids) && nameOf(dict.get('Type')) !== 'Page') {
			if (depth > DEEPEST || (isRef(value) && seen.has(value.ref))) continue;
			if (isRef(value)) seen.add(value.ref);
			if (open.length + kids.length > 2 * PDF_LIMITS.objects) throw refusal('objects');
			for (const kid of kids.toReversed())
				open.push({ value: kid, inherited: own, depth: depth + 1 });
		} else if (dict.size > 0 && nameOf(dict.get('Type')) !== 'Pages') {
			pages.push({ dict, resources: dictOf(own.get('Resources')), box: await boxOf(objects, own) });
			if (pages.length > PDF_LIMITS.pages) throw refusal('pages');
		}
	}
	if (pages.length === 0) throw broken('it has no pages');
	return pages;
}

async function boxOf(objects: Objects, from: PdfDict): Promise<Box> {
	const media = (await sides(objects, from.get('MediaBox'))) ?? [0, 0, 612, 792];
	const crop = (await sides(objects, from.get('CropBox'))) ?? media;
	const [left, bottom] = [Math.max(media[0], crop[0]), Math.max(media[1], crop[1])];
	const [right, top] = [Math.min(media[2], crop[2]), Math.min(media[3], crop[3])];
	return left < right && bottom < top ? [left, bottom, right, top] : media;
}

async function sides(objects: Objects, value: PdfValue | undefined): Promise<Box | undefined> {
	const list: PdfValue[] = [];
	if (isList(value)) for (const item of value.slice(0, 4)) list.push(await follow(objects, item));
	const [a, b, c, d] = numbersOf(list) ?? [];
	if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
	const box: Box = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
	return box[0] < box[2] && box[1] < box[3] ? box : undefined;
}
