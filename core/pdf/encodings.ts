import tables from './tables.json';
import { latin1, readUint } from './values';

/** Glyph names and widths from the PDF standards; `packaging/pdfTables.mjs` makes the tables. */
type EncodingName = keyof typeof tables.encodings;

/** The glyph names of the 256 codes; an empty string where there is none. */
export const encoding = (name: EncodingName): readonly string[] =>
	tables.encodings[name].split(' ');

const ENCODINGS = new Map<string, EncodingName>([
	['StandardEncoding', 'standard'],
	['WinAnsiEncoding', 'winAnsi'],
	['MacRomanEncoding', 'macRoman'],
	['MacExpertEncoding', 'macExpert'],
]);
export const encodingNamed = (name: string | undefined): EncodingName | undefined =>
	ENCODINGS.get(name ?? '');

function pairs(text: string, base: number): Map<string, number> {
	const words = text.split(' ');
	const made = new Map<string, number>();
	for (let at = 0; at + 1 < words.length; at += 2) {
		made.set(words[at] ?? '', Number.parseInt(words[at + 1] ?? '', base));
	}
	return made;
}

let glyphs: Map<string, number> | undefined;
let dingbats: Map<string, number> | undefined;

/** The letters for a glyph name; undefined if the name is the font's own. */
export function textOfGlyph(name: string, isDingbat = false): string | undefined {
	if (isDingbat) {
		dingbats ??= pairs(tables.dingbats, 36);
		const code = dingbats.get(name);
		if (code !== undefined) return String.fromCodePoint(code);
	}
	glyphs ??= pairs(tables.glyphs, 36);
	const known = glyphs.get(name);
	if (known !== undefined) return String.fromCodePoint(known);
	const [main = ''] = name.split('.');
	if (main !== name) return main === '' ? undefined : textOfGlyph(main);
	if (name.includes('_'))
		return joined(
			name
				.split('_')
				.slice(0, 16)
				.map((part) => textOfGlyph(part)),
		);
	const units = /^uni((?:[0-9A-F]{4})+)$/.exec(name)?.[1]?.match(/.{4}/g);
	if (units) return String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16)));
	const point = Number.parseInt(/^u([0-9A-F]{4,6})$/.exec(name)?.[1] ?? '', 16);
	return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}

const joined = (texts: readonly (string | undefined)[]): string | undefined =>
	texts.every((text) => text !== undefined) ? texts.join('') : undefined;

const kept = new Map<string, Map<string, number>>();

/**
 * The widths of a standard font that is not embedded, in thousandths. Looked up by font and glyph name.
 */
export function standardWidth(font: string, glyph: string): number {
	if (/courier|mono|typewriter/i.test(font)) return 600;
	const isBold = /bold|black|heavy|demi/i.test(font);
	const isSerif = /times|serif|roman|georgia|garamond|book|palatino|century/i.test(font);
	const family = isSerif && !/sans/i.test(font) ? 'Times' : 'Helvetica';
	const widths =
		family === 'Times'
			? tables.widths[isBold ? 'Times-Bold' : 'Times-Roman']
			: tables.widths[isBold ? 'Helvetica-Bold' : 'Helvetica'];
	const map = kept.get(widths) ?? pairs(widths, 10);
	kept.set(widths, map);
	return map.get(glyph) ?? 500;
}

/** More glyphs than a font with one-byte codes can have. */
const MOST_GLYPHS = 66_000;
const CHARSET = 15;
const ENCODING = 16;
const CHARSTRINGS = 17;
/** Two bytes, the first of which is 12: marks a font that has numbers instead of names. */
const ROS = 1230;

