import { openComposite } from './compositeFont';
import { follow, type Objects } from './objects';
import { openSimple } from './simpleFont';
import { nameOf, type PdfDict } from './values';

interface Glyph {
	/** Undefined where the font does not say which letters it shows. */
	text: string | undefined;
	/** To the next glyph, in sizes of the font. */
	advance: number;
}

/** How the bytes of a text are read that is shown in this font. */
export interface PdfFont {
	isVertical: boolean;
	lengthAt: (bytes: Uint8Array, at: number) => number;
	glyph: (code: number, length: number) => Glyph;
}

export async function openFont(objects: Objects, dict: PdfDict): Promise<PdfFont> {
	const kind = nameOf(await follow(objects, dict.get('Subtype')));
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
