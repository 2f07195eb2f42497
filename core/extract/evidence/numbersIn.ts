import { openPlaceIndex } from './placeIndex';
import type { Range } from './span';

/** Not in a word or in a longer number; a currency may stand right before it. */
const BEFORE = String.raw`(?<!\d|\d[.,'])(?<!\p{L}(?<!eur|usd|gbp|chf|jpy|cny|inr|cad|aud|rs))`;
const AFTER = String.raw`(?!\d|[.,']\d)`;
const SHAPES = [
	String.raw`\d{1,3}(?:[.,']\d{3})+(?:[.,]\d+)?`,
	String.raw`\d{1,3}(?: \d{3})+(?:[.,]\d+)?`,
	String.raw`(?!0\d)\d+(?:[.,]\d+)?`,
].map((shape) => new RegExp(BEFORE + shape + AFTER, 'gu'));

/** By value: each number of a folded text, in every way in which it may be meant. */
export function numbersIn(text: string): Map<number, Range[]> {
	const places = openPlaceIndex<number>();
	for (const shape of SHAPES) {
		for (const { 0: digits, index } of text.matchAll(shape)) {
			for (const value of readings(digits)) {
				for (const [meant, range] of inContext(text, value, [index, index + digits.length])) {
					places.add(rounded(meant), range);
				}
			}
		}
	}
	for (const { 0: word, index } of text.matchAll(WORDS)) {
		const value = NUMBER_WORDS.get(word);
		if (value !== undefined) places.add(value, [index, index + word.length]);
	}
	return places.inOrder();
}

/** Sums of binary fractions differ in their last places. */
export function rounded(value: number): number {
	return Number(value.toPrecision(12));
}

/** `1.234` is both 1.234 and 1234: only the reader knows. */
function readings(digits: string): number[] {
	const english = /^(\d+|\d{1,3}([,' ]\d{3})+)(\.\d+)?$/.test(digits)
		? [digits.replace(/[,' ]/g, '')]
		: [];
	const german = /^(\d+|\d{1,3}([.' ]\d{3})+)(,\d+)?$/.test(digits)
		? [digits.replace(/[.' ]/g, '').replace(',', '.')]
		: [];
	return [...new Set([...english, ...german].map(Number))];
}

/** What signs, percent and words of size around a number make of it. */
function inContext(text: string, value: number, [start, end]: Range): Array<[number, Range]> {
	const before = text.slice(Math.max(0, start - 3), start);
	const after = text.slice(end, end + 12);
	if (/(?:^|[^\p{L}\p{N}])-$/u.test(before)) return [[-value, [start - 1, end]]];
	if (before.endsWith('(') && after.startsWith(')')) {
		return [
			[value, [start, end]],
			[-value, [start - 1, end + 1]],
		];
	}
	const percent = /^ ?%/.exec(after)?.[0];
	const [sized = '', size = ''] = SIZE.exec(after) ?? [];
	const factor = SIZES[size];
	const meanings: Array<[number, Range]> = [[value, [start, end]]];
	if (percent) meanings.push([value / 100, [start, end + percent.length]]);
	if (factor) meanings.push([value * factor, [start, end + sized.length]]);
	return meanings;
}

const SIZES: Partial<Record<string, number>> = {
	...{ k: 1e3, tsd: 1e3, thousand: 1e3, tausend: 1e3, 千: 1e3, 万: 1e4, lakh: 1e5 },
	...{ m: 1e6, mio: 1e6, mn: 1e6, million: 1e6, millions: 1e6, millionen: 1e6, مليون: 1e6 },
	...{ crore: 1e7, 億: 1e8, 亿: 1e8, mrd: 1e9, bn: 1e9, billion: 1e9, milliarden: 1e9 },
};
const SIZE = new RegExp(
	`^ ?(${Object.keys(SIZES)
		.sort((a, b) => b.length - a.length)
		.join('|')})(?![\\p{L}\\p{N}])`,
	'u',
);

const WORDS = /(?<![\p{L}\p{N}-])\p{L}+(?![\p{L}\p{N}-])/gu;
const NUMBER_WORDS = new Map(
	[
		'two three four five six seven eight nine ten eleven twelve'.split(' '),
		'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'.split(' '),
	].flatMap((words) => words.map((word, index): [string, number] => [word, index + 2])),
);
