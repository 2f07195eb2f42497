import { refuse, take, type Cursor } from './cursor';

const SIMPLE = new Map([
	['"', '"'],
	['\\', '\\'],
	['/', '/'],
	['b', '\b'],
	['f', '\f'],
	['n', '\n'],
	['r', '\r'],
	['t', '\t'],
]);
const CODE = /\\u[\da-fA-F]{4}/y;
const BYTE = /\\x[\da-fA-F]{2}/y;
const ONE = /\\[^]/uy;

/** The escapes that one string has used: together they may leave more than one reading. */
export type Escapes = Set<'control' | 'page' | 'backslash' | 'keptLetter' | 'kept'>;

/** What an escape stands for. One that JSON does not know keeps its backslash: nothing vanishes. */
export function readEscape(cursor: Cursor, opener: string, used: Escapes): string | undefined {
	const code = take(cursor, CODE) ?? (opener === "'" ? take(cursor, BYTE) : undefined);
	if (code !== undefined) return String.fromCharCode(parseInt(code.slice(2), 16));
	const escape = take(cursor, ONE);
	if (escape === undefined) return refuse(cursor, 'a string ends in a backslash', 'unclosed');
	const kind = escape.slice(1);
	const simple = SIMPLE.get(kind);
	if (simple !== undefined) {
		if ('nrt'.includes(kind)) used.add('control');
		if ('bf'.includes(kind)) used.add('page');
		if (kind === '\\') used.add('backslash');
		return simple;
	}
	if (kind === "'" || kind === opener) {
		cursor.notes.add('nonStrict');
		return kind;
	}
	used.add(/[A-Za-z\d]/.test(kind) ? 'keptLetter' : 'kept');
	cursor.notes.add('keptBackslash');
	return escape;
}

/**
 * Whether backslashes in one string are of two kinds: in `C:\Users\new`, `\U` is none of JSON's, so
 * `\n` may be a path as well as a line break.
 */
export function areAmbiguous(used: Escapes): boolean {
	const isPathLike = used.has('keptLetter');
	if (isPathLike && (used.has('control') || used.has('backslash'))) return true;
	return (isPathLike || used.has('kept')) && used.has('page');
}
