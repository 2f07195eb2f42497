import { remembered, remembering } from '../lib/perObject';
import { decimal, type Decimal, type DigitStyle } from './decimal';
import { once, type Range, type Steps } from '../lib/steps';
import { HOMOGRAPHS, SPELLED_AMOUNTS } from './numberSpellings';
import { numbersInWords, type Word } from './numberWords';

export interface NumberReading {
	value: Decimal;
	style?: DigitStyle;
	/** Only in a text in this language is it certainly a number. */
	language?: string;
}

interface Worded {
	range: Range;
	readings: NumberReading[];
}

const WORDS =
	/(?<![\p{L}\p{N}-])(?:\p{L}[\p{L}\p{M}]*|(?<![\d.,] ?)\d{1,3}(?= \p{L}))(?![\p{L}\p{N}])/gu;
/** Words that occur in spelled numbers but are not numbers alone. */
const JOINTS =
	'and et y e und en ën och vingts cents hundred thousand tausend mille mila duizend soixante';
const MOST_WORDS = 14;
const WORDS_PER_STEP = 50;

/** Numbers in words: the longest run of words that is one. `one` and similar words are articles too. */
export function* wordedNumbers(text: string): Steps<Worded[]> {
	const found: Worded[] = [];
	let from = 0;
	let count = 0;
	const read = remembering(readWords, MOST_REMEMBERED);
	const isPart = remembering(isPiece, MOST_REMEMBERED);
	for (const { 0: word, index } of text.matchAll(WORDS)) {
		if ((count += 1) % WORDS_PER_STEP === 0) yield;
		if (index < from || !isPart(word)) continue;
		const worded = longestAt(text, index, { read, isPart });
		if (!worded) continue;
		found.push(worded);
		[, from] = worded.range;
	}
	return found;
}

/** Texts say the same words again and again. */
const MOST_REMEMBERED = 10_000;
const spelled = remembered<Word[]>(MOST_REMEMBERED);
const numbersOf = (phrase: string) => spelled(phrase, () => numbersInWords(phrase));
const numberIn = (phrase: string, language: string) =>
	numbersOf(phrase).find((word) => word.language === language);

const isPiece = (word: string) =>
	word.length <= 60 &&
	(vocabulary().has(word) || /^\d|einhalb$/.test(word) || numbersOf(word).length > 0);

const NEXT = /[ -](\p{L}[\p{L}\p{M}]*)(?![\p{N}\p{L}])/uy;

interface WordReader {
	read: typeof readWords;
	isPart: typeof isPiece;
}

function longestAt(text: string, start: number, { read, isPart }: WordReader): Worded | undefined {
	const first = /^(?:[\p{L}\p{M}]+|\d+)/u.exec(text.slice(start, start + 60))?.[0] ?? '';
	const words = [first];
	const ends = [start + first.length];
	for (let end = start + first.length; words.length < MOST_WORDS;) {
		NEXT.lastIndex = end;
		const [found = '', word = ''] = NEXT.exec(text) ?? [];
		if (found === '' || !isPart(word)) break;
		end += found.length;
		ends.push(end);
		words.push(word);
	}
	for (let count = words.length; count > 0; count -= 1) {
		const worded = read(words.slice(0, count).join(' '));
		const last = ends[worded?.count ? worded.count - 1 : count - 1] ?? start;
		const isWord = !/^-[\p{L}\p{N}]/u.test(text.slice(last, last + 3));
		if (worded && isWord) return { range: [start, last], readings: worded.readings };
	}
	return undefined;
}

/**
 * The meaning of words, in any language; `count` of them if they end in a word of size that is read by
 * itself.
 */
function readWords(phrase: string): { readings: NumberReading[]; count?: number } | undefined {
	const words = phrase.split(' ');
	const plain = numbersOf(phrase);
	const isHomograph = HOMOGRAPHS.has(phrase);
	const readings = plain.map(({ value, language }) =>
		readingOf(String(value), isHomograph ? language : undefined),
	);
	if (plain.length > 0) return { readings };
	const amounts = grammars().flatMap((grammar) => amountIn(words, grammar) ?? []);
	if (amounts.length === 0) return undefined;
	const count = amounts.map((amount) => amount.headWords).find((one) => one !== undefined);
	return {
		readings: amounts.map(({ digits }) => readingOf(digits)),
		...(count === undefined ? {} : { count }),
	};
}

