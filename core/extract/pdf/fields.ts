import { follow } from './objects';
import type { PdfFile } from './openFile';
import type { PdfPage } from './pages';
import {
	PDF_LIMITS,
	refusal,
	dictOf,
	isDict,
	isList,
	isName,
	isStream,
	isText,
	nameOf,
	numberOf,
	type PdfDict,
	type PdfValue,
} from './values';

/** What a field of a form holds, as it stands on a page. */
export interface FormField {
	subtype: string;
	annotationFlags: number;
	fieldType?: string;
	fieldName: string;
	alternativeText?: string;
	fieldValue?: string | string[];
	password: boolean;
	radioButton: boolean;
	/** The value that a button stands for. */
	buttonValue?: string;
	exportValue?: string;
}

const MOST_FIELDS = 20_000;
const DEEPEST = 32;
const PASSWORD = 1 << 13;
const RADIO = 1 << 15;

/** The fields on a page. */
export async function fieldsOf({ objects }: PdfFile, page: PdfPage): Promise<FormField[]> {
	const list = await follow(objects, page.dict.get('Annots'));
	const fields: FormField[] = [];
	let length = 0;
	for (const item of isList(list) ? list.slice(0, MOST_FIELDS) : []) {
		const dict = await follow(objects, item);
		if (!isDict(dict) || nameOf(await follow(objects, dict.get('Subtype'))) !== 'Widget') continue;
		await objects.pace();
		const field = await toField(objects, dict);
		length += JSON.stringify(field).length;
		if (length > PDF_LIMITS.characters) throw refusal('characters');
		fields.push(field);
	}
	return fields;
}

type Objects = PdfFile['objects'];

async function toField(objects: Objects, dict: PdfDict): Promise<FormField> {
	const family = await familyOf(objects, dict);
	const first = async (key: string): Promise<PdfValue> => {
		for (const member of family) {
			const found = await follow(objects, member.get(key));
			if (found !== null) return found;
		}
		return null;
	};
	const names: string[] = [];
	for (const member of family.toReversed()) {
		const name = textOf(await follow(objects, member.get('T')));
		if (name !== undefined) names.push(name);
	}
	const flags = numberOf(await first('Ff')) ?? 0;
	const own = await buttonValue(objects, dict);
	return {
		...{ subtype: 'Widget', annotationFlags: numberOf(await follow(objects, dict.get('F'))) ?? 0 },
		...{ fieldType: nameOf(await first('FT')), fieldName: names.join('.') },
		...{
			alternativeText: textOf(await first('TU')),
			fieldValue: await valueOf(objects, await first('V')),
		},
		...{ password: (flags & PASSWORD) !== 0, radioButton: (flags & RADIO) !== 0 },
		...{ buttonValue: own, exportValue: own ?? 'Yes' },
	};
}

/** A field and those that it is part of, from which it takes what it does not say itself. */
async function familyOf(objects: Objects, dict: PdfDict): Promise<PdfDict[]> {
	const family = [dict];
	for (
		let parent = await follow(objects, dict.get('Parent'));
		isDict(parent) && family.length < DEEPEST;
	) {
		if (family.includes(parent)) break;
		family.push(parent);
		parent = await follow(objects, parent.get('Parent'));
	}
	return family;
}

function textOf(value: PdfValue): string | undefined {
	if (isText(value)) return plainText(value.text);
	return isName(value) ? value.name : undefined;
}

async function valueOf(objects: Objects, value: PdfValue): Promise<string | string[] | undefined> {
	if (!isList(value)) return textOf(value);
	const texts: string[] = [];
	for (const item of value.slice(0, MOST_FIELDS))
		texts.push(textOf(await follow(objects, item)) ?? '');
	return texts;
}

/** A button looks in one way for its value, and in another when it is off. */
async function buttonValue(objects: Objects, dict: PdfDict): Promise<string | undefined> {
	const looks = dictOf(await follow(objects, dict.get('AP')));
	const normal = await follow(objects, looks.get('N'));
	if (!isDict(normal) || isStream(normal)) return undefined;
	return [...normal.keys()].find((name) => name !== 'Off');
}

/** Signs of PDF's own encoding for texts outside of pages, where it is not Latin-1. */
const OWN = new Map<number, string>(
	[...'˘ˇˆ˙˝˛˚˜']
		.map((sign, index): [number, string] => [0x18 + index, sign])
		.concat(
			[...'•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž'].map((sign, index): [number, string] => [
				0x80 + index,
				sign,
			]),
			[[0xa0, '€']],
		),
);

/** A text outside of pages, such as the value of a field. */
function plainText(bytes: Uint8Array): string {
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
		return new TextDecoder().decode(bytes);
	return Array.from(bytes, (byte) => OWN.get(byte) ?? String.fromCharCode(byte)).join('');
}
