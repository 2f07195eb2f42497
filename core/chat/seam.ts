import type { TokenHubClient } from '../client/createClient';
import type { Redactor } from '../redaction/redactor';
import type { Message } from './messages';

const GO_ON =
	'Your answer was cut off before its end. Repeat exactly its last characters, which are below between the lines, and continue from there as if nothing had happened. Say nothing else.\n---\n';

/** A conversation that asks for the rest of a text that was cut off. */
export function askToGoOn<Given>(messages: readonly Given[], text: string): Array<Given | Message> {
	return [
		...messages,
		{ role: 'assistant', content: text },
		{ role: 'user', content: `${GO_ON}${anchorOf(text)}\n---` },
	];
}

/** How many characters a continuation is asked to repeat, so that the seam can be found. */
const ANCHOR = 100;
/** A shorter repetition may be new text; between these two lengths, it must consist of whole words. */
const SHORTEST = 24;
const SHORTEST_WORDS = 10;

/** The end of a text that was cut off. */
export function anchorOf(text: string): string {
	const end = text.slice(-ANCHOR);
	// Not from the middle of an emoji.
	return /^[\uDC00-\uDFFF]/.test(end) ? end.slice(1) : end;
}

/**
 * How many characters of a continuation repeat the end of the text, together with what a model says before:
 * they are there already.
 */
export function repeatedLength(text: string, continuation: string): number {
	const repeated = repeatedAtStart(text, continuation);
	const intro = repeated === 0 && isOpenEnded(text) ? introOf(continuation) : 0;
	const rest = continuation.slice(intro);
	const more = intro > 0 ? repeatedAtStart(text, rest) : 0;
	const isSure = more >= SHORTEST && !text.slice(0, -more).includes(rest.slice(0, more));
	return isSure ? intro + more : repeated;
}

/** Whether a text ends within a sentence or a block of code: no new line continues that. */
function isOpenEnded(text: string): boolean {
	return (
		/[\p{L}\p{N},({[=]$/u.test(text) || (/\S$/.test(text) && text.split('```').length % 2 === 0)
	);
}

/**
 * How many characters a model says before it repeats the end of a text: lines of Markdown, or words such as
 * "Continuing:".
 */
function introOf(continuation: string): number {
	return (
		/^(?:(?:`{3}|#{1,6} |-{3}|\*\*)[^\n]*\n+|\p{Lu}[^\n:.…]{0,60}(?::|\.{3}|…)\s+|(?:\.{3}|…) ?)*/u.exec(
			continuation.slice(0, ANCHOR),
		)?.[0].length ?? 0
	);
}

function repeatedAtStart(text: string, continuation: string): number {
	const anchor = anchorOf(text);
	if (continuation.startsWith(anchor)) return anchor.length;
	// A model may start from the beginning instead.
	if (continuation.startsWith(text)) return text.length;
	const most = Math.min(anchor.length, continuation.length);
	for (let length = most; length >= SHORTEST_WORDS; length -= 1) {
		const repeated = continuation.slice(0, length);
		if (!text.endsWith(repeated)) continue;
		const before = text.slice(0, -length);
		// Rows and verses repeat themselves: a line too many can be seen, a missing one cannot.
		if (before.includes(repeated)) return 0;
		return length >= SHORTEST || areWords(before, repeated) ? length : 0;
	}
	return 0;
}

/** Whether the end of a text consists of whole words. */
function areWords(before: string, end: string): boolean {
	const isWhole = /(?:^|[^\p{L}\p{N}])$/u.test(before) && /^\p{L}/u.test(end);
	return isWhole && /\p{L}{2}.*\s.*\p{L}{2}/su.test(end);
}

/** Two answers as one text: neither shows a key that is spread over both. */
export function joinedAnswers(
	{ redactor }: Pick<TokenHubClient, 'redactor'>,
	text: string,
	continuation: string,
): string {
	return redactor.text(text + continuation.slice(repeatedLength(text, continuation)));
}

/** Whether more of a continuation could still change the result of `repeatedLength`. */
function isSeamOpen(text: string, continuation: string): boolean {
	const rest = continuation.slice(introOf(continuation));
	const isBegunAnew = (said: string) => said.length < text.length && text.startsWith(said);
	const isShort = continuation.length < ANCHOR || rest.length < anchorOf(text).length;
	return isShort || isBegunAnew(continuation) || isBegunAnew(rest);
}

/** Holds back the beginning of a continuation until it is known how much of it is repetition. */
export interface Seam {
	/** What a piece of the continuation adds to the text. */
	add(this: void, delta: string): string;
	/** What was held back, once no more comes. */
	end(this: void): string;
}

/** @param text What the continuation continues; empty for the first answer. */
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

/** A text that arrives in pieces, from one answer or several, and what its reader sees of it. */
interface StreamedText {
	/** Adds a piece; returns what can be shown. */
	add(this: void, piece: string): string;
	/** What was held back, once no more comes. */
	end(this: void): string;
	/** The whole text. */
	said(this: void): string;
	/** Whether anything was shown that another answer can continue. */
	isShown(this: void): boolean;
	/** Starts over. */
	forget(this: void): void;
}

/** A text that begins with more blanks is shown unchanged. */
const MOST_BLANKS = 1000;

/**
 * Blanks are held back until there is text, because a text of nothing but blanks cannot be continued,
 * and so is an end that may be the beginning of the key.
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
