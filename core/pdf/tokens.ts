import {
	broken,
	isName,
	isWord,
	latin1,
	type PdfDict,
	type PdfName,
	type PdfText,
	type PdfValue,
	type PdfWord,
} from './values';

/** A position in some bytes; `left` is how many tokens may be read before the caller must refill it. */
export interface Cursor {
	readonly bytes: Uint8Array;
	at: number;
	left: number;
}
/** As many tokens as the largest objects of real documents have. */
const MOST_TOKENS = 500_000;
/** Longer than any keyword, name or number. */
const LONGEST_WORD = 4_096;

export const cursorAt = (bytes: Uint8Array, at = 0): Cursor => ({ bytes, at, left: MOST_TOKENS });
export const refill = (cursor: Cursor): void => void (cursor.left = MOST_TOKENS);

/** How many tokens were read since the cursor was made or refilled. */
export const weightOf = (cursor: Cursor): number => MOST_TOKENS - cursor.left;

const BLANK = 1;
const DELIMITER = 2;
const kinds = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) kinds[byte] = BLANK;
for (const sign of '()<>[]{}/%') kinds[sign.charCodeAt(0)] = DELIMITER;

export const isBlankByte = (byte: number | undefined): boolean =>
	byte !== undefined && kinds[byte] === BLANK;
const isRegular = (byte: number | undefined): boolean => byte !== undefined && kinds[byte] === 0;

type Token = number | PdfName | PdfText | PdfWord;

/** The next token; undefined at the end. @throws Refusal for more tokens than any real object has. */
export function readToken(cursor: Cursor): Token | undefined {
	skipBlanks(cursor);
	cursor.left -= 1;
	if (cursor.left < 0) throw broken('one of its objects has too many parts');
	const { bytes, at } = cursor;
	const byte = bytes[at];
	if (byte === undefined) return undefined;
	const sign = String.fromCharCode(byte);
	if ((byte >= 0x30 && byte <= 0x39) || '+-.'.includes(sign)) return readNumber(cursor);
	if (sign === '/') return readName(cursor);
	if (sign === '(') return readLiteral(cursor);
	if (sign === '<' && bytes[at + 1] !== byte) return readHex(cursor);
	const isDouble = (sign === '<' || sign === '>') && bytes[at + 1] === byte;
	if (kinds[byte] === DELIMITER) {
		cursor.at += isDouble ? 2 : 1;
		return { word: isDouble ? sign + sign : sign };
	}
	return { word: latin1(regular(cursor)) };
}

