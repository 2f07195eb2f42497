import { escapeRegExp } from '../../lib/text';
import { groupBy } from '../../lib/own';

/** What separates the records of a text that has them on one line. */
export interface RowMark {
	/** Matches all of it. */
	pattern: RegExp;
	/** How many characters of it belong to the record before. */
	before: number;
}

const SHORTEST_LINE = 200;
const LOOKED_AT = 6000;
const LEAST_ALIKE = 3;
const LEAST_SHARE = 0.6;
const LONGEST_MARK = 80;

/** Tags without attributes, words, numbers, and what is between them. */
const TOKEN =
	/(?<tag><\/?\p{L}[^\s<>="]{0,40}\s?\/?>)|(?<word>[\p{L}\p{M}]+(?:[ \u3000][\p{L}\p{M}]+)*)|(?<number>\p{Nd}+)|[^\p{L}\p{M}\p{Nd}<]+|</gu;

interface Mark {
	text: string;
	/** Whether words or a number are on each side. */
	sides: string;
	/** The shape of everything between it and the mark before. */
	at: number;
}

/** Recognized in the longest line: between two equal marks, mostly the same shape recurs. */
export function rowMark(text: string): RowMark | undefined {
	const line = longestLine(text.slice(0, LOOKED_AT));
	if (line.length < SHORTEST_LINE) return undefined;
	const marks = marksOf(line);
	const shapes = marks.map(({ text: mark, sides }) => sides + mark);
	const counts = groupBy(marks, ({ text: mark }) => mark);
	const [lead = ''] = LEAD.exec(line) ?? [];
	/**
	 * A closing and opening mark is stronger than the end of a sentence, and that is stronger than other
	 * signs.
	 */
	const worthOf = ({ text: mark }: Mark) => [
		STRENGTHS.findIndex((strength) => strength.test(mark)),
		lead.endsWith(OPENERS.exec(mark)?.[0] ?? ' ') ? 0 : 1,
		-mark.length,
		counts.get(mark)?.length ?? 0,
	];
	const found = [...groupBy(marks, ({ at }) => shapes[at]).values()].flatMap((same) =>
		same[0] && partsRecords(same, shapes) ? [{ mark: same[0], worth: worthOf(same[0]) }] : [],
	);
	const [best] = found.sort(
		(a, b) => a.worth.map((one, at) => one - (b.worth[at] ?? 0)).find((one) => one !== 0) ?? 0,
	);
	return best && patternOf(best.mark);
}

const LEAD = /^(?:<\/?\p{L}[^\s<>="]{0,40}>|[^\p{L}\p{M}\p{Nd}])*/u;
const STRENGTHS = [
	/[>}\])】）」』][^]*[<{[(【（「『]/,
	/[.!?]\s+$|[;。；！？]\s*$|(\S)\1|\t\t/,
	/(?:)/,
];

/** Where most records would hold one, the sign is one of prose. */
const SENTENCE_END = /^.a[.!?]["'”’»)\]]*\s/m;

function longestLine(text: string): string {
	const lines = text.split(/[\n\r]/);
	const most = Math.max(...lines.map(({ length }) => length));
	return lines.find(({ length }) => length === most) ?? '';
}

function marksOf(line: string): Mark[] {
	const marks: Mark[] = [];
	let [side, open] = ['', ''];
	for (const { 0: token, groups = {} } of line.matchAll(TOKEN)) {
		const kind = groups.word !== undefined ? 'a' : groups.number !== undefined ? '9' : undefined;
		if (kind === undefined) {
			open += token;
			continue;
		}
		const isMark = open.trim() !== '' || open.length > 1;
		if (isMark && side !== '' && open.length <= LONGEST_MARK)
			marks.push({ text: open, sides: side + kind, at: marks.length });
		[side, open] = [kind, ''];
	}
	return marks;
}

/** A sign between two digits is part of a number, a date, a time or a place. */
const isInNumber = ({ text, sides }: Mark) => sides === '99' && IN_NUMBERS.test(text);
const IN_NUMBERS = /^[.,:'’´٫٬·/+\-‐‑–−_*×x°@#]$/u;

function partsRecords(same: readonly Mark[], shapes: readonly string[]): boolean {
	const [first] = same;
	if (!first || isInNumber(first) || same.length <= LEAST_ALIKE) return false;
	const between = same.slice(1).map(({ at }, index) => {
		const from = (same[index]?.at ?? 0) + 1;
		return shapes.slice(from, at).join('\n');
	});
	const isWeak = STRENGTHS.findIndex((strength) => strength.test(first.text)) > 1;
	const withSentences = between.filter((shape) => SENTENCE_END.test(shape));
	if (isWeak && withSentences.length * 2 > between.length) return false;
	const sizes = [...groupBy(between, (shape) => shape)]
		.filter(([shape]) => shape !== '')
		.map(([, { length }]) => length);
	return Math.max(0, ...sizes) >= Math.max(LEAST_ALIKE, between.length * LEAST_SHARE);
}

/** What opens the record after a mark. */
const OPENERS = /(?:<\p{L}[^<>]*>|[<{[(（【「『“„«"'])+\s*$/u;
const SIDES: Record<string, string> = { a: String.raw`[\p{L}\p{M}]`, 9: String.raw`\p{Nd}` };

function patternOf({ text, sides }: Mark): RowMark {
	const [left = '', right = ''] = [...sides].map((side) => SIDES[side] ?? '');
	const mark = escapeRegExp(text);
	const before = OPENERS.exec(text)?.index ?? text.length;
	return { pattern: new RegExp(`(?<=${left})${mark}(?=${right})`, 'gu'), before };
}

/** The places between two records, in a range of the text. */
export function marksIn(
	text: string,
	{ pattern, before }: RowMark,
	[from, to]: [number, number],
): number[] {
	const start = Math.max(0, from - LONGEST_MARK - 1);
	const window = text.slice(start, to + LONGEST_MARK + 1);
	return [...window.matchAll(pattern)]
		.map(({ index }) => start + index + before)
		.filter((at) => at >= from && at <= to);
}
