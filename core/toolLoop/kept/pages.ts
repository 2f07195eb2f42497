import { estimateTokens } from '../../text';
import { wholeLetter } from './places';

/** Of one answer, so that a model can read many. */
const MOST_CHARACTERS = 10_000;
const MOST_OF_PREVIEW = 6_000;
const MOST_TOKENS = 3_000;
/** Characters for what is said around it. */
const AROUND = 500;
/** Of a page: if a line ends in its last part, so does the page. */
const SHARE_BEFORE_LINE_END = 0.7;

/** Characters of what is read, within the limit of a result. */
export function roomOf(limit: number): number {
	return Math.min(MOST_CHARACTERS, limit - AROUND);
}

/** Whether a text has no more tokens than one answer may. */
export function fits(text: string): boolean {
	return estimateTokens(text) <= MOST_TOKENS;
}

/** Words, and below them as much of the start of a text as there is room for. */
export function startOf(words: string, text: string, limit: number): string {
	const room = Math.max(0, Math.min(MOST_OF_PREVIEW, limit - words.length - 1));
	return `${words}\n${text.slice(0, pageEnd(text, [0, text.length], room))}`;
}

/** Where a page ends of what is wanted: whole lines and letters, where that is most of it. */
export function pageEnd(
	text: string,
	[from, until]: readonly [number, number],
	room: number,
): number {
	let end = Math.min(until, from + room);
	while (!fits(text.slice(from, end))) end = from + Math.ceil((end - from) * 0.8);
	if (end < until) {
		const least = from + Math.ceil((end - from) * SHARE_BEFORE_LINE_END);
		const line = text.slice(least, end).lastIndexOf('\n');
		if (line !== -1) return least + line + 1;
	}
	const whole = wholeLetter(text, end);
	return whole > from ? whole : end;
}
