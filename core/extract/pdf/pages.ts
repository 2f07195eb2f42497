import { follow, type Objects } from './objects';
import type { PdfFile } from './openFile';
import {
	broken,
	refusal,
	PDF_LIMITS,
	dictOf,
	isList,
	isRef,
	nameOf,
	numbersOf,
	type PdfDict,
	type PdfValue,
} from './values';

/** Left, bottom, right, top. */
export type Box = readonly [number, number, number, number];

export interface PdfPage {
	dict: PdfDict;
	resources: PdfDict;
	/** What is seen of it: text elsewhere is not. */
	box: Box;
}

interface Branch {
	value: PdfValue;
	inherited: PdfDict;
	depth: number;
}

const INHERITED = ['Resources', 'MediaBox', 'CropBox'];
const DEEPEST = 100;

/** All pages in their order. @throws Refusal `pages` for too many. */
export async function pagesOf({ objects, root }: PdfFile): Promise<PdfPage[]> {
	const pages: PdfPage[] = [];
	const seen = new Set<number>();
	const open: Branch[] = [{ value: root.get('Pages') ?? null, inherited: new Map(), depth: 0 }];
	for (let branch = open.pop(); branch; branch = open.pop()) {
		const { value, inherited, depth } = branch;
		await objects.pace();
		// A page may be listed twice, but no branch can be its own child.
		const dict = dictOf(await follow(objects, value));
		const kids = await follow(objects, dict.get('Kids'));
		const own = new Map(inherited);
		for (const key of INHERITED) {
			const found = await follow(objects, dict.get(key));
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
