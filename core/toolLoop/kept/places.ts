import { pathTo } from '../../json/jsonPath';
import { walkJson } from '../../json/walkJson';
import type { Steps } from '../../lib/steps';
import { estimateTokens } from '../../lib/text';

const LINES_A_STEP = 20_000;

export function* linesIn(text: string): Steps<number> {
	let lines = 1;
	for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
		if ((lines += 1) % LINES_A_STEP === 0) yield;
	}
	return lines;
}

/** Where a line begins, from 1; the end of the text for a line beyond it. */
export function* lineStart(text: string, line: number): Steps<number> {
	let start = 0;
	for (let count = 1; count < line; count += 1) {
		if (count % LINES_A_STEP === 0) yield;
		const end = text.indexOf('\n', start);
		if (end === -1) return text.length;
		start = end + 1;
	}
	return start;
}

/** The line of each of these places, which come in order. */
export function* linesAt(text: string, places: readonly number[]): Steps<number[]> {
	const lines: number[] = [];
	let [line, next, count] = [1, text.indexOf('\n'), 0];
	for (const place of places) {
		while (next !== -1 && next < place) {
			if ((count += 1) % LINES_A_STEP === 0) yield;
			line += 1;
			next = text.indexOf('\n', next + 1);
		}
		lines.push(line);
	}
	return lines;
}

/**
 * The path to each of these places, in order; undefined if there is no JSON, or nobody would write such
 * a path.
 */
export function* pathsAt(
	text: string,
	start: number,
	places: readonly number[],
): Steps<Array<string | undefined>> {
	const paths: Array<string | undefined> = [];
	yield* walkJson(text, start, ({ end }, levels) => {
		for (let next = places[paths.length]; next !== undefined && next < end;) {
			paths.push(next < start ? undefined : pathTo(text, levels));
			next = places[paths.length];
		}
		return paths.length === places.length;
	});
	return paths;
}

/** `at`, or one before if that is the second half of a surrogate pair. */
export function wholeLetter(text: string, at: number): number {
	const isHalf =
		/[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 1));
	return isHalf ? at - 1 : at;
}

/** For one answer, so that a model can read many. */
const MOST_CHARACTERS = 10_000;
const MOST_OF_PREVIEW = 6_000;
const MOST_TOKENS = 3_000;
/** Characters for the text around it. */
const AROUND = 500;
/** If a line ends in the last part of a page, so does the page. */
const SHARE_BEFORE_LINE_END = 0.7;

/** How many characters may be read, within the limit of a result. */
export function roomOf(limit: number): number {
	return Math.min(MOST_CHARACTERS, limit - AROUND);
}

/** Whether a text has no more tokens than one answer may have. */
export function fits(text: string): boolean {
	return estimateTokens(text) <= MOST_TOKENS;
}

/** The message, followed by as much of the start of a text as there is room for. */
export function startOf(words: string, text: string, limit: number): string {
	const room = Math.max(0, Math.min(MOST_OF_PREVIEW, limit - words.length - 1));
	return `${words}\n${text.slice(0, pageEnd(text, [0, text.length], room))}`;
}

/** Where a page ends: after a whole line or letter, if that is most of what was requested. */
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
