import type { Range } from '../../lib/steps';
import { REACH, type CutText } from './inValue';

/**
 * Where a text may be cut: `lines` are the ends of rows, which are never cut in two for a weaker
 * border.
 */
export type BorderKind = 'blankLines' | 'rows' | 'lines' | 'sentences' | 'entries' | 'spaces';

/** The borders inside lines, strongest first. */
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
	// What separates the entries of a list on one line.
	entries: /,[ \t\u00A0]|[ \t\u00A0][|·•/][ \t\u00A0]|[、，،][ \t\u00A0]?|\t/g,
	spaces: /\s/g,
};

/** The end of the last border of a kind that ends in a range of the text and cuts no value. */
export function lastBorder(cut: CutText, kind: BorderKind, range: Range): number | undefined {
	return lastIn((own) => cutsIn(cut, kind, own), range);
}

/** The first one that ends in a range, with words between it and the end of the range. */
export function firstBorder(cut: CutText, kind: BorderKind, [from, to]: Range) {
	const words = cut.text.slice(from, to).trimEnd().length;
	return firstOf(cutsIn(cut, kind, [from, from + words - 1]));
}

const NEAR = 500;

/** The last place in a range, which is searched from its end: all of it may have very many. */
export function lastIn(
	placesIn: (range: Range) => Iterable<number>,
	[from, to]: Range,
): number | undefined {
	for (let reach = NEAR; ; reach *= 4) {
		const start = Math.max(from, to - reach);
		const last = [...placesIn([start, to])].at(-1);
		if (last !== undefined || start === from) return last;
	}
}

export function firstOf(
	places: Iterable<number>,
	isWanted = (_place: number) => true,
): number | undefined {
	for (const place of places) if (isWanted(place)) return place;
	return undefined;
}

/** The places where a record of several lines begins, in a range. */
export function* recordStarts(text: string, start: RecordStart, range: Range): Generator<number> {
	for (const at of bordersIn(text, start.isBehindBlank ? 'blankLines' : 'lines', range)) {
		const [line = ''] = text.slice(at, at + LONGEST_LINE).split(/[\n\r]/, 1);
		if (lineShape(line) === start.shape) yield at;
	}
}

const LONGEST_LINE = 500;

/** The ends of all borders of a kind in a range of the text. */
export function* bordersIn(text: string, kind: BorderKind, [from, to]: Range): Generator<number> {
	if (to <= from) return;
	// One more character shows whether a line feed or an indentation follows.
	for (const { index, 0: border } of text.slice(from, to + 1).matchAll(BORDERS[kind])) {
		const at = from + index + border.length;
		if (at <= to) yield at;
	}
}

/** The same without those that cut a value. */
export function* cutsIn(cut: CutText, kind: BorderKind, range: Range): Generator<number> {
	const isInside = INSIDE_LINES.includes(kind);
	for (const at of bordersIn(cut.text, kind, range)) if (!isInside || !cut.isInValue(at)) yield at;
}

