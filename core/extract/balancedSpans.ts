const CLOSER: Record<string, string> = { '{': '}', '[': ']' };

/**
 * The outermost `{…}` and `[…]` of a text whose brackets close, in order, in one pass. Brackets in
 * double-quoted strings do not count; single quotes do, since apostrophes are common in prose.
 */
export function balancedSpans(text: string): string[] {
	const spans: string[] = [];
	let closers: string[] = [];
	let start = 0;
	let inString = false;
	for (let index = 0; index < text.length; index += 1) {
		const char = text.charAt(index);
		if (inString) {
			if (char === '\\') index += 1;
			else if (char === '"') inString = false;
			continue;
		}
		const closer = CLOSER[char];
		if (closer !== undefined) {
			if (closers.length === 0) start = index;
			closers.push(closer);
		} else if (closers.length > 0 && char === '"') {
			inString = true;
		} else if (char === '}' || char === ']') {
			// A bracket that closes another kind: no JSON started here.
			if (closers.pop() !== char) closers = [];
			else if (closers.length === 0) spans.push(text.slice(start, index + 1));
		}
	}
	return spans;
}
