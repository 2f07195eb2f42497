import type { Piece } from '../json/findJson';

/** `[1]` among words, unless they hand it over: "The answer: [1]". */
export function isCitation(text: string, { frame, values, start, end }: Piece): boolean {
	const [only, another] = values.map(({ value }) => value);
	const isNumber = Array.isArray(only) && only.length === 1 && typeof only[0] === 'number';
	if (frame !== 'prose' || !isNumber || another !== undefined) return false;
	const before = text.slice(0, start);
	return before.trim() === '' ? /\p{L}/u.test(text.slice(end)) : !HANDS_OVER.test(before);
}

const HANDS_OVER = /[:：=→]\s*$|(?<!\p{L})(?:is|are|ist|sind|est|sont|es|son|è|sono|é|são)\s*$/iu;
