import { dictAt, follow, listAt, nameAt, numberAt, type Objects, valueAt } from './objects';
import {
	isDict,
	isList,
	isName,
	isStream,
	isText,
	nameOf,
	numberOf,
	PDF_LIMITS,
	type PdfDict,
	type PdfValue,
	refusal,
} from './values';

/** What a form field holds, as shown on a page. */
export interface FormField {
	subtype: string;
	annotationFlags: number;
	fieldType?: string;
	fieldName: string;
	alternativeText?: string;
	fieldValue?: string | string[];
	password: boolean;
	radioButton: boolean;
	/** The value that a button represents. */
	buttonValue?: string;
	exportValue?: string;
}

const MOST_FIELDS = 20_000;
const DEEPEST = 32;
const PASSWORD = 1 << 13;
const RADIO = 1 << 15;

/** The form fields on a page. */
export async function fieldsOf(objects: Objects, page: PdfDict): Promise<FormField[]> {
	const fields: FormField[] = [];
	let length = 0;
	for (const item of (await listAt(objects, page, 'Annots')).slice(0, MOST_FIELDS)) {
		const dict = await follow(objects, item);
		if (!isDict(dict) || (await nameAt(objects, dict, 'Subtype')) !== 'Widget') continue;
		await objects.pace();
		const field = await toField(objects, dict);
		length += JSON.stringify(field).length;
		if (length > PDF_LIMITS.characters) throw refusal('characters');
		fields.push(field);
	}
	return fields;
}

async function toField(objects: Objects, dict: PdfDict): Promise<FormField> {
	const family = await familyOf(objects, dict);
	const inherited = async (key: string): Promise<PdfValue> => {
		for (const member of family) {
			const found = await valueAt(objects, member, key);
			if (found !== null) return found;
		}
		return null;
	};
	const names: string[] = [];
	for (const member of family) names.unshift(textOf(await valueAt(objects, member, 'T')) ?? '');
	const flags = numberOf(await inherited('Ff')) ?? 0;
	const buttonValue = await buttonValueOf(objects, dict);
	return {
		subtype: 'Widget',
		annotationFlags: (await numberAt(objects, dict, 'F')) ?? 0,
		fieldType: nameOf(await inherited('FT')),
		fieldName: names.filter((name) => name !== '').join('.'),
		alternativeText: textOf(await inherited('TU')),
		fieldValue: await valueOf(objects, await inherited('V')),
		password: (flags & PASSWORD) !== 0,
		radioButton: (flags & RADIO) !== 0,
		buttonValue,
		exportValue: buttonValue ?? 'Yes',
	};
}

/** A field and its parents, from which it inherits what it does not set itself. */
async function familyOf(objects: Objects, dict: PdfDict): Promise<PdfDict[]> {
	const family = [dict];
	while (family.length < DEEPEST) {
		const parent = await valueAt(objects, family.at(-1) ?? dict, 'Parent');
		if (!isDict(parent) || family.includes(parent)) break;
		family.push(parent);
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

/** A button has one appearance named after its value, and another for off. */
async function buttonValueOf(objects: Objects, dict: PdfDict): Promise<string | undefined> {
	const looks = await dictAt(objects, dict, 'AP');
	const normal = await valueAt(objects, looks, 'N');
	if (!isDict(normal) || isStream(normal)) return undefined;
	return [...normal.keys()].find((name) => name !== 'Off');
}

/** Where PDF's encoding for text outside pages differs from Latin-1. */
const SIGNS: readonly [from: number, signs: string][] = [
	[0x18, '˘ˇˆ˙˝˛˚˜'],
	[0x80, '•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž'],
	[0xa0, '€'],
];
const OWN_SIGNS = new Map(
	SIGNS.flatMap(([from, signs]) =>
		[...signs].map((sign, index): [number, string] => [from + index, sign]),
	),
);
const signOf = (byte: number): string => OWN_SIGNS.get(byte) ?? String.fromCharCode(byte);

const MARKS: readonly [mark: string, label: string][] = [
	['feff', 'utf-16be'],
	['fffe', 'utf-16le'],
	['efbbbf', 'utf-8'],
];

/** Text outside pages, such as the value of a field. */
function plainText(bytes: Uint8Array): string {
	const head = Buffer.from(bytes.subarray(0, 3)).toString('hex');
	const label = MARKS.find(([mark]) => head.startsWith(mark))?.[1];
	return label ? new TextDecoder(label).decode(bytes) : Array.from(bytes, signOf).join('');
}
