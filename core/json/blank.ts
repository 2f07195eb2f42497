import { isAbbreviation } from './abbreviation';
import { keepComment } from './comments';
import { doubtsIt } from './notTheAnswer';
import { peek, refuse, take, type Cursor } from './cursor';

const JSON_BLANK = /[ \t\n\r]*/y;
/** Also what only looks blank: other spaces, byte-order marks, zero-width characters. */
const ANY_BLANK = /[\s\u200B-\u200D\u2060]+/y;
/** A hash that hangs on something is no comment. */
const COMMENT_OPENER = /\/\/|\/\*|(?<!\S)#|<!--/y;

/** How each kind of comment ends. */
const ENDS = new Map([
	['//', '\n'],
	['#', '\n'],
	['/*', '*/'],
	['<!--', '-->'],
]);

/** Moves over blanks and comments. A comment that stands for entries is a refusal. */
export function skipBlank(cursor: Cursor): void {
	const start = cursor.at;
	for (;;) {
		take(cursor, JSON_BLANK);
		if (take(cursor, ANY_BLANK) !== undefined) cursor.notes.add('nonStrict');
		else if (peek(cursor, COMMENT_OPENER) === undefined) break;
		else skipComment(cursor, start);
		if (cursor.refusal) break;
	}
	const skipped = cursor.at === start ? '' : cursor.text.slice(start, cursor.at);
	cursor.gap = { length: skipped.length, hasNewline: skipped.includes('\n') };
}

/** One in the line of the value before it is about that one. */
function skipComment(cursor: Cursor, behind: number): void {
	const start = cursor.at;
	const opener = take(cursor, COMMENT_OPENER) ?? '';
	const closer = ENDS.get(opener) ?? '\n';
	const found = cursor.text.indexOf(closer, cursor.at);
	const body = cursor.text.slice(cursor.at, found === -1 ? undefined : found);
	if (isAbbreviation(body)) {
		cursor.at = start;
		refuse(cursor, `a comment says that something is left out: ${body.trim()}`, 'abbreviated');
		return;
	}
	if (doubtsIt(body)) {
		cursor.at = start;
		refuse(cursor, `a comment says that a value is not right: ${body.trim()}`);
		return;
	}
	cursor.notes.add('comment');
	keepComment(cursor, body, !cursor.text.slice(behind, start).includes('\n'));
	// The line break after a comment parts tokens, so it stays.
	cursor.at = found === -1 ? cursor.text.length : closer === '\n' ? found : found + closer.length;
	if (found === -1 && closer !== '\n') refuse(cursor, 'a comment is never closed');
}
