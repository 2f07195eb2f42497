import { broken } from './refusal';
import { readToken, type Cursor } from './tokens';
import { isName, isWord, type PdfDict, type PdfValue, type PdfWord } from './values';

const DEEPEST = 100;
/** These end a list or dictionary that was never closed. */
const STOPS = new Set([']', '>>', 'endobj', 'endstream', 'stream', 'obj', 'xref', 'trailer']);
const CONSTANTS = new Map<string, PdfValue>([
	['true', true],
	['false', false],
	['null', null],
]);

/** The next value, or a word that is none; undefined at the end. @throws Refusal when it is nested too deep. */
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

/** `12 0 R`: the two numbers before the word are one reference. */
function joinRef(items: PdfValue[]): void {
	const [number] = items.splice(-2);
	items.push(typeof number === 'number' ? { ref: number } : null);
}

function toDict(items: readonly PdfValue[]): PdfDict {
	const dict = new Map<string, PdfValue>();
	for (let at = 0; at < items.length;) {
		const key = items[at];
		const value = items[at + 1];
		// A key without a value, or a value without a key, spoils no others.
		if (isName(key) && value !== undefined) dict.set(key.name, value);
		at += isName(key) ? 2 : 1;
	}
	return dict;
}
