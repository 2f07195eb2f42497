import { openCursor, peek, refuse, take, type Cursor } from '../../json/cursor';
import { strictJson } from '../../json/readJson';

const MOST_LEVELS = 50;
const BLANK = /\s*/y;
const TEXT = /"(?:[^"\\\n]|\\.)*"/y;
const VERBATIM = /'[^'\n]*'/y;
/** A number, a date or a word: text until the schema says otherwise. */
const WORD = /[^\s,[\]{}"'#=]+(?: \d[\d:.]*)?/y;
const KEY = /(?:[\w-]{1,80}|"[^"\\\n]{1,80}")\s*=/y;

/** `[{ name = "Ada" }, …]`: a TOML list or table on one line; undefined for anything else. */
export function readInlineToml(text: string): unknown {
	const cursor = openCursor(text, 0, {});
	const value = readValue(cursor, 0);
	take(cursor, BLANK);
	return cursor.refusal || cursor.at < text.length ? undefined : value;
}

function readValue(cursor: Cursor, depth: number): unknown {
	if (depth > MOST_LEVELS) return refuse(cursor, 'it is nested too deep');
	take(cursor, BLANK);
	if (take(cursor, /\[/y)) return readList(cursor, depth);
	if (take(cursor, /\{/y)) return readTable(cursor, depth);
	const text = take(cursor, TEXT);
	if (text !== undefined) return strictJson(text)?.value ?? refuse(cursor, 'it is not a text');
	const verbatim = take(cursor, VERBATIM);
	if (verbatim !== undefined) return verbatim.slice(1, -1);
	return take(cursor, WORD) ?? refuse(cursor, 'a value was expected');
}

function readList(cursor: Cursor, depth: number): unknown[] | undefined {
	const list: unknown[] = [];
	while (!isClosed(cursor, /\]/y)) {
		const value = readValue(cursor, depth + 1);
		if (value === undefined || !isParted(cursor, /\s*\]/y)) return undefined;
		list.push(value);
	}
	return list;
}

function readTable(cursor: Cursor, depth: number): Record<string, unknown> | undefined {
	const entries = new Map<string, unknown>();
	while (!isClosed(cursor, /\}/y)) {
		const key = take(cursor, KEY)
			?.replace(/\s*=$/, '')
			.replace(/^"(.*)"$/, '$1');
		const value = key === undefined || entries.has(key) ? undefined : readValue(cursor, depth + 1);
		if (key === undefined || value === undefined) return refuse(cursor, 'a field was expected');
		entries.set(key, value);
		if (!isParted(cursor, /\s*\}/y)) return undefined;
	}
	return Object.fromEntries(entries);
}

function isClosed(cursor: Cursor, end: RegExp): boolean {
	take(cursor, BLANK);
	return take(cursor, end) !== undefined;
}

/** Whether a comma follows, or the end. */
function isParted(cursor: Cursor, end: RegExp): boolean {
	take(cursor, BLANK);
	if (take(cursor, /,/y) !== undefined || peek(cursor, end) !== undefined) return true;
	refuse(cursor, 'a comma was expected');
	return false;
}
