import tables from './tables.json';

/** Glyph names and widths of PDF's standards, of which `packaging/pdfTables.mjs` makes the tables. */
export type EncodingName = keyof typeof tables.encodings;

/** The glyph name of each of the 256 codes; empty where there is none. */
export const encoding = (name: EncodingName): readonly string[] =>
	tables.encodings[name].split(' ');
/** The glyph names that compact fonts know by a number. */
export const cffStrings = (): readonly string[] => tables.cffStrings.split(' ');

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

/** The letters that a glyph name stands for; undefined for a name of the font's own. */
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

/** The widths of a standard font that is not in the file, by glyph name, in thousandths; by its name. */
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
