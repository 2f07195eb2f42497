import { lineShape } from './lineShape';

const REACH = 500;
const LONGEST = 100;
const MOST = 3;
const EOL = /\r\n|[\n\r]/;

/** A border, or the one before the headings that end at it: a heading goes with what follows it. */
export function beforeHeadings(text: string, at: number): number {
	let border = at;
	for (let count = 0; count < MOST; count += 1) {
		const start = startOfHeading(text, border);
		if (start === undefined) return border;
		border = start;
	}
	// So many in a row are a list.
	return startOfHeading(text, border) === undefined ? border : at;
}

/** Where the line begins that ends at a border and is written as a heading is. */
function startOfHeading(text: string, at: number): number | undefined {
	const before = text.slice(Math.max(0, at - REACH), at);
	const words = before.trimEnd();
	const [line = ''] = /[^\n\r]*$/.exec(words) ?? [];
	const gap = before.slice(words.length);
	if (line.trim() === '' || line.length > LONGEST || !/[\n\r]/.test(gap)) return undefined;
	const start = at - gap.length - line.length;
	// The border may be one of the blank lines.
	const [more = '', behind = ''] = splitBlank(text.slice(at, at + REACH));
	const isApart = (gap + more).split(EOL).length > 2 && isAlone(text, start);
	return MARKED.test(line.trim()) || (isApart && headsBlock(line, behind)) ? start : undefined;
}

const splitBlank = (text: string) => {
	const blank = /^(?:[ \t]*(?:\r\n|[\n\r]))*/.exec(text)?.[0] ?? '';
	return [blank, text.slice(blank.length)];
};

/** A heading of Markdown or between rules, or a line that ends in a colon. */
const MARKED = /^#{1,6}\s\S|^(={2,}|-{2,}|\*{2,})\s?[^\s=*-].*\1$|\S\s?[:：]$/u;

function isAlone(text: string, start: number): boolean {
	const [line, above] = text
		.slice(Math.max(0, start - LONGEST), start)
		.split(EOL)
		.toReversed();
	return start === 0 || (line === '' && above?.trim() === '');
}

const SENTENCE_END = /[.!?。！？…;,、，]["'”’»)\]」』]*$/u;
/** A total stands behind its rows. */
const AMOUNT = /\p{Nd}[.,]\p{Nd}{2}(?!\p{Nd})/u;

/** Whether lines stand behind a single one that are written otherwise than it is. */
function headsBlock(line: string, behind: string): boolean {
	const [first = '', second = ''] = behind.split(EOL);
	if (SENTENCE_END.test(line.trim()) || AMOUNT.test(line)) return false;
	return second.trim() !== '' && lineShape(first) !== lineShape(line);
}
