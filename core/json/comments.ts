import { isAbbreviation } from './abbreviation';
import { type Cursor, peek, refuse, take, type Comment, type Comments } from './cursor';
import { doubtsIt } from './notTheAnswer';

/** A hostile text has a million of them. */
const MOST_KEPT = 200;
const LONGEST = 300;

/** Keeps a comment. What it is about may follow only later. */
function keepComment(cursor: Cursor, words: string, isBehind: boolean): void {
	const { named } = cursor.comments;
	const said = words.trim().slice(0, LONGEST);
	if (said === '') return;
	if (named.length >= MOST_KEPT) {
		cursor.comments.more += 1;
		return;
	}
	const before = isBehind ? cursor.last : undefined;
	const comment = {
		path: [...cursor.path, ...(before === undefined ? [] : [before])],
		words: said,
	};
	named.push(comment);
	if (before === undefined) cursor.waiting.push(comment);
}

/** Comments before the current value are about it. */
export function placeComments(cursor: Cursor): void {
	if (cursor.waiting.length === 0) return;
	for (const comment of cursor.waiting) comment.path = [...cursor.path];
	cursor.waiting = [];
}

/** The comments in the values of a list, each under its index. */
export function joinedComments(all: ReadonlyArray<Comments | undefined>): Comments | undefined {
	const named = all.flatMap((one, at) =>
		(one?.named ?? []).map(({ path, words }) => ({ path: [at, ...path], words })),
	);
	const more = all.reduce((sum, one) => sum + (one?.more ?? 0), 0);
	return named.length === 0 ? undefined : { named, more };
}

/** For the comments of a format other than JSON. */
export function withComments(all: readonly Comment[]): { comments: Comments } | undefined {
	if (all.length === 0) return undefined;
	const named = all
		.slice(0, MOST_KEPT)
		.map(({ path, words }) => ({ path, words: words.slice(0, LONGEST) }));
	return { comments: { named, more: all.length - named.length } };
}

const JSON_BLANK = /[ \t\n\r]*/y;
/** Including characters that only look blank: other spaces, byte-order marks, zero-width characters. */
const ANY_BLANK = /[\s\u200B-\u200D\u2060]+/y;
/** A hash that is attached to something does not begin a comment. */
const COMMENT_OPENER = /\/\/|\/\*|(?<!\S)#|<!--/y;

/** How each kind of comment ends. */
const ENDS = new Map([
	['//', '\n'],
	['#', '\n'],
	['/*', '*/'],
	['<!--', '-->'],
]);

/** Skips blanks and comments. A comment that stands for entries is a refusal. */
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

/** A comment on the same line as the value before it is about that value. */
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
	// The line break after a comment separates tokens, so it is kept.
	cursor.at = found === -1 ? cursor.text.length : closer === '\n' ? found : found + closer.length;
	if (found === -1 && closer !== '\n') refuse(cursor, 'a comment is never closed');
}
