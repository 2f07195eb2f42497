import { isRecord } from '../../isRecord';
import { peek, refuse, take, openCursor, riskyNotes, type Cursor } from '../../json/cursor';
import { readValue } from '../../json/readValue';
import { atPlace, fieldNamed, fieldsOf, type FormReader, type ListPlace } from './fields';

const NAME = /[A-Za-z_][\w.]{0,80}\(/y;
const MOST_LEVELS = 50;

const OPENS = /^\[?\s*[A-Za-z_][\w.]{0,80}\(\s*\w+\s*=/;

/** An object as Python prints it, such as `Invoice(total=3, rows=[Row(id='a')])`, a call, or a list of them. */
export const readRepr: FormReader = (said, { root, place }) => {
	const text = /^print\(([^]*)\)$/.exec(said)?.[1]?.trim() ?? said;
	if (!OPENS.test(text)) return undefined;
	const cursor = openCursor(text, 0, {});
	const read = readAny(cursor, 0);
	const isWhole =
		!cursor.refusal && cursor.at === text.length && riskyNotes(cursor.notes).length === 0;
	const value = Array.isArray(read) ? ofList(read, place) : read;
	const fields = { ...fieldsOf(root, root), ...(Array.isArray(read) ? place?.fields : {}) };
	const [first] = [read].flat();
	const names = isRecord(first) ? Object.keys(first) : [];
	if (!names.some((name) => fieldNamed(name, fields) !== undefined)) return undefined;
	return isWhole && cursor.lossy.size === 0 && value !== undefined
		? { name: 'pythonObject', value }
		: {
				name: 'pythonObject',
				value: undefined,
				reason: cursor.refusal?.reason ?? 'more follows it',
			};
};

/** Entries at the place for them; else the one call that stands in brackets. */
function ofList(list: readonly unknown[], place: ListPlace | undefined): unknown {
	const isEntry = (one: unknown) =>
		isRecord(one) &&
		Object.keys(one).every((key) => fieldNamed(key, place?.fields ?? {}) !== undefined);
	if (place && list.every(isEntry)) return atPlace(place, [...list]);
	return list.length === 1 ? list[0] : undefined;
}

function readAny(cursor: Cursor, depth: number): unknown {
	if (depth > MOST_LEVELS) return refuse(cursor, 'it is nested too deep');
	const [, literal] =
		/^Decimal\('([-+\d.eE]{1,40})'\)/.exec(cursor.text.slice(cursor.at, cursor.at + 60)) ?? [];
	if (literal !== undefined) {
		cursor.at += `Decimal('${literal}')`.length;
		return literal;
	}
	if (take(cursor, NAME) !== undefined) return readFields(cursor, depth);
	if (take(cursor, /\[\s*/y) !== undefined) return readList(cursor, depth);
	const text = take(cursor, PLAIN_TEXT);
	if (text !== undefined) return text.slice(1, -1);
	if (peek(cursor, /["']/y) !== undefined)
		return refuse(cursor, 'a text has quotes or backslashes in it');
	const value = readValue(cursor, 'value');
	return cursor.literal ?? value;
}

const PLAIN_TEXT = /'[^'\\\n]*'(?=\s*[,)\]])|"[^"\\\n]*"(?=\s*[,)\]])/y;

function readList(cursor: Cursor, depth: number): unknown {
	const list: unknown[] = [];
	while (take(cursor, /\]/y) === undefined) {
		const value = readAny(cursor, depth + 1);
		if (cursor.refusal || value === undefined) return undefined;
		list.push(value);
		const isOver = peek(cursor, /\s*\]/y) !== undefined;
		if (take(cursor, isOver ? /\s*/y : /\s*,\s*/y) === undefined) {
			return refuse(cursor, 'a comma or "]" was expected');
		}
	}
	return list;
}

function readFields(cursor: Cursor, depth: number): unknown {
	const entries = new Map<string, unknown>();
	take(cursor, /\s*/y);
	while (take(cursor, /,?\s*\)/y) === undefined) {
		const key = take(cursor, /[A-Za-z_]\w{0,80}\s*=\s*/y)?.replace(/\s*=\s*$/, '');
		if (key === undefined || entries.has(key)) return refuse(cursor, 'a field was expected');
		const value = readAny(cursor, depth + 1);
		if (cursor.refusal || value === undefined) return undefined;
		entries.set(key, value);
		const isOver = peek(cursor, /\s*,?\s*\)/y) !== undefined;
		if (take(cursor, isOver ? /\s*/y : /\s*,\s*/y) === undefined) {
			return refuse(cursor, 'a comma or ")" was expected');
		}
	}
	return Object.fromEntries(entries);
}
