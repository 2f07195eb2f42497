import { toUnicode } from './cmap';
import { type Glyph, openComposite, type PdfFont } from './compositeFont';
import { cffEncoding, encoding, encodingNamed, standardWidth, textOfGlyph } from './encodings';
import { dataOf, dictAt, follow, listAt, nameAt, numberAt, type Objects, valueAt } from './objects';
import {
	dictOf,
	isDict,
	isList,
	isName,
	isRefusal,
	isStream,
	latin1,
	nameOf,
	numberOf,
	numbersOf,
	type PdfDict,
	type PdfValue,
} from './values';

export async function openFont(objects: Objects, dict: PdfDict): Promise<PdfFont> {
	const kind = await nameAt(objects, dict, 'Subtype');
	const font = await (kind === 'Type0' ? openComposite(objects, dict) : openSimple(objects, dict));
	const known = new Map<number, Glyph>();
	return {
		...font,
		glyph(code, length) {
			const key = length * 2 ** 32 + code;
			const before = known.get(key);
			if (before) return before;
			const made = font.glyph(code, length);
			if (known.size < MOST_KEPT) known.set(key, made);
			return made;
		},
	};
}

const MOST_KEPT = 70_000;

/** A font with one-byte codes. */
async function openSimple(objects: Objects, dict: PdfDict): Promise<PdfFont> {
	const baseFont = ((await nameAt(objects, dict, 'BaseFont')) ?? '').replace(/^[A-Z]{6}\+/, '');
	const descriptor = await dictAt(objects, dict, 'FontDescriptor');
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
	// Line ends and other control characters that a writer left in the text; they show nothing.
	return code < 0x20 || code === 0x7f || code === 0xa0 ? ' ' : undefined;
}

/**
 * Names that writers make up: `a65`, `G41` and `C41` give the code itself, `C85` the number of a
 * letter.
 */
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
	const stated = await valueAt(objects, dict, 'Encoding');
	const base = isDict(stated) ? await valueAt(objects, stated, 'BaseEncoding') : stated;
	const named = encodingNamed(nameOf(base));
	const flags = (await numberAt(objects, descriptor, 'Flags')) ?? 0;
	const isTrueType = (await nameAt(objects, dict, 'Subtype')) === 'TrueType';
	const isSymbolic = (flags & SYMBOLIC) !== 0;
	const usual = isTrueType ? (isSymbolic ? 'macRoman' : 'winAnsi') : 'standard';
	const own = named === undefined ? await ownEncoding(objects, descriptor) : undefined;
	const names = own ?? [...encoding(named ?? familyEncoding(baseFont) ?? usual)];
	let code = 0;
	for (const item of await listAt(objects, dictOf(stated), 'Differences')) {
		if (typeof item === 'number') code = item;
		else if (isName(item) && code >= 0 && code < 256) names[code++] = item.name;
	}
	return names;
}

const familyEncoding = (baseFont: string) =>
	/^symbol/i.test(baseFont) ? 'symbol' : /dingbats/i.test(baseFont) ? 'zapfDingbats' : undefined;

async function advances(
	objects: Objects,
	dict: PdfDict,
	{ baseFont, descriptor, names }: About & { names: readonly string[] },
): Promise<(code: number) => number> {
	const first = (await numberAt(objects, dict, 'FirstChar')) ?? 0;
	const list = await valueAt(objects, dict, 'Widths');
	const widths = isList(list) ? await numbers(objects, list.slice(0, 256)) : undefined;
	const missing = (await numberAt(objects, descriptor, 'MissingWidth')) ?? 0;
	const matrix = numbersOf(await valueAt(objects, dict, 'FontMatrix'));
	const scale = matrix?.[0] ?? 0.001;
	if (!widths) return (code) => standardWidth(baseFont, names[code] ?? '') / 1_000;
	return (code) => (widths[code - first] ?? missing) * scale;
}

async function numbers(objects: Objects, list: readonly PdfValue[]) {
	const made: number[] = [];
	for (const item of list) made.push(numberOf(await follow(objects, item)) ?? 0);
	return made;
}

/** Larger fonts are for scripts whose fonts say which letters they show. */
const MOST_BYTES = 4 * 1024 * 1024;

/** The glyph names of the 256 codes according to the embedded font; undefined if it does not say. */
async function ownEncoding(objects: Objects, descriptor: PdfDict): Promise<string[] | undefined> {
	try {
		const type1 = await valueAt(objects, descriptor, 'FontFile');
		if (isStream(type1)) return type1Encoding(await dataOf(objects, type1));
		const compact = await valueAt(objects, descriptor, 'FontFile3');
		if (!isStream(compact)) return undefined;
		if ((await nameAt(objects, compact.dict, 'Subtype')) !== 'Type1C') return undefined;
		const bytes = await dataOf(objects, compact);
		return bytes.length > MOST_BYTES ? undefined : cffEncoding(bytes);
	} catch (thrown) {
		if (isRefusal(thrown) && thrown.problem === 'broken') return undefined;
		throw thrown;
	}
}

/** Its plain-text part has lines such as `dup 65 /A put`. */
function type1Encoding(bytes: Uint8Array): string[] | undefined {
	const text = latin1(bytes.subarray(0, 64 * 1024)).split('eexec')[0] ?? '';
	const names = Array.from({ length: 256 }, () => '');
	let found = 0;
	for (const [, code, name] of text.matchAll(
		/\bdup\s{1,9}(\d{1,3})\s{0,9}\/([^\s/]{1,100})\s{1,9}put\b/g,
	)) {
		if (Number(code) > 255) continue;
		names[Number(code)] = name ?? '';
		found += 1;
	}
	return found > 0 ? names : undefined;
}