function readingOf(digits: string, language?: string): NumberReading {
	const value = decimal(digits) ?? { units: 0n, scale: 0 };
	return language === undefined ? { value } : { value, language };
}

interface Amount {
	digits: string;
	/** How many words are its number, if the rest is one word of size. */
	headWords?: number;
}

/** A phrase, and its value. */
type Phrase = [words: string[], value: number];

interface Grammar {
	language: string;
	scales: Phrase[];
	articles: Phrase[];
	halves: Phrase[];
	tails: Phrase[];
	oneAndHalf: Phrase[];
	points: Phrase[];
	joint: string | undefined;
	halvesScale: boolean;
}

const longestFirst = (all: Phrase[]) => all.sort(([a], [b]) => b.length - a.length);
const phrases = (words = '', value = 0): Phrase[] =>
	words === '' ? [] : longestFirst(words.split('/').map((one) => [one.split(' '), value]));

const grammars = once((): Grammar[] =>
	SPELLED_AMOUNTS.map((own) => ({
		language: own.language,
		scales: longestFirst(own.scales.flatMap(([size, words]) => phrases(words, size))),
		articles: phrases(own.articles, 1),
		halves: phrases(own.halves, 0.5),
		tails: longestFirst(own.tails.flatMap(([part, words]) => phrases(words, part))),
		oneAndHalf: phrases(own.oneAndHalf, 1.5),
		points: phrases(own.point),
		joint: own.joint,
		halvesScale: own.halvesScale === true,
	})),
);

const vocabulary = once(() => {
	const all = grammars().flatMap(({ scales, articles, halves, tails, oneAndHalf, points }) =>
		[scales, articles, halves, tails, oneAndHalf, points].flat(),
	);
	return new Set([...JOINTS.split(' '), ...all.flatMap(([words]) => words)]);
});

/** The longest of several phrases, which are in that order, that begins at a word. */
function phraseAt(words: readonly string[], at: number, all: readonly Phrase[]) {
	const found = all.find(([own]) => own.every((word, index) => words[at + index] === word));
	return found && { value: found[1], next: at + found[0].length };
}

/**
 * The amount that all of the words make up: numbers and words of size, each smaller than the one
 * before.
 */
function amountIn(words: readonly string[], grammar: Grammar): Amount | undefined {
	let [total, before, at] = [0, Infinity, 0];
	while (at < words.length) {
		if (at > 0 && words[at] === grammar.joint) at += 1;
		const head = headAt(words, at, grammar);
		const start = head?.next ?? at;
		const scale = phraseAt(words, start, grammar.scales);
		if (!head && scale?.value !== 12) return undefined;
		if (head?.digits !== undefined)
			return decimalAmount(words, { ...head, digits: head.digits }, scale?.next);
		const next = scale?.next ?? start;
		const size = scale?.value ?? 1;
		const section = (head?.value ?? 1) * size;
		if (section >= before || (head?.needsScale && !scale) || (size === 12 && at + total > 0))
			return undefined;
		// Which of the two counts in `two dozen three` is unclear.
		if ((size === 1 || size === 12) && next < words.length) return undefined;
		if (size >= 1e6 && next === words.length && at === 0 && isPlain(head))
			return { digits: String(head?.value), headWords: start };
		if (at === 0 && head?.isDigits && size !== 12 && next === words.length && !head.hasHundreds)
			return undefined;
		total += section;
		[before, at] = [size === 1 ? 1 : size, next];
		const half = grammar.halvesScale && size > 12 ? phraseAt(words, at, grammar.tails) : undefined;
		if (half?.next === words.length) return { digits: String(total + half.value * size) };
	}
	return { digits: String(total) };
}

