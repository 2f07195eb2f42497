import { decimal } from './decimal';
import type { Steps, Range } from './inSteps';
import { HOMOGRAPHS, numbersInWords } from './numberWords';
import type { NumberReading } from './numberMentions';

interface Worded {
	range: Range;
	readings: NumberReading[];
}

const WORDS = /(?<![\p{L}\p{N}-])\p{L}[\p{L}\p{M}]*(?![\p{L}\p{N}])/gu;
/** Words that stand in spelled numbers but are none alone. */
const JOINTS = new Set(
	'and et y e und en ën a vingts cents thousand tausend mille mila duizend soixante'.split(' '),
);
const MOST_WORDS = 8;
const WORDS_PER_STEP = 200;

/** Numbers in words: the longest run of words that is one. `one` and its like are articles as well. */
export function* wordedNumbers(text: string): Steps<Worded[]> {
	const found: Worded[] = [];
	let from = 0;
	let count = 0;
	for (const { 0: word, index } of text.matchAll(WORDS)) {
		if ((count += 1) % WORDS_PER_STEP === 0) yield;
		if (index < from || !isPiece(word)) continue;
		const worded = longestAt(text, index);
		if (!worded) continue;
		found.push(worded);
		[, from] = worded.range;
	}
	return found;
}

const isPiece = (word: string) => word.length <= 60 && numbersInWords(word).length > 0;

const NEXT = /[ -](\p{L}[\p{L}\p{M}]*)(?![\p{N}\p{L}])/uy;

function longestAt(text: string, start: number): Worded | undefined {
	const ends: number[] = [];
	let end = start + (/^[\p{L}\p{M}]+/u.exec(text.slice(start, start + 60))?.[0].length ?? 0);
	ends.push(end);
	while (ends.length < MOST_WORDS) {
		NEXT.lastIndex = end;
		const [found = '', word = ''] = NEXT.exec(text) ?? [];
		if (found === '' || !(JOINTS.has(word) || isPiece(word))) break;
		end += found.length;
		ends.push(end);
	}
	for (const last of ends.reverse()) {
		const readings = readingsOf(text.slice(start, last));
		const isWord = !/^-[\p{L}\p{N}]/u.test(text.slice(last, last + 3));
		if (readings.length > 0 && isWord) return { range: [start, last], readings };
	}
	return undefined;
}

function readingsOf(phrase: string): NumberReading[] {
	const isHomograph = HOMOGRAPHS.has(phrase);
	return numbersInWords(phrase).flatMap(({ value, language }) => {
		const exact = decimal(String(value));
		return exact ? [{ value: exact, ...(isHomograph ? { language } : {}) }] : [];
	});
}
