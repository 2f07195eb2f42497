import { isSame } from '../isSame';
import { foldText } from '../read/foldText';
import { readDate } from '../read/readDate';
import { readNumber } from '../read/readNumber';
import { readDateTime } from '../read/readTime';
import type { Reading } from '../read/reading';
import { saysNothing } from '../read/saysNothing';
import type { TextFacts } from '../read/textFacts';

/** Whether there is no value: null, an empty text, or, beside a null, a word for it such as `N/A`. */
export function isNothing(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	return typeof value === 'string' && value.trim() === '';
}

/** Whether a value says what the other one says by being none. */
export const saysSo = (value: unknown): boolean =>
	isNothing(value) || (typeof value === 'string' && saysNothing(value));

/**
 * Whether two plain values mean the same, as extraction reads them: numbers and dates in any spelling
 * that the document allows, texts by their words. What may be read in two ways is not the same.
 */
export function sameValue(expected: unknown, actual: unknown, facts?: TextFacts): boolean {
	if (isSame(expected, actual)) return true;
	const [a, b] = [plain(expected), plain(actual)];
	if (typeof a === 'number' && typeof b === 'number') return isClose(a, b);
	if (typeof a === 'number' && typeof b === 'string') return isNumber(b, a, facts);
	if (typeof a === 'string' && typeof b === 'number') return isNumber(a, b, facts);
	if (typeof a === 'string' && typeof b === 'string') return sameText(a, b, facts);
	return typeof a !== typeof b && String(a) === String(b);
}

/** Dates of zod, and numbers too long for a number, as JSON has them. */
function plain(value: unknown): unknown {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
	return typeof value === 'bigint' ? String(value) : value;
}

/** But for the dust of floats. */
const isClose = (a: number, b: number) =>
	Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

function isNumber(text: string, number: number, facts?: TextFacts): boolean {
	const read = readNumber(text, { facts });
	return read.ok && isClose(read.value, number);
}

function sameText(a: string, b: string, facts?: TextFacts): boolean {
	const [one, other] = [wordsOf(a), wordsOf(b)];
	if (one === other) return true;
	return (
		isOneReading(readDate(a, facts), readDate(b, facts)) ||
		isOneReading(readDateTime(a, facts), readDateTime(b, facts)) ||
		(isAmount(one) && isAmount(other) && sameAmount(one, other, facts))
	);
}

const wordsOf = (text: string) => foldText(text).text.trim();

const isOneReading = (a: Reading<string>, b: Reading<string>) =>
	a.ok && b.ok && a.value === b.value;

/** Digits with separators: neither a number with its unit, nor one like `007`, which is a name. */
const isAmount = (text: string) => /^[-+]?(?!0\d)\d[\d.,' ]*$/.test(text);

function sameAmount(a: string, b: string, facts?: TextFacts): boolean {
	const [one, other] = [readNumber(a, { facts }), readNumber(b, { facts })];
	return one.ok && other.ok && isClose(one.value, other.value);
}
