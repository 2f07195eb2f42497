import { peek, refuse, take, type Cursor } from './cursor';

/** The literals of Python, JavaScript and others. A Map: words such as `valueOf` are just words. */
const WORDS = new Map<string, boolean | null>([
	...['true', 'True', 'TRUE'].map((word): [string, boolean] => [word, true]),
	...['false', 'False', 'FALSE'].map((word): [string, boolean] => [word, false]),
	...['null', 'None', 'NULL', 'Null', 'nil', 'undefined', 'NaN'].map((word): [string, null] => [
		word,
		null,
	]),
]);
const STRICT = new Set(['true', 'false', 'null']);
const NO_VALUES = new Set(['undefined', 'NaN', 'nil']);

const WORD = /[\p{L}_$][\p{L}\p{M}\p{N}_$-]*/uy;
const BARE_TEXT = /[\p{L}_][\p{L}\p{M}\p{N}_@%'-]*(?:[ .][\p{L}\p{M}\p{N}_@%'-]+)*/uy;
/** Expressions of Python and JavaScript whose value is not what they look like. */
const IS_CODE = /^(?:[a-z]{1,2}['"]|(?:void|typeof|await|lambda) )/i;
const END = /[ \t\r\n]*(?:\}|,[ \t\r\n]*(?:\}|"[^"\\\n]*"[ \t]*:))/y;
const END_AMONG_BARE_KEYS = /[ \t\r\n]*(?:\}|,[ \t\r\n]*(?:\}|[\p{L}_$][\p{L}\p{N}_$]*[ \t]*:))/uy;
const INFINITE = /^(?:Infinity|inf)$/i;

/**
 * Where a word is: bare text is only read as the value of a key, because commas separate it in lists.
 */
export type WordPlace = { bareKeys: boolean } | undefined;

export function readWord(cursor: Cursor, place: WordPlace): string | boolean | null | undefined {
	const word = peek(cursor, WORD) ?? '';
	const value = WORDS.get(word);
	if (value === undefined) return readBareText(cursor, place);
	cursor.at += word.length;
	if (!STRICT.has(word)) cursor.notes.add('nonStrict');
	if (NO_VALUES.has(word)) cursor.notes.add('readAsNull');
	return value;
}

function readBareText(cursor: Cursor, place: WordPlace): string | undefined {
	const text = peek(cursor, BARE_TEXT) ?? '';
	const after = { text: cursor.text, at: cursor.at + text.length };
	const isWhole = endsBareText(after, place);
	if (text === '' || INFINITE.test(text) || IS_CODE.test(text) || !isWhole) {
		return refuse(cursor, 'a value without quotes is not JSON');
	}
	cursor.at = after.at;
	cursor.notes.add('bareText');
	return text;
}

function endsBareText(after: Pick<Cursor, 'text' | 'at'>, place: WordPlace): boolean {
	return (
		place !== undefined && peek(after, place.bareKeys ? END_AMONG_BARE_KEYS : END) !== undefined
	);
}

/** A key without quotes: a name, or a whole number, as Python and JavaScript allow. */
export function readBareKey(cursor: Cursor): string | undefined {
	const key = take(cursor, /[\p{L}_$][\p{L}\p{M}\p{N}_$-]*|(?:0|[1-9]\d*)(?![\w.])/uy);
	if (key === undefined) return refuse(cursor, 'a key was expected');
	cursor.notes.add('nonStrict');
	return key;
}

const TOKEN = /[+-]?[\w.][\w.+-]*|[+-]/y;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** `+1`, `.5`, `5.`, `1_000`, `0x1F`: notations of JavaScript and Python with a single meaning. */
const OTHER_NUMBER =
	/^(?:[+-]?(?:(?:0|[1-9]\d*)\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?[1-9]\d*(?:_\d{3})+(?:\.\d+)?|0[xX][\da-fA-F]+)$/;
/** In a postal code, a counter or, in old JavaScript, an octal number: only the text is certain. */
const LEADING_ZEROS = /^-?0\d+(?:\.\d+)?$/;

/** A date or an id of digits, letters and hyphens: neither a number nor a sum of two. */
const DAY_OR_ID =
	/^(?:\d{4}-\d{2}-\d{2}|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|(?=[\d-]*[a-z])\d[\da-z]*(?:-[\da-z]+)+)$/i;

/** A number, with its source kept wherever `String(number)` would differ. */
export function readNumber(cursor: Cursor, place?: WordPlace): number | string | undefined {
	const start = cursor.at;
	const token = take(cursor, TOKEN) ?? '';
	const isJson = JSON_NUMBER.test(token);
	const zeros = LEADING_ZEROS.test(token);
	if (!isJson && !zeros && !OTHER_NUMBER.test(token)) {
		if (DAY_OR_ID.test(token) && endsBareText(cursor, place)) {
			cursor.notes.add('bareText');
			return token;
		}
		cursor.at = start;
		return refuse(cursor, `${shorten(token)} is not a number`);
	}
	// In a diff, `+` at the beginning of a line is no sign.
	const lead = cursor.text.slice(Math.max(0, start - 40), start);
	if (token.startsWith('+') && /(?:^|\n)[ \t]*$/.test(lead))
		return refuse(cursor, 'a line that begins with + may be one of a diff');
	if (!isJson) cursor.notes.add('nonStrict');
	return numberOf(cursor, token);
}

/** The number that is written. */
export function numberOf(cursor: Cursor, token: string): number {
	const number = Number(token.replaceAll('_', ''));
	if (String(number) !== token) cursor.literal = token;
	if (LEADING_ZEROS.test(token) || losesDigits(token, number)) cursor.lossy.set(number, token);
	return number;
}

function shorten(token: string): string {
	return token.length > 40 ? `${token.slice(0, 40)}…` : token;
}

/** Whether a number differs in value from its source: `1.50` and `1E5` do not. */
function losesDigits(literal: string, number: number): boolean {
	if (/^0x/i.test(literal)) return !Number.isSafeInteger(number);
	return plainDigits(literal.replaceAll('_', '')) !== plainDigits(String(number));
}

/** Sign, digits without outer zeros, and the power of ten of the last digit. */
function plainDigits(literal: string): string {
	const parts = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(literal);
	if (!parts) return literal;
	const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
	const digits = `${whole}${fraction}`.replace(/^0+/, '');
	let end = digits.length;
	while (digits.charAt(end - 1) === '0') end -= 1;
	if (end === 0) return '0';
	const power = Number(exponent) - fraction.length + digits.length - end;
	return `${sign === '-' ? '-' : ''}${digits.slice(0, end)}e${power}`;
}

/** Whether a number's source is valid in a JSON text. */
export function isJsonNumber(literal: string): boolean {
	return JSON_NUMBER.test(literal);
}
