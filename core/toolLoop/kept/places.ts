import type { Steps } from '../../read/inSteps';
import { pathTo } from '../../json/jsonPath';
import { walkJson } from '../../json/walkJson';

const LINES_A_STEP = 20_000;

export function* linesIn(text: string): Steps<number> {
	let lines = 1;
	for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
		if ((lines += 1) % LINES_A_STEP === 0) yield;
	}
	return lines;
}

/** Where a line begins, from 1; the end of the text for one beyond. */
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

/** In which line each of these places is; they come in order. */
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

/** The path to each of these places, in order; none where no JSON is, or nobody would write it. */
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

/** From `at` on, or one before where that is the second half of a letter. */
export function wholeLetter(text: string, at: number): number {
	const isHalf =
		/[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 1));
	return isHalf ? at - 1 : at;
}
