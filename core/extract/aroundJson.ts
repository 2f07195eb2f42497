import { isAbbreviationInProse, isDots } from '../json/abbreviation';
import type { Broken, Found, Piece } from '../json/findJson';
import { correctsIt, isFinal, isLabelledOther, takesBack } from '../json/notTheAnswer';

const MOST_BEFORE = 300;
const MOST_LEAD = 1200;
const FENCE_LINE = /\n?[ \t>]*[`~]{3,}[^\n`]*\n?\s*$|`\s*$/;

/** The words right before a piece. */
function lineBefore(text: string, { start }: Piece): string {
	const before = text.slice(Math.max(0, start - MOST_BEFORE), start).replace(FENCE_LINE, '');
	return before.trimEnd().split('\n').at(-1) ?? '';
}

/** Called an example or wrong, or taken out by a diff. */
export function isOther(text: string, piece: Piece): boolean {
	const before = text.slice(Math.max(0, piece.start - MOST_BEFORE), piece.start);
	const isRemoved = /\n-[ \t]{0,9}$/.test(before.slice(-12)) && /[`~]{3}diff\n[^`~]*$/.test(before);
	return isRemoved || isLabelledOther(lineBefore(text, piece));
}

/** The pieces that the words before them put in the place of those before. */
export function corrections(text: string, { pieces }: Found): Set<Piece> {
	const correcting = pieces.filter((piece, index) => {
		const before = pieces[index - 1]?.end ?? 0;
		const lead = text.slice(Math.max(before, piece.start - MOST_LEAD), piece.start);
		return lead.split('\n').some(correctsIt) || isFinal(lineBefore(text, piece));
	});
	return new Set(correcting);
}

/** What the prose behind all JSON takes back. */
export function correctionIn(text: string, { pieces }: Found): string | undefined {
	const last = pieces.at(-1);
	const lines = last ? text.slice(last.end).split('\n') : [];
	const isCorrection = (line: string) =>
		correctsIt(line) || (/^\s*[;)]*\s*(?:#|\/\/|\/\*|<!--)/.test(line) && takesBack(line));
	return lines.map((line) => line.slice(0, MOST_BEFORE)).find(isCorrection);
}

/** A text without the JSON in it: what stood on two sides of it stays apart. */
export function withoutJson(text: string, { pieces }: Found): string {
	const between = pieces.map(({ start }, index) => text.slice(pieces[index - 1]?.end ?? 0, start));
	return [...between, text.slice(pieces.at(-1)?.end ?? 0)].join('\n\n');
}

/** Where the answer itself says that it is not whole. */
export function leftOutIn(text: string, found: Found): string | undefined {
	const elided = found.broken.find(({ kind }) => kind === 'abbreviated');
	if (elided) return described(text, elided);
	if (found.pieces.length === 0) return undefined;
	const isLeftOut = (line: string) => isAbbreviationInProse(line) || isDots(line);
	const line = withoutJson(text, found).split('\n').find(isLeftOut);
	return line === undefined ? undefined : `the answer says that it is not whole: ${line.trim()}`;
}

/** What was broken, and where. */
export function described(text: string, { kind, at, reason }: Broken): string {
	if (kind === 'unclosed' && /[}\]]\W*$/.test(text.slice(-20))) {
		return `a bracket or quote is opened and never closed: it is one too many, or its end is missing (${reason})`;
	}
	if (kind === 'unclosed') return `the JSON is truncated: its brackets never close (${reason})`;
	const lines = text.slice(0, at).split('\n');
	const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
	return kind === 'broken' ? `the JSON is broken at ${place}: ${reason}` : `${reason}, at ${place}`;
}
