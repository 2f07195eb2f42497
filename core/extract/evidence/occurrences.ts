import type { Range } from './span';

/** Each place where a text stands in another: whole words, where it begins and ends with one. */
export function occurrences(text: string, value: string): Range[] {
	const ranges: Range[] = [];
	if (value === '') return ranges;
	for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
		const end = at + value.length;
		if (isBorder(text, at) && isBorder(text, end)) ranges.push([at, end]);
	}
	return ranges;
}

/** Between two characters of one word is none. Chinese, Japanese and Thai show no borders. */
function isBorder(text: string, index: number): boolean {
	const [before, after] = [characterBefore(text, index), characterAt(text, index)];
	if (before === JOINER || JOINED.test(after)) return false;
	if (!isWordy(before) || !isWordy(after)) return !isHalf(text, index);
	return UNSPACED.test(before) || UNSPACED.test(after);
}

/** Marks, and what makes one emoji of several. */
const JOINER = '\u200D';
const JOINED = /[\u200D\p{M}\p{Emoji_Modifier}]/u;

const UNSPACED =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}ー]/u;

function isWordy(character: string): boolean {
	return /[\p{L}\p{N}]/u.test(character);
}

function characterAt(text: string, index: number): string {
	return String.fromCodePoint(text.codePointAt(index) ?? 32);
}

function characterBefore(text: string, index: number): string {
	return isHalf(text, index - 1) ? characterAt(text, index - 2) : text.charAt(index - 1);
}

/** Inside of a character outside the basic plane. */
function isHalf(text: string, index: number): boolean {
	return (
		/[\uDC00-\uDFFF]/.test(text.charAt(index)) && /[\uD800-\uDBFF]/.test(text.charAt(index - 1))
	);
}
