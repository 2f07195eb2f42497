import { encoding, encodingNamed, standardWidth, textOfGlyph } from './encodings';
import type { PdfFont } from './font';
import { ownEncoding } from './fontProgram';
import { follow, type Objects } from './objects';
import { toUnicode } from './toUnicode';
import {
	dictOf,
	isDict,
	isList,
	isName,
	nameOf,
	numberOf,
	numbersOf,
	type PdfDict,
	type PdfValue,
} from './values';

/** A font whose codes are one byte each. */
export async function openSimple(objects: Objects, dict: PdfDict): Promise<PdfFont> {
	const baseFont = (nameOf(await follow(objects, dict.get('BaseFont'))) ?? '').replace(
		/^[A-Z]{6}\+/,
		'',
	);
	const descriptor = dictOf(await follow(objects, dict.get('FontDescriptor')));
	const names = await glyphNames(objects, dict, { baseFont, descriptor });
	const told = await toUnicode(objects, dict);
	const isDingbat = /dingbats/i.test(baseFont);
	const advance = await advances(objects, dict, { baseFont, descriptor, names });
	return {
		isVertical: false,
		lengthAt: () => 1,
		glyph: (code) => ({
			text: told?.(code, 1) ?? textOfName(names[code] ?? '', { code, isDingbat }),
			advance: advance(code),
		}),
	};
}

function textOfName(
	name: string,
	{ code, isDingbat }: { code: number; isDingbat: boolean },
): string | undefined {
	if (name !== '' && name !== '.notdef') {
		return textOfGlyph(name, isDingbat) ?? textOfNumber(name, code);
	}
	// Line ends and the like that a writer left in a text: they show nothing.
	return code < 0x20 || code === 0x7f || code === 0xa0 ? ' ' : undefined;
}

/** Names that writers make up: `a65`, `G41` and `C41` of the code itself, `C85` of a letter's number. */
function textOfNumber(name: string, code: number): string | undefined {
	const [, prefix = '', digits = ''] =
		/^([A-Za-z]{1,2}?)(?:00)?([0-9a-fA-F]{1,3})$/.exec(name) ?? [];
	if (digits === '') return undefined;
	const decimal = /^\d+$/.test(digits) ? Number(digits) : undefined;
	const isOwn = decimal === code || Number.parseInt(digits, 16) === code;
	const letter = isOwn ? code : /^[cC]$/.test(prefix) ? decimal : undefined;
	return letter === undefined ? undefined : textOfGlyph(encoding('winAnsi')[letter] ?? '');
}

interface About {
	baseFont: string;
	descriptor: PdfDict;
}

const SYMBOLIC = 4;

async function glyphNames(
	objects: Objects,
	dict: PdfDict,
	{ baseFont, descriptor }: About,
): Promise<string[]> {
	const stated = await follow(objects, dict.get('Encoding'));
	const base = isDict(stated) ? await follow(objects, stated.get('BaseEncoding')) : stated;
	const named = encodingNamed(nameOf(base));
	const flags = numberOf(await follow(objects, descriptor.get('Flags'))) ?? 0;
	const isTrueType = nameOf(await follow(objects, dict.get('Subtype'))) === 'TrueType';
	const isSymbolic = (flags & SYMBOLIC) !== 0;
	const usual = isTrueType ? (isSymbolic ? 'macRoman' : 'winAnsi') : 'standard';
	const family = /^symbol/i.test(baseFont)
		? 'symbol'
		: /dingbats/i.test(baseFont)
			? 'zapfDingbats'
			: usual;
	const own = named === undefined ? await ownEncoding(objects, descriptor) : undefined;
	const names = own ?? [...encoding(named ?? family)];
	const differences = isDict(stated) ? await follow(objects, stated.get('Differences')) : null;
	let code = 0;
	for (const item of isList(differences) ? differences : []) {
		if (typeof item === 'number') code = item;
		else if (isName(item) && code >= 0 && code < 256) names[code++] = item.name;
	}
	return names;
}

async function advances(
	objects: Objects,
	dict: PdfDict,
	{ baseFont, descriptor, names }: About & { names: readonly string[] },
): Promise<(code: number) => number> {
	const first = numberOf(await follow(objects, dict.get('FirstChar'))) ?? 0;
	const list = await follow(objects, dict.get('Widths'));
	const widths = isList(list) ? await numbers(objects, list.slice(0, 256)) : undefined;
	const missing = numberOf(await follow(objects, descriptor.get('MissingWidth'))) ?? 0;
	const matrix = numbersOf(await follow(objects, dict.get('FontMatrix')));
	const scale = matrix?.[0] ?? 0.001;
	if (!widths) return (code) => standardWidth(baseFont, names[code] ?? '') / 1_000;
	return (code) => (widths[code - first] ?? missing) * scale;
}

async function numbers(objects: Objects, list: readonly PdfValue[]) {
	const made: number[] = [];
	for (const item of list) made.push(numberOf(await follow(objects, item)) ?? 0);
	return made;
}
