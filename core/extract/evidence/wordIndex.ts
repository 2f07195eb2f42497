import type { Steps } from '../../read/inSteps';

/** By word: where it begins. Scripts without spaces between words are told by pairs of characters. */
export type WordIndex = Map<string, number[]>;

export interface WordPlace {
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
