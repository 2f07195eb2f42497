import { remembering } from '../../lib/perObject';

/** Numbers, amounts, dates and times that contain spaces or full stops. */
const VALUES = [
	/\p{Nd}{1,3}(?:[ \u00A0\u202F]\p{Nd}{3})+(?!\p{Nd})/gu,
	/[€$£¥₹₩][ \u00A0]?\p{Nd}|\p{Nd}[ \u00A0\u202F]?(?:[€$£¥₹₩%]|[A-Z]{3}(?!\p{L})|[万億亿만억]|тыс|млн|mio|mrd|million|billion|am|pm|a\.m|p\.m)/giu,
	/(?<!\p{Nd}[.,:]\p{Nd}?)\p{Nd}{1,2}(?:st|nd|rd|th|er|º|ª|\.)?,?\s{1,2}(?:(?:day\s)?(?:de|of|del)\s)?\p{L}{3,12}\.?,?\s{1,2}(?:(?:de|del)\s)?(?:\p{Nd}{4}|'?\p{Nd}{2})(?!\p{Nd}|[.:]\p{Nd})/gu,
	/\p{L}{3,12}\.?\s{1,2}\p{Nd}{1,2}(?:st|nd|rd|th)?,?\s{1,2}\p{Nd}{4}/gu,
	/\p{Nd}{1,4}\.\s?\p{Nd}{1,2}\.\s?\p{Nd}{2,4}/gu,
	/\p{Nd}{2,4}\s?[年년]\s?\p{Nd}{1,2}\s?[月월](?:\s?\p{Nd}{1,2}\s?[日일号號])?/gu,
	/\p{Nd}{1,4}([-./])\p{Nd}{1,2}\1\p{Nd}{1,4},?[ T]\p{Nd}{1,2}:\p{Nd}{2}/gu,
	/(?<!\p{Nd})\p{Nd}+(?:[.,:'’]\p{Nd}+)+/gu,
];
/** The longest value that is looked for. */
export const REACH = 40;

/** Values are looked for in so many characters at once. */
const BLOCK = 1000;

/** A text, and which of its places are inside a value. */
export interface CutText {
	text: string;
	isInValue: (at: number) => boolean;
}

/** Each block of the text is searched once, when one of its places is asked for. */
export function openCutText(text: string): CutText {
	const insideOf = remembering((block: number) => {
		const start = block * BLOCK;
		const from = Math.max(0, start - REACH);
		const window = text.slice(from, start + BLOCK + REACH);
		const inside = new Uint8Array(BLOCK);
		const mark = (at: number, length: number) =>
			inside.fill(1, Math.max(0, at + 1 - start), Math.max(0, at + length - start));
		for (const value of VALUES)
			for (const { index, 0: found } of window.matchAll(value)) mark(from + index, found.length);
		return inside;
	});
	return { text, isInValue: (at) => insideOf(Math.floor(at / BLOCK))[at % BLOCK] === 1 };
}
