import type { Message } from './messages';

const GO_ON =
	'Your answer was cut off by its length limit. Repeat exactly the last characters of it that stand below, between the lines, and go on from there as if nothing had happened. Say nothing else.\n---\n';

/** A conversation that asks for the rest of a cut text. */
export function askToGoOn<Given>(messages: readonly Given[], text: string): Array<Given | Message> {
	return [
		...messages,
		{ role: 'assistant', content: text },
		{ role: 'user', content: `${GO_ON}${anchorOf(text)}\n---` },
	];
}

/** Characters that a continuation is asked to repeat, so that the seam can be seen. */
const ANCHOR = 100;
/** A shorter repetition may be what the text says next. */
const SHORTEST = 24;

/** The end of a cut text. */
export function anchorOf(text: string): string {
	const end = text.slice(-ANCHOR);
	// Not from the middle of an emoji.
	return /^[\uDC00-\uDFFF]/.test(end) ? end.slice(1) : end;
}

/** How many characters of a continuation repeat the end of the text; they are there already. */
export function repeatedLength(text: string, continuation: string): number {
	const anchor = anchorOf(text);
	if (continuation.startsWith(anchor)) return anchor.length;
	for (let length = Math.min(anchor.length, continuation.length); length >= SHORTEST; length -= 1) {
		if (text.endsWith(continuation.slice(0, length))) return length;
	}
	return 0;
}

/** Whether more of a continuation could still change what `repeatedLength` says. */
export function isSeamOpen(text: string, continuation: string): boolean {
	return continuation.length < anchorOf(text).length;
}