/** The characters of numbers and dates in scripts without spaces. */
const JOINED =
	/[\p{Nd}〇零一二三四五六七八九十百千万萬億亿兆만억元円圓圆원年月日号號時时分秒년월일시분초.,'’:/+%€$£¥₩-]/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The last position up to `at` that is not inside a character, nor in a number or date unless that
 * never ends.
 */
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

/** In a row of flags, only its beginning tells which two letters form one. */
function beforeFlags(text: string, at: number): number {
	const lowest = at - LONGEST_FLAGS;
	let from = /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at;
	while (from > lowest && /\uD83C[\uDDE6-\uDDFF]/.test(text.slice(Math.max(0, from - 2), from)))
		from -= 2;
	return from;
}

/** How a line is written: its label, its separators, and the kinds of values between them. */
export function lineShape(line: string): string {
	const [label = ''] = LABEL.exec(line) ?? [];
	const values = line
		.slice(label.length)
		.replace(/[\p{L}\p{M}'’]+(?:[ \u3000][\p{L}\p{M}'’]+)*/gu, 'a')
		.replace(/[+-]?\p{Nd}[\p{Nd}.,'’]*/gu, '9');
	return label + values;
}

const LABEL = /^\s*(?:[-*•]\s)?(?:<[^>]{1,60}>|"?[\p{L} _]{1,30}"?\s?[:=])/u;

const FIRST = 4000;
const MOST_LINES = 10;
const MOST_LEAD = 20;

/** How each record of several lines begins. */
export interface RecordStart {
	/** How its first line is written. */
	shape: string;
	/** Whether a blank line precedes it. */
	isBehindBlank: boolean;
}

/**
 * How records of several lines begin: recognized by the first lines that recur in the same order, three
 * times.
 */
export function recordStart(text: string): RecordStart | undefined {
	const shapes = text
		.slice(0, FIRST)
		.split(/\r\n|[\n\r]/)
		.slice(0, -1)
		.map(lineShape);
	for (let first = 0; first < Math.min(MOST_LEAD, shapes.length); first += 1) {
		for (let lines = 2; lines <= MOST_LINES && first + 3 * lines <= shapes.length; lines += 1) {
			const own = shapes.slice(first, first + lines);
			const comesBack = shapes
				.slice(first, first + 3 * lines)
				.every((shape, at) => shape === own[at % lines]);
			const start = comesBack ? startIn(own, shapes) : undefined;
			if (start) return start;
		}
	}
	return undefined;
}

/**
 * Recurring lines do not show which is the first: it is the one after a blank line, otherwise the least
 * indented one, otherwise the first in the text.
 */
function startIn(own: readonly string[], shapes: readonly string[]): RecordStart | undefined {
	const lines = own
		.map((shape, at) => ({ shape, isBehindBlank: isBlank(own.at(at - 1)) }))
		.filter(({ shape }) => !isBlank(shape));
	const inBlocks = lines.filter(({ isBehindBlank }) => isBehindBlank);
	const [start] = (inBlocks.length > 0 ? inBlocks : lines).toSorted(
		(a, b) =>
			indentOf(a.shape) - indentOf(b.shape) || shapes.indexOf(a.shape) - shapes.indexOf(b.shape),
	);
	if (!start || own.every((shape) => shape === start.shape)) return undefined;
	const again = own.filter((shape) => shape === start.shape).length;
	return again === 1 || start.isBehindBlank ? start : undefined;
}

const isBlank = (shape = 'none') => shape.trim() === '';
const indentOf = (shape: string) => shape.length - shape.trimStart().length;

/** After an empty line, or the end of a row in markup. */
const BETWEEN_BLOCKS = /(?:\n[ \t]*\r?\n\s*|<\/(?:tr|li|p|div|table)>\s*)$/;
const RECORD_REACH = 1000;

/**
 * Whether a record certainly ends at a border: after a blank line, or where the lines before and after
 * it are written alike, as the rows of a table are. Lines of one record are not.
 */
export function endsRecord(text: string, at: number): boolean {
	const before = text.slice(Math.max(0, at - RECORD_REACH), at);
	return BETWEEN_BLOCKS.test(before) || isBetweenRows(text, at);
}

/** Whether the lines before and after are written alike. */
export function isBetweenRows(text: string, at: number): boolean {
	const lines = text.slice(Math.max(0, at - RECORD_REACH), at).split(LINE_END);
	const behind = text.slice(at, at + RECORD_REACH).split(LINE_END);
	if (lines.pop() !== '') return false;
	// Nothing follows the last row of a text.
	const next = behind.length === 2 && behind[1] === '' ? behind.slice(0, 1) : behind.slice(0, 2);
	const [first, ...others] = [...lines.slice(-2), ...next].map(lineShape);
	return others.length === next.length + 1 && others.every((other) => other === first);
}

export const LINE_END = /\r\n|[\n\r]/;

const HEADING_REACH = 500;
const LONGEST = 100;
const MOST = 3;

/** A border, or the one before the headings that end at it: a heading belongs to what follows it. */
export function beforeHeadings(text: string, at: number): number {
	let border = at;
	for (let count = 0; count < MOST; count += 1) {
		const start = startOfHeading(text, border);
		if (start === undefined) return border;
		border = start;
	}
	// More in a row than this are a list.
	return startOfHeading(text, border) === undefined ? border : at;
}

/** Where the line begins that ends at a border and is written like a heading. */
function startOfHeading(text: string, at: number): number | undefined {
	const before = text.slice(Math.max(0, at - HEADING_REACH), at);
	const words = before.trimEnd();
	const [line = ''] = /[^\n\r]*$/.exec(words) ?? [];
	const gap = before.slice(words.length);
	if (line.trim() === '' || line.length > LONGEST || !/[\n\r]/.test(gap)) return undefined;
	const start = at - gap.length - line.length;
	// The border may be one of the blank lines.
	const [more = '', behind = ''] = splitBlank(text.slice(at, at + HEADING_REACH));
	const isApart = (gap + more).split(LINE_END).length > 2 && isAlone(text, start);
	return MARKED.test(line.trim()) || (isApart && headsBlock(line, behind)) ? start : undefined;
}

const splitBlank = (text: string) => {
	const blank = /^(?:[ \t]*(?:\r\n|[\n\r]))*/.exec(text)?.[0] ?? '';
	return [blank, text.slice(blank.length)];
};

/** A Markdown heading, one between rules, or a line that ends in a colon. */
const MARKED = /^#{1,6}\s\S|^(={2,}|-{2,}|\*{2,})\s?[^\s=*-].*\1$|\S\s?[:：]$/u;

function isAlone(text: string, start: number): boolean {
	const [line, above] = text
		.slice(Math.max(0, start - LONGEST), start)
		.split(LINE_END)
		.toReversed();
	return start === 0 || (line === '' && above?.trim() === '');
}

const SENTENCE_END = /[.!?。！？…;,、，]["'”’»)\]」』]*$/u;
/** A total follows its rows. */
const AMOUNT = /\p{Nd}[.,]\p{Nd}{2}(?!\p{Nd})/u;

/** Whether the lines after a single one are written differently from it. */
function headsBlock(line: string, behind: string): boolean {
	const [first = '', second = ''] = behind.split(LINE_END);
	if (SENTENCE_END.test(line.trim()) || AMOUNT.test(line)) return false;
	return second.trim() !== '' && lineShape(first) !== lineShape(line);
}
