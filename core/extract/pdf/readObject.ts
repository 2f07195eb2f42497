import { cursorAt, readToken, skipBlanks, weightOf, type Cursor } from './tokens';
import { readValue } from './readValue';
import { isDict, isWord, type PdfDict, type PdfValue } from './values';

/** An object as it stands in the file; `body` is where the bytes of a stream begin. */
export interface ReadObject {
	number: number;
	generation: number;
	value: PdfValue;
	stream?: { dict: PdfDict; body: number };
	/** How many parts it has, for those who keep it. */
	weight: number;
}

/** `7 0 obj …` at a place; undefined when none stands there. */
export function readObject(bytes: Uint8Array, at: number): ReadObject | undefined {
	const cursor = cursorAt(bytes, at);
	const number = readToken(cursor);
	const generation = readToken(cursor);
	if (typeof number !== 'number' || typeof generation !== 'number') return undefined;
	if (!isAtWord(cursor, 'obj')) return undefined;
	const read = readValue(cursor);
	const value = read === undefined || isWord(read) ? null : read;
	const object = { number, generation, value, weight: weightOf(cursor) };
	if (!isDict(value) || !isAtWord(cursor, 'stream')) return object;
	return { ...object, stream: { dict: value, body: bodyStart(cursor) } };
}

/** Whether this word comes next, which is then read. */
export function isAtWord(cursor: Cursor, word: string): boolean {
	skipBlanks(cursor);
	for (let index = 0; index < word.length; index += 1) {
		if (cursor.bytes[cursor.at + index] !== word.charCodeAt(index)) return false;
	}
	cursor.at += word.length;
	return true;
}

/** A line ends after the word; some writers put blanks before that. */
function bodyStart({ bytes, at }: Cursor): number {
	let start = at;
	while (bytes[start] === 0x20) start += 1;
	if (bytes[start] === 0x0d && bytes[start + 1] === 0x0a) return start + 2;
	return bytes[start] === 0x0d || bytes[start] === 0x0a ? start + 1 : at;
}
