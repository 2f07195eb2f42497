import { groupBy } from '../../own';
import type { Range } from '../../read/range';

/** How a line of a row is written: its values are left out, and numbers are 9. */
export interface RowShape {
	/** From the beginning of the line to the first value; missing where other text stands there. */
	prefix?: string;
	suffix?: string;
	between: string[];
	isNumber: boolean[];
}

/** Longer text before a row in its line is other text. */
const LONGEST_EDGE = 24;
const LONGEST_VALUE = 100;

/** Of each line that has words of a row, unless it tells too little to be known again. */
export function rowShapes(text: string, words: readonly Range[]): RowShape[] {
	const lines = groupBy(words, ([from]) => text.lastIndexOf('\n', from - 1) + 1);
	return [...lines]
		.sort(([a], [b]) => a - b)
		.flatMap(([from, own]) => shapeOfLine(text, from, own) ?? []);
}

function shapeOfLine(text: string, from: number, words: readonly Range[]): RowShape | undefined {
	const end = text.indexOf('\n', from);
	const to = end < 0 ? text.length : end;
	const inLine = words.filter(([, last]) => last <= to).sort(([a], [b]) => a - b);
	const [first, last] = [inLine[0], inLine.at(-1)];
	if (!first || !last) return undefined;
	const between = inLine.slice(1).map(([start], at) => plain(text.slice(inLine[at]?.[1], start)));
	const [prefix, suffix] = [
		plain(text.slice(from, first[0])),
		plain(text.slice(last[1], to).trimEnd()),
	];
	const isLine = prefix.length <= LONGEST_EDGE && suffix.length <= LONGEST_EDGE;
	const marks = between.join('').replace(/\s/g, '');
	const isKnown = isLine ? inLine.length > 1 || prefix.trim() !== '' : marks.length > 1;
	const isNumber = inLine.map((range) => NUMBER.test(plain(text.slice(...range))));
	return isKnown ? { between, isNumber, ...(isLine ? { prefix, suffix } : {}) } : undefined;
}

const NUMBER = /^[^\p{L}]*9[^\p{L}]*$/u;

/** Columns have spaces between them; those at the beginning of a line say how deep it stands. */
const plain = (text: string) =>
	text.replace(/\p{Nd}+/gu, '9').replace(/(?<=\S)[ \t\u00A0\u3000]+/g, ' ');

/** Whether a line of a text is written so. */
export function hasRow(text: string, shape: RowShape): boolean {
	return text.split('\n').some((line) => isRow(plain(line.trimEnd()), shape));
}

function isRow(line: string, shape: RowShape): boolean {
	const { prefix, suffix = '', between, isNumber } = shape;
	if (prefix !== undefined) {
		const isFramed = line.length >= prefix.length + suffix.length;
		if (!isFramed || !line.startsWith(prefix) || !line.endsWith(suffix)) return false;
		return holdsValues(line.slice(prefix.length, line.length - suffix.length), shape);
	}
	const [mark = ''] = between;
	for (let at = line.indexOf(mark); at >= 0; at = line.indexOf(mark, at + 1)) {
		const before = line.slice(Math.max(0, at - LONGEST_VALUE), at);
		const [value = ''] = /\S+$/.exec(before) ?? [];
		const behind = line.slice(at, at + LONGEST_VALUE * isNumber.length);
		if (value !== '' && holdsValues(value + behind, shape, true)) return true;
	}
	return false;
}

/** The values of a row, parted as its shape says; `isOpen` where other text may follow. */
function holdsValues(text: string, { between, isNumber }: RowShape, isOpen = false): boolean {
	let rest = text;
	for (const [at, isDigits] of isNumber.entries()) {
		const mark = between[at];
		const end = mark === undefined ? endOfLast(rest, isOpen) : rest.indexOf(mark);
		if (end <= 0 || end > LONGEST_VALUE) return false;
		const value = rest.slice(0, end);
		if (isDigits ? !NUMBER.test(value) : !/[\p{L}9]/u.test(value)) return false;
		rest = rest.slice(end + (mark?.length ?? 0));
	}
	return true;
}

function endOfLast(rest: string, isOpen: boolean): number {
	return isOpen ? (/^\S+/.exec(rest)?.[0].length ?? 0) : rest.length;
}
