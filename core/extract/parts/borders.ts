import { lineShape, type RecordStart } from './lineShape';

/** Where a text may be cut: `lines` are the ends of rows, which are never cut in two for less. */
export type BorderKind = 'blankLines' | 'rows' | 'lines' | 'sentences' | 'entries' | 'spaces';

/** Those inside lines, the strongest first. */
export const INSIDE_LINES: readonly BorderKind[] = ['sentences', 'entries', 'spaces'];

/** A carriage return with its line feed is one end. */
const EOL = String.raw`(?:\r\n|\n|\r(?!\n)|[\f\v\u2028\u2029])`;

const BORDERS: Record<BorderKind, RegExp> = {
	blankLines: new RegExp(`${EOL}(?:[ \\t\\u00A0\\u3000]*${EOL})+`, 'g'),
	// An indented line continues the record above it.
	rows: new RegExp(`${EOL}(?![ \\t\\u3000])`, 'g'),
	lines: new RegExp(
		`${EOL}|</(?:tr|li|p|div|h[1-6]|table|dd)>|<br ?/?>|[}\\]],[ \\t]?(?=[{[])`,
		'gi',
	),
	sentences: /[.!?؟…]["'”’»)\]]*\s|[。！？｡][」』”’）]*|[;；]\s?/g,
	// What stands between the entries of a list in one line.
	entries: /,[ \t\u00A0]|[ \t\u00A0][|·•/][ \t\u00A0]|[、，،][ \t\u00A0]?|\t/g,
	spaces: /\s/g,
};

/** The end of the last border of a kind that ends in a range of the text and cuts no value. */
export function lastBorder(text: string, kind: BorderKind, [from, to]: [number, number]) {
	return bordersIn(text, kind, [from, to]).findLast((at) => mayCut(text, kind, at));
}

/** The first one that ends in a range, with words between it and the end of that. */
export function firstBorder(text: string, kind: BorderKind, [from, to]: [number, number]) {
	const words = text.slice(from, to).trimEnd().length;
	return bordersIn(text, kind, [from, from + words - 1]).find((at) => mayCut(text, kind, at));
}

/** The last place where a record begins, in a range. */
export function lastStart(text: string, start: RecordStart, [from, to]: [number, number]) {
	return bordersIn(text, start.isBehindBlank ? 'blankLines' : 'lines', [from, to]).findLast(
		(at) => {
			const [line = ''] = text.slice(at, at + LONGEST_LINE).split(/[\n\r]/, 1);
			return lineShape(line) === start.shape;
		},
	);
}

const LONGEST_LINE = 500;

function bordersIn(text: string, kind: BorderKind, [from, to]: [number, number]): number[] {
	if (to <= from) return [];
	// One more character shows whether a line feed or an indentation follows.
	const window = text.slice(from, to + 1);
	return [...window.matchAll(BORDERS[kind])]
		.map(({ index, 0: { length } }) => from + index + length)
		.filter((at) => at <= to);
}

function mayCut(text: string, kind: BorderKind, at: number): boolean {
	return !INSIDE_LINES.includes(kind) || !isInValue(text, at);
}

/** Numbers, amounts, dates and times that have spaces or full stops in them. */
const VALUES = [
	/\p{Nd}{1,3}(?:[ \u00A0\u202F]\p{Nd}{3})+(?!\p{Nd})/gu,
	/[€$£¥₹₩][ \u00A0]?\p{Nd}|\p{Nd}[ \u00A0\u202F]?(?:[€$£¥₹₩%]|[A-Z]{3}(?!\p{L})|[万億亿만억]|тыс|млн|mio|mrd|million|billion|am|pm|a\.m|p\.m)/giu,
	/\p{Nd}{1,2}(?:st|nd|rd|th|er|º|ª|\.)?,?\s{1,2}(?:(?:day\s)?(?:de|of|del)\s)?\p{L}{3,12}\.?,?\s{1,2}(?:(?:de|del)\s)?(?:\p{Nd}{4}|'?\p{Nd}{2})(?!\p{Nd})/gu,
	/\p{L}{3,12}\.?\s{1,2}\p{Nd}{1,2}(?:st|nd|rd|th)?,?\s{1,2}\p{Nd}{4}/gu,
	/\p{Nd}{1,4}\.\s?\p{Nd}{1,2}\.\s?\p{Nd}{2,4}/gu,
	/\p{Nd}{2,4}\s?[年년]\s?\p{Nd}{1,2}\s?[月월](?:\s?\p{Nd}{1,2}\s?[日일号號])?/gu,
	/\p{Nd}{4}-\p{Nd}{2}-\p{Nd}{2}[ T]\p{Nd}{1,2}:\p{Nd}{2}/gu,
];
/** The longest value that is looked for. */
const REACH = 40;

function isInValue(text: string, at: number): boolean {
	const from = Math.max(0, at - REACH);
	const window = text.slice(from, at + REACH);
	const inside = at - from;
	return VALUES.some((value) =>
		[...window.matchAll(value)].some(
			({ index, 0: { length } }) => index < inside && inside < index + length,
		),
	);
}

/** What numbers and dates are written with where there are no spaces. */
const JOINED =
	/[\p{Nd}〇零一二三四五六七八九十百千万萬億亿兆만억元円圓圆원年月日号號時时分秒년월일시분초.,'’:/+%€$£¥₩-]/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The last place up to `at` that is inside no character, and in no number or date unless it never ends. */
export function hardBorder(text: string, at: number): number {
	const isJoined = (index: number) =>
		JOINED.test(text.charAt(index - 1)) && JOINED.test(text.charAt(index));
	const lowest = Math.max(0, at - REACH);
	let free = at;
	while (free > lowest && isJoined(free)) free -= 1;
	return wholeCharacter(text, free > lowest ? free : at);
}

/** What a reader sees as one character may be many. */
function wholeCharacter(text: string, at: number): number {
	const from = beforeFlags(text, Math.max(0, at - 128));
	const found = graphemes.segment(text.slice(from, at + 64)).containing(at - from);
	if (found && found.index > 0) return from + found.index;
	return /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at;
}

const LONGEST_FLAGS = 4000;

/** In a row of flags, only its beginning tells which two letters are one. */
function beforeFlags(text: string, at: number): number {
	const lowest = at - LONGEST_FLAGS;
	let from = /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at;
	while (from > lowest && /\uD83C[\uDDE6-\uDDFF]/.test(text.slice(Math.max(0, from - 2), from)))
		from -= 2;
	return from;
}
