import { type CharacterMap, cidIn, readCharacterMap, toUnicode } from './cmap';
import { dataOf, follow, listAt, nameAt, numberAt, type Objects, valueAt } from './objects';
import { dictOf, isList, isStream, nameOf, numberOf, type PdfDict, type PdfValue } from './values';

export interface Glyph {
	/** Undefined if the font does not say which letters it shows. */
	text: string | undefined;
	/** The distance to the next glyph, in sizes of the font. */
	advance: number;
}

/** How to read the bytes of a text shown in this font. */
export interface PdfFont {
	isVertical: boolean;
	lengthAt: (bytes: Uint8Array, at: number) => number;
	glyph: (code: number, length: number) => Glyph;
}

/** A font with codes of one to four bytes, for scripts with many letters. */
export async function openComposite(objects: Objects, dict: PdfDict): Promise<PdfFont> {
	const [first] = await listAt(objects, dict, 'DescendantFonts');
	const descendant = dictOf(await follow(objects, first));
	const codes = await openCodes(objects, await valueAt(objects, dict, 'Encoding'));
	const own = await toUnicode(objects, dict);
	// If letters are mapped to glyphs, the codes are letters; all writers that do this use Unicode.
	const isByLetter = isStream(await valueAt(objects, descendant, 'CIDToGIDMap'));
	const textOf = own ?? (isByLetter ? (code: number) => String.fromCharCode(code) : undefined);
	const advance = await advances(objects, descendant, codes.isVertical);
	return {
		isVertical: codes.isVertical,
		lengthAt: codes.lengthAt,
		glyph: (code, length) => ({
			text: textOf?.(code, length) ?? codes.textOf(code, length),
			advance: advance(codes.cidOf(code, length)),
		}),
	};
}

interface Codes extends Pick<PdfFont, 'isVertical' | 'lengthAt'> {
	textOf: (code: number, length: number) => string | undefined;
	cidOf: (code: number, length: number) => number | undefined;
}

async function openCodes(objects: Objects, encoding: PdfValue): Promise<Codes> {
	if (!isStream(encoding)) return codesNamed(nameOf(encoding));
	const map = await readCharacterMap(await dataOf(objects, encoding), objects.pace);
	const base = (await nameAt(objects, encoding.dict, 'UseCMap')) ?? map.base;
	const wMode = await valueAt(objects, encoding.dict, 'WMode');
	const named = codesNamed(base);
	return {
		isVertical: map.isVertical ?? wMode === 1,
		lengthAt: map.spaces.length > 0 ? bySpaces(map) : named.lengthAt,
		textOf: named.textOf,
		cidOf: (code, length) => cidIn(map, code, length) ?? (base ? named.cidOf(code, length) : 0),
	};
}

/**
 * As many bytes as the map gives to codes that begin like this, otherwise the length of its shortest
 * code.
 */
function bySpaces({ spaces }: CharacterMap): PdfFont['lengthAt'] {
	const few = spaces.slice(0, 200);
	const shortest = Math.max(1, Math.min(...few.map(({ length }) => length)));
	return (bytes, at) => {
		let code = 0;
		for (let length = 1; length <= 4; length += 1) {
			code = code * 256 + (bytes[at + length - 1] ?? 0);
			const isCode = few.some(
				(space) => space.length === length && code >= space.low && code <= space.high,
			);
			if (isCode) return length;
		}
		return shortest;
	};
}

const USUAL = 1_000;
const MOST_WIDTHS = 70_000;

async function advances(
	objects: Objects,
	dict: PdfDict,
	isVertical: boolean,
): Promise<(cid: number | undefined) => number> {
	if (isVertical) {
		const list = await valueAt(objects, dict, 'DW2');
		const [, down] = isList(list) ? list : [];
		const advance = (numberOf(down) ?? -USUAL) / 1_000;
		return () => advance;
	}
	const usual = (await numberAt(objects, dict, 'DW')) ?? USUAL;
	const widths = await readWidths(objects, await valueAt(objects, dict, 'W'));
	return (cid) => (cid === undefined ? usual : (widths.get(cid) ?? usual)) / 1_000;
}

