import type { Steps, Range } from '../../lib/steps';

const PLACES_PER_STEP = 500;

/** Each place where a text occurs in another: as whole words, if it begins and ends with words. */
export function* occurrences(text: string, value: string, words: WordIndex): Steps<Range[]> {
	const ranges: Range[] = [];
	if (value === '') return ranges;
	let count = 0;
	for (const at of startsByRarest(value, words) ?? everyStart(text, value)) {
		if ((count += 1) % PLACES_PER_STEP === 0) yield;
		const end = at + value.length;
		if (at < 0 || !text.startsWith(value, at) || !isBorder(text, at)) continue;
		if (isBorder(text, end) || isBeforeParticle(text, end)) ranges.push([at, end]);
	}
	return ranges;
}

function* everyStart(text: string, value: string): Generator<number> {
	for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) yield at;
}

/** Where the text may occur, by the word of it that is rarest in the other. */
function startsByRarest(value: string, words: WordIndex): number[] | undefined {
	let rarest: { places: readonly number[]; offset: number } | undefined;
	for (const { word, at } of wordsIn(value)) {
		const places = words.get(word) ?? [];
		if (!rarest || places.length < rarest.places.length) rarest = { places, offset: at };
		if (places.length === 0) return [];
	}
	return rarest?.places.map((place) => place - (rarest?.offset ?? 0));
}

/** There is no border inside a word. Chinese, Japanese and Thai do not mark borders. */
export function isBorder(text: string, index: number): boolean {
	const codes = [text.charCodeAt(index - 1), text.charCodeAt(index)] as const;
	if (codes.every((code) => code > 31 && code < 127)) return !codes.every(isAsciiWordy);
	const [before, after] = [characterBefore(text, index), characterAt(text, index)];
	if (before === JOINER || JOINED.test(after)) return false;
	if (!isWordy(before) || !isWordy(after)) return !isHalf(text, index);
	return UNSPACED.test(before) || UNSPACED.test(after);
}

/** Particles that Korean adds to a name: 김민수는, 김민수에게, 5만원입니다. */
const PARTICLES =
	/^(?:은|는|이|가|을|를|의|에|도|만|와|과|로|으로|께|에게|에서|에게서|까지|부터|보다|처럼|이나|나|라고|이라고|씨|님|씨가|씨는|씨의|씨를|님이|님은|님의|님께|님을|입니다|이다|이며|이고|께서|한테)(?![\p{L}\p{N}])/u;

function isBeforeParticle(text: string, end: number): boolean {
	return end >= 2 && PARTICLES.test(text.slice(end, end + 6)) && !isHalf(text, end);
}

/** Joins several emoji into one. */
const JOINER = '\u200D';
const JOINED = /[\u200D\p{M}\p{Emoji_Modifier}]/u;

const UNSPACED =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}ー]/u;

const isAsciiWordy = (code: number) =>
	(code > 47 && code < 58) || (code > 64 && code < 91) || (code > 96 && code < 123);

function isWordy(character: string): boolean {
	return /[\p{L}\p{N}]/u.test(character);
}

function characterAt(text: string, index: number): string {
	return String.fromCodePoint(text.codePointAt(index) ?? 32);
}

function characterBefore(text: string, index: number): string {
	return isHalf(text, index - 1) ? characterAt(text, index - 2) : text.charAt(index - 1);
}

/** Inside a surrogate pair. */
function isHalf(text: string, index: number): boolean {
	return (
		/[\uDC00-\uDFFF]/.test(text.charAt(index)) && /[\uD800-\uDBFF]/.test(text.charAt(index - 1))
	);
}

/**
 * By word: where it begins. Scripts without spaces between words are split into pairs of characters.
 */
export type WordIndex = Map<string, number[]>;

interface WordPlace {
	word: string;
	at: number;
}

/** Scripts without spaces, and Korean, whose particles follow a name without one. */
const PAIRED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Hangul}ー`;
const PIECES = new RegExp(String.raw`[${PAIRED}]+|(?:(?![${PAIRED}])[\p{L}\p{N}])+`, 'gu');
const IS_PAIRED = new RegExp(`^[${PAIRED}]`, 'u');

export function* wordsIn(text: string): Generator<WordPlace> {
	for (const { 0: piece, index } of text.matchAll(PIECES)) {
		if (!IS_PAIRED.test(piece)) yield { word: piece, at: index };
		else
			for (let at = 0; at < piece.length - 1; at += 1)
				yield { word: piece.slice(at, at + 2), at: index + at };
	}
}

const WORDS_PER_STEP = 2000;

export function* wordIndex(text: string): Steps<WordIndex> {
	const index: WordIndex = new Map();
	let count = 0;
	for (const { word, at } of wordsIn(text)) {
		if ((count += 1) % WORDS_PER_STEP === 0) yield;
		const places = index.get(word);
		if (places) places.push(at);
		else index.set(word, [at]);
	}
	return index;
}
