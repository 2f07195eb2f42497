import { peek, refuse, take, type Cursor } from './cursor';

/** Where a string is, which decides what may follow it. */
export type StringPlace = 'key' | 'value' | 'entry' | 'tuple' | 'top';

interface Style {
	opener: string;
	closers: string;
	/** Everything except closing quotes and backslashes. */
	plain: RegExp;
}

const PAIRS: Array<[opener: string, closers: string]> = [
	['"', '"'],
	["'", "'"],
	['`', '`'],
	['“', '”'],
	['”', '”'],
	['„', '“”'],
	['‘', '’'],
	['’', '’'],
	['«', '»'],
	['「', '」'],
	['『', '』'],
	['＂', '＂'],
];
const styleOf = (opener: string, closers: string): [string, Style] => [
	opener,
	{ opener, closers, plain: new RegExp(`[^\\\\${closers}]*`, 'y') },
];
const STYLES = new Map(PAIRS.map(([opener, closers]) => styleOf(opener, closers)));
/** For a string that one kind of quote opens and another closes. */
const MIXED_STYLES = new Map(
	PAIRS.map(([opener, closers]) =>
		styleOf(opener, "'‘’`".includes(opener) ? closers : opener === '"' ? '"”' : '"“”'),
	),
);

const NEXT = String.raw`\s*(?:\/[/*]|#|<!--|(?![^])|`;
const MAY_FOLLOW: Record<StringPlace, RegExp> = {
	key: /\s*(?::|=>|\/[/*]|#)/y,
	value: new RegExp(`${NEXT}[,}"'“‘]|\\+\\s*["'\`])`, 'y'),
	entry: new RegExp(`${NEXT}[,\\]"'“‘{[]|\\+\\s*["'\`])`, 'y'),
	tuple: new RegExp(`${NEXT}[,)]|\\+\\s*["'\`])`, 'y'),
	top: new RegExp(`${NEXT}[;]|\\+\\s*["'\`])`, 'y'),
};
/** The text's own punctuation: a quote beside it ends a string, and is none that stands in one. */
const ENDS_VALUE = /\s*[}\],:]/y;
/** `"a" | "b"` is a choice, not a text with quotes in it. */
const OR_ANOTHER = /\s{0,9}(?:[|/&、，；;]|or(?= )|oder(?= )|ou(?= )|o(?= )|или(?= ))\s{0,9}["“]/y;
const CONTROL = /[\u0000-\u001f]/;
const LETTER = /[\p{L}\p{N}]/u;

export function opensString(char: string): boolean {
	return STYLES.has(char);
}

/** Reads a string letter by letter: inner quotes and raw line breaks are kept. */
export function readString(cursor: Cursor, place: StringPlace): string | undefined {
	cursor.isMeant = true;
	const opener = cursor.text.charAt(cursor.at);
	const tripled = opener.repeat(3);
	if (`"'\``.includes(opener) && cursor.text.startsWith(tripled, cursor.at)) {
		return readTripled(cursor, tripled);
	}
	const styles = cursor.habits.curlyClosers ? MIXED_STYLES : STYLES;
	const style = styles.get(opener);
	if (!style) return refuse(cursor, 'a string was expected');
	if (opener !== '"') cursor.notes.add('nonStrict');
	cursor.at += 1;
	const text = readBody(cursor, style, place);
	if (text === undefined) return undefined;
	if (opener === '`' && text.includes('${')) return refuse(cursor, 'a template is not text');
	return text;
}

/** More of them are not a mistake, and each costs time. */
const MOST_INNER_QUOTES = 200;

function readBody(cursor: Cursor, style: Style, place: StringPlace): string | undefined {
	const parts: string[] = [];
	const used: Escapes = new Set();
	let innerQuotes = 0;
	let inches = 0;
	for (;;) {
		const plain = take(cursor, style.plain) ?? '';
		if (CONTROL.test(plain)) cursor.notes.add('nonStrict');
		parts.push(plain);
		if (cursor.at >= cursor.text.length) return refuse(cursor, 'a string is never closed');
		if (cursor.text.charAt(cursor.at) === '\\') {
			const char = readEscape(cursor, style.opener, used);
			if (char === undefined) return undefined;
			parts.push(char);
		} else if (closes(cursor, style, place)) {
			break;
		} else {
			const inner = readInnerQuote(cursor, place);
			if (inner === undefined) return undefined;
			parts.push(inner.char);
			innerQuotes += inner.counts;
			inches += inner.isInch ? 1 : 0;
			if (innerQuotes > MOST_INNER_QUOTES) return refuse(cursor, 'a string has no clear end');
		}
	}
	cursor.at += 1;
	const text = parts.join('');
	// `5" x 7` may lack its last inch sign.
	const isInch = inches === 1 && !/\d$/.test(text);
	const isHalf = innerQuotes % 2 === 1 && !isInch && !closesLow(text);
	if (isHalf) return refuse(cursor, 'a string has half a pair of quotes in it');
	if (areAmbiguous(used)) return refuse(cursor, 'the backslashes of a string have two readings');
	return text;
}

/** Whether a straight quote closes `„`. */
function closesLow(text: string): boolean {
	return text.split('„').length === 2 && !/[“”]/.test(text) && /„[^"]+"/.test(text);
}

function closes(cursor: Cursor, { opener, closers }: Style, place: StringPlace): boolean {
	const after = { text: cursor.text, at: cursor.at + 1 };
	if (peek(after, MAY_FOLLOW[place]) === undefined) return false;
	const isMixed = cursor.text.charAt(cursor.at) !== opener && closers.includes('"');
	if (isMixed) cursor.notes.add('curlyQuotes');
	// With nothing between two quotes of different kinds, the second may be the whole content of the
	// string.
	return !isMixed || cursor.text.charAt(cursor.at - 1) !== opener;
}

/** A quote inside a string without a backslash, or a refusal if that is a guess. */
function readInnerQuote(
	cursor: Cursor,
	place: StringPlace,
): { char: string; counts: 0 | 1; isInch: boolean } | undefined {
	const { text, at } = cursor;
	const char = text.charAt(at);
	const isApostrophe =
		char !== '"' && LETTER.test(text.charAt(at - 1)) && LETTER.test(text.charAt(at + 1));
	const after = { text, at: at + 1 };
	const isEdge = peek(after, ENDS_VALUE) !== undefined || followsOpening(text, at);
	if (peek(after, OR_ANOTHER) !== undefined)
		return refuse(cursor, 'there are two texts where one is expected');
	if (place === 'key' && text.slice(at + 1).trim() === '') cursor.at = text.length;
	if (place === 'key' || (isEdge && !isApostrophe)) {
		return refuse(cursor, 'a quote in a string is not escaped, or a string is not closed');
	}
	cursor.notes.add(isApostrophe ? 'nonStrict' : 'innerQuotes');
	cursor.at += 1;
	// `a 65" screen`
	const isInch = char === '"' && /^\d" ?\p{L}/u.test(text.slice(at - 1, at + 3));
	return { char, counts: isApostrophe ? 0 : 1, isInch };
}

function followsOpening(text: string, at: number): boolean {
	let before = at - 1;
	while (before >= 0 && /\s/.test(text.charAt(before))) before -= 1;
	return '[{,'.includes(text.charAt(before));
}

function readTripled(cursor: Cursor, quotes: string): string | undefined {
	const start = cursor.at + quotes.length;
	const end = cursor.text.indexOf(quotes, start);
	const body = cursor.text.slice(start, end === -1 ? undefined : end);
	if (end === -1 || quotes === '```') return refuse(cursor, 'a string is never closed');
	if (body.includes('\\')) return refuse(cursor, 'the backslashes of a string have two readings');
	cursor.notes.add('nonStrict');
	cursor.at = end + quotes.length;
	return body;
}

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

/** The escapes that one string has used: together they may allow more than one reading. */
type Escapes = Set<'control' | 'page' | 'backslash' | 'keptLetter' | 'kept'>;

/** The value of an escape. An escape unknown to JSON keeps its backslash: nothing is lost. */
function readEscape(cursor: Cursor, opener: string, used: Escapes): string | undefined {
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
 * Whether a string mixes two kinds of backslashes: in `C:\Users
 * ew`, JSON does not know `\U`, so `
 * ` may be a path as well as a line break.
 */
function areAmbiguous(used: Escapes): boolean {
	const isPathLike = used.has('keptLetter');
	if (isPathLike && (used.has('control') || used.has('backslash'))) return true;
	return (isPathLike || used.has('kept')) && used.has('page');
}