/** The glyph names of the 256 codes of a compact font (CFF); undefined for any other font. */
export function cffEncoding(bytes: Uint8Array): string[] | undefined {
	const tops = readIndex(bytes, readIndex(bytes, bytes[2] ?? 4).end);
	const strings = readIndex(bytes, tops.end);
	const top = readTop(tops.part(0));
	const place = top.get(CHARSTRINGS);
	if (place === undefined || top.has(ROS)) return undefined;
	const encodingAt = top.get(ENCODING) ?? 0;
	if (encodingAt < 2) return [...encoding(encodingAt === 0 ? 'standard' : 'macExpert')];
	const count = Math.min(MOST_GLYPHS, readUint(bytes, place, 2));
	const standard = tables.cffStrings.split(' ');
	const charset = readCharset(bytes, top.get(CHARSET) ?? 0, count);
	const names = Array.from({ length: 256 }, () => '');
	const isRanges = ((bytes[encodingAt] ?? 0) & 0x7f) !== 0;
	for (let index = 0, glyph = 1; index < (bytes[encodingAt + 1] ?? 0); index += 1) {
		const at = encodingAt + 2 + index * (isRanges ? 2 : 1);
		const first = bytes[at] ?? 0;
		const last = first + (isRanges ? (bytes[at + 1] ?? 0) : 0);
		for (let code = first; code <= last; code += 1, glyph += 1) {
			const sid = charset(glyph);
			if (code < 256) names[code] = standard[sid] ?? latin1(strings.part(sid - standard.length));
		}
	}
	return names;
}

/** A list of byte strings, and where it ends. */
function readIndex(bytes: Uint8Array, at: number) {
	const count = readUint(bytes, at, 2);
	const size = Math.min(4, bytes[at + 2] ?? 1);
	const data = at + 2 + (count + 1) * size;
	const offset = (index: number) => data + readUint(bytes, at + 3 + index * size, size);
	return {
		end: count === 0 ? at + 2 : offset(count),
		part: (index: number) =>
			index < count ? bytes.subarray(offset(index), offset(index + 1)) : new Uint8Array(),
	};
}

/** The first operand of each operator; operands come before their operator. */
function readTop(bytes: Uint8Array): Map<number, number> {
	const made = new Map<number, number>();
	let first: number | undefined;
	for (let at = 0; at < bytes.length;) {
		const byte = bytes[at] ?? 0;
		if (byte <= 21) {
			made.set(byte === 12 ? 1200 + (bytes[at + 1] ?? 0) : byte, first ?? 0);
			first = undefined;
			at += byte === 12 ? 2 : 1;
		} else {
			const [value, length] = readOperand(bytes, at);
			first ??= value;
			at += length;
		}
	}
	return made;
}

function readOperand(bytes: Uint8Array, at: number): [value: number, length: number] {
	const byte = bytes[at] ?? 0;
	const next = bytes[at + 1] ?? 0;
	if (byte === 28) return [(readUint(bytes, at + 1, 2) << 16) >> 16, 3];
	if (byte === 29) return [readUint(bytes, at + 1, 4) | 0, 5];
	if (byte === 30) {
		let end = at + 1;
		while (end < bytes.length && ((bytes[end] ?? 0) & 15) !== 15) end += 1;
		return [0, end + 1 - at];
	}
	if (byte < 247) return [byte - 139, 1];
	return byte < 251 ? [(byte - 247) * 256 + next + 108, 2] : [-(byte - 251) * 256 - next - 108, 2];
}

/** The name number of each glyph. */
function readCharset(bytes: Uint8Array, place: number, count: number): (glyph: number) => number {
	if (place < 3) return (glyph) => glyph;
	const format = bytes[place] ?? 0;
	if (format === 0) return (glyph) => readUint(bytes, place + 1 + (glyph - 1) * 2, 2);
	const sids = [0];
	const size = format === 1 ? 1 : 2;
	for (let at = place + 1; sids.length < count && at < bytes.length; at += 2 + size) {
		const first = readUint(bytes, at, 2);
		const more = readUint(bytes, at + 2, size);
		for (let step = 0; step <= more && sids.length < count; step += 1) sids.push(first + step);
	}
	return (glyph) => sids[glyph] ?? 0;
}
