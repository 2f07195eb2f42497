const CLOSER: Record<string, string> = { '{': '}', '[': ']' };

export interface TextSpan {
	start: number;
	end: number;
}

/**
 * The outermost `{…}` and `[…]` of a text whose brackets close, in order, in one pass. Brackets in
 * strings do not count; a single quote begins one only where a key or a value may begin, since
 * apostrophes are common in prose.
 */
export function balancedSpans(text: string, from = 0): TextSpan[] {
	const spans: TextSpan[] = [];
	let closers: string[] = [];
	let start = 0;
	for (let index = from; index < text.length; index += 1) {
		const char = text.charAt(index);
		const closer = CLOSER[char];
		if (closer !== undefined) {
			if (closers.length === 0) start = index;
			closers.push(closer);
		} else if (closers.length > 0 && (char === '"' || opensSingle(text, index))) {
			index = endOfString(text, index);
		} else if (closers.length > 0 && char === '/') {
			index = endOfComment(text, index);
		} else if (closers.length > 0 && (char === '}' || char === ']')) {
			const matches = closers.pop() === char;
			if (matches && closers.length > 0) continue;
			if (matches && !goesOn(text, index + 1)) {
				spans.push({ start, end: index + 1 });
			} else {
				// What follows may be the rest of something broken: its parts are no answers.
				closers = [];
				index = endOfParagraph(text, index);
			}
		}
	}
	return spans;
}

/** The index of the quote that closes the string begun at `opening`, or the end of the text. */
export function endOfString(text: string, opening: number): number {
	const quote = text.charAt(opening);
	for (let index = opening + 1; index < text.length; index += 1) {
		const char = text.charAt(index);
		if (char === '\\') index += 1;
		else if (char === quote) return index;
	}
	return text.length;
}

/** The index of the last character of a comment that begins here, or the same index. */
export function endOfComment(text: string, start: number): number {
	const next = text.charAt(start + 1);
	if (next !== '/' && next !== '*') return start;
	const mark = next === '/' ? '\n' : '*/';
	const found = text.indexOf(mark, start + 2);
	return found === -1 ? text.length : found + mark.length - 1;
}

function opensSingle(text: string, index: number): boolean {
	if (text.charAt(index) !== "'") return false;
	let before = index - 1;
	while (before >= 0 && /\s/.test(text.charAt(before))) before -= 1;
	return '{[,:'.includes(text.charAt(before));
}

/** Whether what follows a closing bracket is more JSON, or a word that hangs on it. */
function goesOn(text: string, after: number): boolean {
	GOES_ON.lastIndex = after;
	return GOES_ON.test(text);
}

const GOES_ON = /\s*["':}\]]|\s*,\s*["']|[\p{L}\p{N}_$-]/uy;
const PARAGRAPH_END = /\n\s*\n|\n\s*```/g;

function endOfParagraph(text: string, from: number): number {
	PARAGRAPH_END.lastIndex = from;
	const end = PARAGRAPH_END.exec(text);
	return end ? end.index : text.length;
}
