import type { Redactor } from '../redaction/redactor';

/** A text that comes in pieces, of one answer or of several, and what its reader is shown of it. */
export interface StreamedText {
	/** Takes a piece; returns what can be shown. */
	add(this: void, piece: string): string;
	/** What was held back, when no more comes. */
	end(this: void): string;
	/** All of it. */
	said(this: void): string;
	/** Whether anything was shown that another answer can continue. */
	isShown(this: void): boolean;
	/** Begins anew. */
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