/** `3 [500 600]` gives the widths of glyphs 3 and 4; `7 9 400` that of 7, 8 and 9. */
async function readWidths(objects: Objects, value: PdfValue): Promise<Map<number, number>> {
	const widths = new Map<number, number>();
	const list = isList(value) ? value : [];
	for (let at = 0; at + 1 < list.length && widths.size < MOST_WIDTHS;) {
		await objects.pace();
		const first = numberOf(await follow(objects, list[at])) ?? 0;
		const second = await follow(objects, list[at + 1]);
		if (isList(second)) {
			second.slice(0, MOST_WIDTHS).forEach((width, index) => {
				if (typeof width === 'number') widths.set(first + index, width);
			});
			at += 2;
			continue;
		}
		const width = numberOf(await follow(objects, list[at + 2])) ?? USUAL;
		const last = Math.min(numberOf(second) ?? first, first + MOST_WIDTHS);
		for (let cid = first; cid <= last; cid += 1) widths.set(cid, width);
		at += 3;
	}
	return widths;
}

/**
 * How to read the bytes of a predefined character map: which ones begin a two-byte code, and in which
 * encoding.
 */
interface CodePage {
	names: RegExp;
	/** The label of the platform's decoder. */
	label: string;
	/** The length in bytes of a code that begins with this byte. */
	lengthFrom: (byte: number) => number;
	/** The codes have seven bits; the decoder expects their high bits to be set. */
	isSevenBit?: boolean;
}

const two = () => 2;
const pairFrom = (low: number) => (byte: number) => (byte >= low && byte <= 0xfe ? 2 : 1);
const shiftJis = (byte: number) =>
	(byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc) ? 2 : 1;
const eucJp = (byte: number) => (byte === 0x8e || byte >= 0xa1 ? 2 : 1);

const CODE_PAGES: readonly CodePage[] = [
	{ names: /^Uni.*-UCS2-/, label: 'utf-16be', lengthFrom: two },
	{
		names: /^Uni.*-UTF16-/,
		label: 'utf-16be',
		lengthFrom: (b) => (b >= 0xd8 && b <= 0xdb ? 4 : 2),
	},
	{ names: /RKSJ-/, label: 'shift_jis', lengthFrom: shiftJis },
	{ names: /^(?:78-)?EUC-[HV]$/, label: 'euc-jp', lengthFrom: eucJp },
	{
		names: /^(?:78-|Ext-|Add-|NWP-|Hojo-)?[HV]$/,
		label: 'euc-jp',
		lengthFrom: two,
		isSevenBit: true,
	},
	{ names: /^GB-[HV]$/, label: 'gbk', lengthFrom: two, isSevenBit: true },
	{ names: /^GB(?:K|pc)?(?:p?-EUC)?-[HV]$/, label: 'gbk', lengthFrom: pairFrom(0x81) },
	{ names: /^KSC-[HV]$/, label: 'euc-kr', lengthFrom: two, isSevenBit: true },
	{ names: /^KSC/, label: 'euc-kr', lengthFrom: pairFrom(0x81) },
	{
		names: /^(?:B5pc|ETen-B5|ETenms-B5|HKscs-B5|HKdl[ab]-B5|HKm\w+-B5)-/,
		label: 'big5',
		lengthFrom: pairFrom(0x81),
	},
];

/**
 * The codes of a predefined character map, read by the platform's decoders, or two-byte glyph numbers.
 */
function codesNamed(name = 'Identity-H'): Codes {
	const isVertical = /(?:^|-)V$/.test(name);
	const page = CODE_PAGES.find(({ names }) => names.test(name));
	// Without a map of its own, an `Identity` font knows its glyphs only by number.
	if (!page) return { isVertical, lengthAt: two, cidOf: (code) => code, textOf: () => undefined };
	const { label, lengthFrom, isSevenBit } = page;
	const decoder = new TextDecoder(label);
	return {
		isVertical,
		lengthAt: (bytes, at) => lengthFrom(bytes[at] ?? 0),
		cidOf: () => undefined,
		textOf(code, length) {
			const full = isSevenBit ? code | 0x8080 : code;
			const bytes = Uint8Array.from({ length }, (_, at) => full / 256 ** (length - 1 - at));
			const text = decoder.decode(bytes);
			return text.includes('\ufffd') ? undefined : text;
		},
	};
}