export function skipBlanks(cursor: Cursor): void {
	const { bytes } = cursor;
	for (let { at } = cursor; ; at += 1) {
		if (bytes[at] === 0x25) {
			while (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at += 1;
		}
		if (!isBlankByte(bytes[at])) {
			cursor.at = at;
			return;
		}
	}
}

/** The bytes up to a blank or a delimiter. */
function regular(cursor: Cursor): Uint8Array {
	const start = cursor.at;
	const most = start + LONGEST_WORD;
	while (isRegular(cursor.bytes[cursor.at]) && cursor.at < most) cursor.at += 1;
	return cursor.bytes.subarray(start, cursor.at);
}

function readNumber(cursor: Cursor): number {
	const start = cursor.at;
	let value = 0;
	let isPlain = true;
	for (; ; cursor.at += 1) {
		const byte = cursor.bytes[cursor.at] ?? 0;
		const isDigit = byte >= 0x30 && byte <= 0x39;
		if (!isDigit && byte !== 0x2b && byte !== 0x2d && byte !== 0x2e) break;
		isPlain &&= isDigit;
		value = value * 10 + byte - 0x30;
	}
	const length = cursor.at - start;
	if (isPlain && length < 16) return value;
	return looseNumber(latin1(cursor.bytes.subarray(start, Math.min(cursor.at, start + 64))));
}

/** Malformed numbers, read as other readers do: `--5` is -5, `1.2.3` is 1.2, `12-3` is 12. */
function looseNumber(text: string): number {
	const value = Number.parseFloat(text.replace(/^[+-]*(?=[+-])/, ''));
	return Number.isFinite(value) ? value : 0;
}

function readName(cursor: Cursor): PdfName {
	cursor.at += 1;
	const text = latin1(regular(cursor));
	if (!text.includes('#')) return { name: text };
	const decoded = text.replace(/#([0-9a-f]{2})/gi, (_all, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
	return { name: decoded };
}

function readHex(cursor: Cursor): PdfText {
	const { bytes } = cursor;
	const end = bytes.indexOf(0x3e, cursor.at);
	const last = end === -1 ? bytes.length : end;
	const inner = short(bytes.subarray(cursor.at + 1, last));
	cursor.at = last + 1;
	const digits = latin1(inner).replace(/[^0-9a-f]+/gi, '');
	const even = digits.length % 2 === 0 ? digits : `${digits}0`;
	return { text: Uint8Array.from(Buffer.from(even, 'hex')) };
}

/** Longer than any text in a real document. */
const LONGEST_TEXT = 4 * 1024 * 1024;

function short(text: Uint8Array): Uint8Array {
	if (text.length > LONGEST_TEXT) throw broken('one of its texts is too long');
	return text;
}

function readLiteral(cursor: Cursor): PdfText {
	const { bytes } = cursor;
	const start = cursor.at + 1;
	const end = literalEnd(bytes, start);
	cursor.at = end + 1;
	const inner = short(bytes.subarray(start, end));
	return { text: inner.includes(0x5c) || inner.includes(0x0d) ? unescaped(inner) : inner };
}

function literalEnd(bytes: Uint8Array, start: number): number {
	let depth = 1;
	for (let at = start; at < bytes.length; at += 1) {
		const byte = bytes[at];
		if (byte === 0x5c) at += 1;
		else if (byte === 0x28) depth += 1;
		else if (byte === 0x29 && --depth === 0) return at;
	}
	return bytes.length;
}

const ESCAPES = new Map(
	[...'nrtbf'].map((sign, index) => [sign.charCodeAt(0), [10, 13, 9, 8, 12][index] ?? 0]),
);
const isOctal = (byte: number | undefined): byte is number =>
	byte !== undefined && byte >= 0x30 && byte <= 0x37;

function unescaped(inner: Uint8Array): Uint8Array {
	const made = new Uint8Array(inner.length);
	let length = 0;
	for (let at = 0; at < inner.length; at += 1) {
		let byte = inner[at] ?? 0;
		const isEscaped = byte === 0x5c;
		if (isEscaped) byte = inner[(at += 1)] ?? 0;
		if (isEscaped && isOctal(byte)) {
			let code = byte - 0x30;
			for (let more = 0; more < 2 && isOctal(inner[at + 1]); more += 1) {
				code = code * 8 + (inner[(at += 1)] ?? 0x30) - 0x30;
			}
			made[length++] = code;
			continue;
		}
		// Every line end becomes one byte; after a backslash it is dropped.
		if (byte === 0x0d && inner[at + 1] === 0x0a) at += 1;
		const isLineEnd = byte === 0x0d || byte === 0x0a;
		if (isEscaped && isLineEnd) continue;
		made[length++] = isLineEnd ? 0x0a : isEscaped ? (ESCAPES.get(byte) ?? byte) : byte;
	}
	return made.subarray(0, length);
}

const DEEPEST = 100;
/** These end a list or dictionary that was never closed. */
const STOPS = new Set([']', '>>', 'endobj', 'endstream', 'stream', 'obj', 'xref', 'trailer']);
const CONSTANTS = new Map<string, PdfValue>([
	['true', true],
	['false', false],
	['null', null],
]);

/**
 * The next value, or a word that is not a value; undefined at the end.
 * @throws Refusal if it is nested too deeply.
 */
export function readValue(cursor: Cursor, depth = 0): PdfValue | PdfWord | undefined {
	const token = readToken(cursor);
	if (!isWord(token)) return token;
	const { word } = token;
	if (word === '[') return readItems(cursor, ']', depth);
	if (word === '<<') return toDict(readItems(cursor, '>>', depth));
	const constant = CONSTANTS.get(word);
	return constant === undefined ? token : constant;
}

function readItems(cursor: Cursor, close: string, depth: number): PdfValue[] {
	if (depth > DEEPEST) throw broken('its objects are nested too deep');
	const items: PdfValue[] = [];
	for (;;) {
		const before = cursor.at;
		const item = readValue(cursor, depth + 1);
		if (item === undefined) return items;
		if (!isWord(item)) items.push(item);
		else if (item.word === close) return items;
		else if (item.word === 'R') joinRef(items);
		else if (STOPS.has(item.word)) {
			cursor.at = before;
			return items;
		}
	}
}

/** `12 0 R`: the word and the two numbers before it become one reference. */
function joinRef(items: PdfValue[]): void {
	const [number] = items.splice(-2);
	items.push(typeof number === 'number' ? { ref: number } : null);
}

function toDict(items: readonly PdfValue[]): PdfDict {
	const dict = new Map<string, PdfValue>();
	for (let at = 0; at < items.length;) {
		const key = items[at];
		const value = items[at + 1];
		// A key without a value, or a value without a key, does not spoil the others.
		if (isName(key) && value !== undefined) dict.set(key.name, value);
		at += isName(key) ? 2 : 1;
	}
	return dict;
}
