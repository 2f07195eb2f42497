import type { TokenHubClient } from '../client/createClient';
import type { Redactor } from '../redaction/redactor';
import type { Message } from './messages';

const GO_ON =
	'Your answer was cut off before its end. Repeat exactly its last characters, which are below between the lines, and continue from there as if nothing had happened. Say nothing else.\n---\n';

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
/** A shorter repetition may be what the text says next, and down to the second it must be whole words. */
const SHORTEST = 24;
const SHORTEST_WORDS = 10;

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
	// A model may start over instead.
	if (continuation.startsWith(text)) return text.length;
	const most = Math.min(anchor.length, continuation.length);
	for (let length = most; length >= SHORTEST_WORDS; length -= 1) {
		const repeated = continuation.slice(0, length);
		if (!text.endsWith(repeated)) continue;
		return length >= SHORTEST || isSaidAgain(text, repeated) ? length : 0;
	}
	return 0;
}

/** Whether these are words that the text says at its end only: rows and verses say the same again. */
function isSaidAgain(text: string, words: string): boolean {
	const before = text.slice(0, -words.length);
	const isWhole = /(?:^|[^\p{L}\p{N}])$/u.test(before) && /^\p{L}/u.test(words);
	return isWhole && /\p{L}{2}.*\s.*\p{L}{2}/su.test(words) && !before.slice(-2_000).includes(words);
}

/** Two answers as one text: a key that is spread over both stands in neither. */
export function joinedAnswers(
	{ redactor }: Pick<TokenHubClient, 'redactor'>,
	text: string,
	continuation: string,
): string {
	return redactor.text(text + continuation.slice(repeatedLength(text, continuation)));
}

/** Whether more of a continuation could still change what `repeatedLength` says. */
function isSeamOpen(text: string, continuation: string): boolean {
	const isBegunAnew = continuation.length < text.length && text.startsWith(continuation);
	return continuation.length < anchorOf(text).length || isBegunAnew;
}

/** Holds the beginning of a continuation back until it is known how much of it is repetition. */
export interface Seam {
	/** What a piece of the continuation adds to the text. */
	add(this: void, delta: string): string;
	/** What was held back, when no more comes. */
	end(this: void): string;
}

/** @param text What the continuation continues; empty for an answer that is the first. */
export function openSeam(text: string): Seam {
	let held: string | undefined = text === '' ? undefined : '';
	const settle = () => {
		const fresh = (held ?? '').slice(repeatedLength(text, held ?? ''));
		held = undefined;
		return fresh;
	};
	return {
		add(delta) {
			if (held === undefined) return delta;
			held += delta;
			return isSeamOpen(text, held) ? '' : settle();
		},
		end: settle,
	};
}

/** A text that comes in pieces, of one answer or of several, and what its reader is shown of it. */
interface StreamedText {
	/** Takes a piece; returns what can be shown. */
	add(this: void, piece: string): string;
	/** What was held back, when no more comes. */
	end(this: void): string;
	/** All of it. */
	said(this: void): string;
	/** Whether anything was shown that another answer can continue. */
	isShown(this: void): boolean;
	/** Starts over. */
	forget(this: void): void;
}

/** A text that begins with more of them is shown as it is. */
const MOST_BLANKS = 1000;

/**
 * Held back are blanks until something is said, since nobody can continue a text of blanks, and an end
 * that may be the beginning of the key.
 */
export function openText(redactor: Redactor): StreamedText {
	let [said, held, isShown] = ['', '', false];
	const show = (text: string) => {
		isShown ||= text !== '';
		return text;
	};
	return {
		add(piece) {
			said += piece;
			const joined = redactor.text(held + piece);
			const end = joined.length - redactor.openTail(joined);
			const isBlank = !isShown && end < MOST_BLANKS && joined.slice(0, end).trim() === '';
			held = isBlank ? joined : joined.slice(end);
			return isBlank ? '' : show(joined.slice(0, end));
		},
		end() {
			const rest = held;
			held = '';
			return show(rest);
		},
		said: () => said,
		isShown: () => isShown && said.trim() !== '',
		forget() {
			[said, held, isShown] = ['', '', false];
		},
	};
}
