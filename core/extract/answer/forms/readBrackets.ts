import { isRecord } from '../../../lib/isRecord';
import { openCursor, peek, refuse, riskyNotes, take, type Cursor } from '../../../json/cursor';
import { isNoAnswer } from '../../../json/notTheAnswer';
import { strictJson } from '../../../json/readJson';
import { readValue } from '../../../json/readValue';
import { fieldNamed } from '../fieldNames';
import { atPlace, fieldsOf, unread, type FormReader, type ListPlace } from './fields';

const MOST_LEVELS = 50;
const BLANK = /\s*/y;

/** Entries up to a closing bracket, with commas between them. */
function readUntil<Entry>(
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
function readField(
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
function recordOf(
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
	const value = readToml(cursor, 0);
	take(cursor, BLANK);
	return cursor.refusal || cursor.at < text.length ? undefined : value;
}

function readToml(cursor: Cursor, depth: number): unknown {
	if (depth > MOST_LEVELS) return refuse(cursor, 'it is nested too deep');
	take(cursor, BLANK);
	const inner = () => readToml(cursor, depth + 1);
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

const NAME = /[A-Za-z_][\w.]{0,80}\(/y;

/** After the name that a value may have. */
const OPENS =
	/^(?:[A-Za-z_]\w{0,80}\s{0,9}=\s{0,9})?(?:\[?\s{0,99}[A-Za-z_][\w.]{0,80}\(\s{0,99}\w{1,80}\s{0,9}=|\[\s{0,99}[A-Za-z_]\w{0,80}=)/;
/** Only the fields, as pydantic prints a record. */
const OPENS_BARE = /^[A-Za-z_]\w{0,80}=[^\n]{0,5000}[ ,][A-Za-z_]\w{0,80}=/;

/**
 * What Python prints: `Invoice(total=3, rows=[Row(id='a')])`, a call, a list or lines of them, or only
 * their fields.
 */
export const readRepr: FormReader = (said, { root, place }) => {
	const text = /^print\(([^]*)\)$/.exec(said)?.[1]?.trim() ?? said;
	const isBare = !OPENS.test(text);
	if (isBare && !OPENS_BARE.test(text)) return undefined;
	const cursor = openCursor(text, 0, {});
	const own = fieldsOf(root, root);
	const read = readLines(
		cursor,
		isBare ? () => readBare(cursor, 0, COMMAS) : () => readNamed(cursor, own),
	);
	const isWhole =
		!cursor.refusal && cursor.at === text.length && riskyNotes(cursor.notes).length === 0;
	const value = Array.isArray(read) ? ofList(read, place) : read;
	const fields = { ...own, ...(Array.isArray(read) ? place?.fields : {}) };
	const [first] = [read].flat();
	const names = isRecord(first) ? Object.keys(first) : [];
	if (!names.some((name) => fieldNamed(name, fields) !== undefined)) return undefined;
	// Lines with one field each are settings.
	if (isBare && (!isWhole || names.length < 2)) return undefined;
	return isWhole && cursor.lossy.size === 0 && value !== undefined
		? { name: 'pythonObject', value }
		: unread('pythonObject', cursor.refusal?.reason ?? 'more follows it');
};

/** Entries for the schema's only list; otherwise the single call in the brackets. */
function ofList(list: readonly unknown[], place: ListPlace | undefined): unknown {
	const isEntry = (one: unknown) =>
		isRecord(one) &&
		Object.keys(one).every((key) => fieldNamed(key, place?.fields ?? {}) !== undefined);
	if (place && list.every(isEntry)) return atPlace(place, [...list]);
	return list.length === 1 ? list[0] : undefined;
}

/** One value, or those of several lines. */
function readLines(cursor: Cursor, read: (cursor: Cursor) => unknown): unknown {
	const lines = [read(cursor)];
	while (!cursor.refusal && take(cursor, /[ \t]{0,99}\r?\n\s*/y) !== undefined)
		lines.push(read(cursor));
	return lines.length === 1 ? lines[0] : lines;
}

/** After the name of the field or variable that holds it. */
function readNamed(cursor: Cursor, fields: Record<string, unknown>): unknown {
	const name = take(cursor, FIELD)?.replace(/\s*=\s*$/, '');
	if (name !== undefined && isNoAnswer(name))
		return refuse(cursor, 'its name says that it is not an answer');
	const value = readAny(cursor, 0);
	const field = name === undefined ? undefined : fieldNamed(name, fields);
	return field === undefined ? value : { [field]: value };
}

const FIELD = /[A-Za-z_]\w{0,80}\s*=\s*/y;

const BLANKS = /[ \t]+(?=\w+=)/y;
const COMMAS = /(?:[ \t]*,)?[ \t]+(?=\w+=)/y;

/** `name='Ada' age=36`, separated by blanks or, outside of a list, by commas. */
function readBare(cursor: Cursor, depth: number, between: RegExp): unknown {
	const fields: Array<[string, unknown]> = [];
	do {
		const field = readField(cursor, FIELD, () => readAny(cursor, depth + 1));
		if (!field) return undefined;
		fields.push(field);
	} while (!cursor.refusal && take(cursor, between) !== undefined);
	if (between === BLANKS && fields.length < 2) return refuse(cursor, 'one field is not a record');
	return recordOf(cursor, fields);
}

function readAny(cursor: Cursor, depth: number): unknown {
	if (depth > MOST_LEVELS) return refuse(cursor, 'it is nested too deep');
	const [, literal] =
		/^Decimal\('([-+\d.eE]{1,40})'\)/.exec(cursor.text.slice(cursor.at, cursor.at + 60)) ?? [];
	if (literal !== undefined) {
		cursor.at += `Decimal('${literal}')`.length;
		return literal;
	}
	const inner = () => readAny(cursor, depth + 1);
	if (take(cursor, NAME) !== undefined)
		return recordOf(
			cursor,
			readUntil(cursor, /\)/y, () => readField(cursor, FIELD, inner)),
		);
	if (take(cursor, /\[/y) !== undefined)
		return readUntil(cursor, /\]/y, () =>
			peek(cursor, FIELD) === undefined ? inner() : readBare(cursor, depth + 1, BLANKS),
		);
	const text = take(cursor, PLAIN_TEXT);
	if (text !== undefined) return text.slice(1, -1);
	if (peek(cursor, /["']/y) !== undefined)
		return refuse(cursor, 'a text has quotes or backslashes in it');
	const value = readValue(cursor, 'value');
	return cursor.literal ?? value;
}

const PLAIN_TEXT =
	/'[^'\\\n]*'(?=\s*(?:[,)\]]|$)|\n|[ \t]+\w+=)|"[^"\\\n]*"(?=\s*(?:[,)\]]|$)|\n|[ \t]+\w+=)/y;
