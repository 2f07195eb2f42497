import { peek, refuse, take, openCursor, type Cursor } from '../../json/cursor';
import { strictJson } from '../../json/readJson';

export const MOST_LEVELS = 50;
const BLANK = /\s*/y;

/** Entries up to a closing bracket, with commas between them. */
export function readUntil<Entry>(
	cursor: Cursor,
	close: RegExp,
	read: () => Entry | undefined,
): Entry[] | undefined {
	const entries: Entry[] = [];
	for (;;) {
		take(cursor, BLANK);
		if (take(cursor, close) !== undefined) return entries;
		const entry = read();
		if (entry === undefined || cursor.refusal) return undefined;
		entries.push(entry);
		take(cursor, BLANK);
		if (take(cursor, /,/y) === undefined && peek(cursor, close) === undefined)
			return refuse(cursor, 'a comma or the end of the brackets was expected');
	}
}

/** `key = `, and the value that `read` finds behind it. */
export function readField(
	cursor: Cursor,
	key: RegExp,
	read: () => unknown,
): [string, unknown] | undefined {
	const name = take(cursor, key)
		?.replace(/\s*=\s*$/, '')
		.replace(/^"(.*)"$/, '$1');
	const value = name === undefined ? undefined : read();
	return name === undefined || value === undefined
		? refuse(cursor, 'a field was expected')
		: [name, value];
}

/** Undefined where a key stands twice. */
export function recordOf(
	cursor: Cursor,
	fields: ReadonlyArray<[string, unknown]> | undefined,
): Record<string, unknown> | undefined {
	if (!fields) return undefined;
	const isOnce = new Set(fields.map(([key]) => key)).size === fields.length;
	return isOnce ? Object.fromEntries(fields) : refuse(cursor, 'a field occurs twice');
}

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
	const inner = () => readValue(cursor, depth + 1);
	if (take(cursor, /\[/y)) return readUntil(cursor, /\]/y, inner);
	if (take(cursor, /\{/y))
		return recordOf(
			cursor,
			readUntil(cursor, /\}/y, () => readField(cursor, KEY, inner)),
		);
	const text = take(cursor, TEXT);
	if (text !== undefined) return strictJson(text)?.value ?? refuse(cursor, 'it is not a text');
	return (
		take(cursor, VERBATIM)?.slice(1, -1) ??
		take(cursor, WORD) ??
		refuse(cursor, 'a value was expected')
	);
}