/** One is an article, and half of a size is a number of its own. */
const isPlain = (head: Head | undefined) =>
	head !== undefined && head.value !== 1 && !head.needsScale;

interface Head {
	value: number;
	next: number;
	/** `half a`, `an`: nothing by themselves. */
	needsScale?: boolean;
	isDigits?: boolean;
	hasHundreds?: boolean;
	/** With decimals, exactly. */
	digits?: string;
}

/** What precedes a word of size: a number, a half, an article. */
function headAt(words: readonly string[], at: number, grammar: Grammar): Head | undefined {
	const half = phraseAt(words, at, grammar.halves);
	if (half) return { ...half, needsScale: true };
	const number = hundredsAt(words, at, grammar) ?? phraseAt(words, at, grammar.oneAndHalf);
	if (!number) {
		const article = phraseAt(words, at, grammar.articles);
		return article && { ...article, needsScale: true };
	}
	// `two thousand and a half` may be 2500.
	const tail = number.value < 1000 ? phraseAt(words, number.next, grammar.tails) : undefined;
	if (tail) return { ...number, value: number.value + tail.value, next: tail.next };
	const point = phraseAt(words, number.next, grammar.points);
	return point ? withDecimals(words, { ...number, next: point.next }, grammar) : number;
}

/** The longest number below a million; also `twenty-five hundred` and `3 hundred`. */
function hundredsAt(words: readonly string[], at: number, { language }: Grammar): Head | undefined {
	const first = words[at] ?? '';
	const isDigits = /^\d/.test(first);
	const number: Head | undefined = isDigits
		? { value: Number(first), next: at + 1, isDigits }
		: numberAt(words, at, language);
	if (!number || language !== 'en' || words[number.next] !== 'hundred') return number;
	const isCounted = isDigits
		? number.value < 100
		: number.value > 10 && number.value < 100 && number.value % 10 > 0;
	if (!isCounted || number.value === 0) return undefined;
	const next = number.next + 1;
	const rest = numberAt(words, words[next] === 'and' ? next + 1 : next, language);
	const hundreds = { value: number.value * 100, next, isDigits, hasHundreds: true };
	return rest && rest.value < 100
		? { ...hundreds, value: hundreds.value + rest.value, next: rest.next }
		: hundreds;
}

function numberAt(words: readonly string[], at: number, language: string): Head | undefined {
	for (let end = Math.min(words.length, at + 8); end > at; end -= 1) {
		const phrase = words.slice(at, end).join(' ');
		const found = numberIn(phrase, language);
		if (found) return { value: found.value, next: end };
		// `zweieinhalb`
		const [, whole = ''] = (language === 'de' && /^(.+)einhalb$/.exec(phrase)) || [];
		const counted = whole === '' ? undefined : numberIn(whole, language);
		if (counted && counted.value < 20) return { value: counted.value + 0.5, next: end };
	}
	return undefined;
}

/** `one point zero five`: digit by digit, or, if that is how it is said, as `vingt-cinq`. */
function withDecimals(
	words: readonly string[],
	whole: Head,
	{ language }: Grammar,
): Head | undefined {
	let [digits, at] = ['', whole.next];
	while (at < words.length) {
		const one = numberIn(words[at] ?? '', language);
		if (!one || one.value > 9) break;
		[digits, at] = [digits + String(one.value), at + 1];
	}
	const two = digits === '' && language !== 'en' ? numberAt(words, at, language) : undefined;
	if (two && two.value > 9 && two.value < 100) [digits, at] = [String(two.value), two.next];
	if (digits === '' || whole.value % 1 !== 0) return undefined;
	return { value: whole.value, next: at, digits: `${whole.value}.${digits}` };
}

/** Decimals end a number, or precede one word of size. */
function decimalAmount(
	words: readonly string[],
	{ digits, next }: Head & { digits: string },
	end: number | undefined,
): Amount | undefined {
	if (next === words.length) return { digits };
	return end === words.length ? { digits, headWords: next } : undefined;
}
