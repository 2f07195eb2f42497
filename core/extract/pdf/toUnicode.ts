import { readCharacterMap, textIn } from './cmap';
import { dataOf, follow, type Objects } from './objects';
import { isRefusal } from './refusal';
import { isStream, type PdfDict } from './values';

type TextOf = (code: number, length: number) => string | undefined;

/** What a font says itself of the letters that it shows. */
export async function toUnicode(objects: Objects, dict: PdfDict): Promise<TextOf | undefined> {
	const value = await follow(objects, dict.get('ToUnicode'));
	if (!isStream(value)) return undefined;
	try {
		const map = await readCharacterMap(await dataOf(objects, value), objects.pace);
		return (code, length) => {
			const text = textIn(map, code, length);
			// Zeros stand for glyphs that no letter belongs to.
			return text === undefined || /^\0*$/.test(text) ? undefined : text;
		};
	} catch (thrown) {
		// A map that is broken is none; one that is too large, or too late, is no map of letters.
		if (isRefusal(thrown) && thrown.problem === 'broken') return undefined;
		throw thrown;
	}
}
