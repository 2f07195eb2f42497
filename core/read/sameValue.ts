import { isSame } from '../lib/isSame';
import { perObject } from '../lib/perObject';
import { foldText } from './foldText';
import { readDate, readDateTime } from './readDate';
import { readNumber } from './readNumber';
import { saysNothing } from './words';
import type { TextFacts } from './textFacts';

/** Whether there is no value: null, an empty text, or, next to a null, a word for it such as `N/A`. */
export function isNothing(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	return typeof value === 'string' && value.trim() === '';
}

/** Whether a value says what the other one says by being none. */
export const saysSo = (value: unknown): boolean =>
	isNothing(value) || (typeof value === 'string' && saysNothing(value));

/**
 * Whether two plain values mean the same, as extraction reads them: numbers and dates in any spelling
 * that the document allows, texts by their words, nothing in whatever words. An ambiguous value equals
 * neither of its readings. Evaluations, votes and Expected all use it.
 */
export function sameValue(expected: unknown, actual: unknown, facts?: TextFacts): boolean {
	if (isSame(expected, actual) || (saysSo(expected) && saysSo(actual))) return true;
	const [a, b] = [plain(expected), plain(actual)];
	if (typeof a === 'number' && typeof b === 'number') return isClose(a, b);
	if (typeof a === 'number' && typeof b === 'string') return isNumber(b, a, facts);
	if (typeof a === 'string' && typeof b === 'number') return isNumber(a, b, facts);
	if (typeof a === 'string' && typeof b === 'string') return sameText(a, b, facts);
	return typeof a !== typeof b && String(a) === String(b);
}

/** zod's dates, and numbers too long for JavaScript, as they are in JSON. */
function plain(value: unknown): unknown {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
	return typeof value === 'bigint' ? String(value) : value;
}

/** Except for the rounding noise of floats. */
const isClose = (a: number, b: number) =>
	Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

function isNumber(text: string, number: number, facts?: TextFacts): boolean {
	const read = readNumber(text, { facts });
	return read.ok && isClose(read.value, number);
}

function sameText(a: string, b: string, facts?: TextFacts): boolean {
	const [one, other] = [readingOf(a, facts), readingOf(b, facts)];
	if (one.words === other.words) return true;
	const [meant, otherwise] = [one.meant(), other.meant()];
	if (meant.amount !== undefined && otherwise.amount !== undefined) {
		return isClose(meant.amount, otherwise.amount);
	}
	return (
		(meant.date !== undefined && meant.date === otherwise.date) ||
		(meant.dateTime !== undefined && meant.dateTime === otherwise.dateTime)
	);
}

/** The meaning of a text as a whole, if it can be read in only one way. */
interface TextReading {
	words: string;
	meant(): { date?: string; dateTime?: string; amount?: number };
}

/** Each entry of two lists is compared with each. */
const known = perObject((_facts: object) => new Map<string, TextReading>());
const NO_FACTS = {};
const MOST_KNOWN = 5_000;
const LONGEST_KNOWN = 200;

function readingOf(text: string, facts?: TextFacts): TextReading {
	const before = known(facts ?? NO_FACTS);
	const found = before.get(text);
	if (found) return found;
	const reading = readText(text, facts);
	if (text.length > LONGEST_KNOWN) return reading;
	if (before.size >= MOST_KNOWN) before.clear();
	before.set(text, reading);
	return reading;
}

function readText(text: string, facts?: TextFacts): TextReading {
	const words = foldText(text).text.trim();
	let meant: ReturnType<TextReading['meant']> | undefined;
	const read = () => {
		const [date, dateTime] = [readDate(text, facts), readDateTime(text, facts)];
		const amount = IS_AMOUNT.test(words) ? readNumber(words, { facts }) : undefined;
		return {
			...(date.ok ? { date: date.value } : {}),
			...(dateTime.ok ? { dateTime: dateTime.value } : {}),
			...(amount?.ok ? { amount: amount.value } : {}),
		};
	};
	return { words, meant: () => (meant ??= read()) };
}

/** Digits with separators: neither a number with its unit, nor one like `007`, which is a name. */
const IS_AMOUNT = /^[-+]?(?!0\d)\d[\d.,' ]*$/;
