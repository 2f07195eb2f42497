import { jsonPointer } from '../lib/jsonPointer';
import { DEEPEST, TOO_DEEP } from '../nesting';
import { OPENS_DOTS } from './abbreviation';
import { skipBlank, placeComments } from './comments';
import { peek, refuse, take, type Cursor } from './cursor';
import { opensString, readString, type StringPlace } from './readString';
import { readBareKey, type WordPlace } from './readWord';

/** Reads the content of a container, including nested containers. */
type ReadValue = (cursor: Cursor, place: StringPlace, word?: WordPlace) => unknown;

/**
 * A Python set, which only occurs within something else: one plain value, without a colon after it.
 * After double quotes, as in JSON, a colon may be missing.
 */
const OPENS_SET = /\{\s*(?:'[^'\\\n]{0,200}'|-?\d[\d.]{0,40})\s*[,}]/y;
const CLOSERS = { list: /\]/y, tuple: /\)/y, set: /\}/y };
const PLACES = { list: 'entry', tuple: 'tuple', set: 'value' } as const;
/**
 * Python puts a blank after a comma, so this may be one number, and reading it as two would lose it.
 */
const MAY_BE_AMOUNT = /\([-+]?\d[\d.]*,[\d.,]*\d\)/y;

function kindOf(cursor: Cursor): keyof typeof CLOSERS | 'record' {
	const char = cursor.text.charAt(cursor.at);
	if (char !== '{') return char === '[' ? 'list' : 'tuple';
	return cursor.depth > 1 && peek(cursor, OPENS_SET) !== undefined ? 'set' : 'record';
}

/** `{`, `[` or `(` and its content. */
export function readContainer(cursor: Cursor, readValue: ReadValue): unknown {
	if (cursor.depth > 0) cursor.isMeant = true;
	if (cursor.depth === DEEPEST) return refuse(cursor, `it is ${TOO_DEEP}`, 'tooDeep');
	cursor.depth += 1;
	const kind = kindOf(cursor);
	cursor.last = undefined;
	const value =
		kind === 'record' ? readRecord(cursor, readValue) : readList(cursor, readValue, kind);
	placeComments(cursor);
	cursor.depth -= 1;
	cursor.last = undefined;
	cursor.literal = undefined;
	return cursor.refusal ? undefined : value;
}

function readList(
	cursor: Cursor,
	readValue: ReadValue,
	kind: keyof typeof CLOSERS,
): unknown[] | undefined {
	const list: unknown[] = [];
	const closer = CLOSERS[kind];
	if (kind !== 'list') cursor.notes.add('nonStrict');
	if (peek(cursor, MAY_BE_AMOUNT)) return refuse(cursor, 'it may be one number or several');
	cursor.at += 1;
	skipBlank(cursor);
	while (!cursor.refusal) {
		if (take(cursor, closer)) return list;
		cursor.path.push(list.length);
		placeComments(cursor);
		const value = readValue(cursor, PLACES[kind]);
		if (value === undefined) return undefined;
		cursor.path.pop();
		keepLiteral(cursor, list, list.length);
		cursor.last = list.length;
		list.push(value);
		cursor.hasEntry = true;
		skipBlank(cursor);
		if (take(cursor, /,/y)) {
			cursor.isMeant = true;
			skipBlank(cursor);
			if (peek(cursor, closer)) cursor.notes.add('nonStrict');
		} else if (kind === 'tuple' && list.length === 1) {
			return refuse(cursor, 'a value is in brackets');
		} else if (!peek(cursor, closer) && (kind !== 'list' || !partsEntries(cursor, value))) {
			return refuse(cursor, 'a comma or "]" was expected');
		}
	}
	return undefined;
}

/**
 * Three digits after a short number, or digits that begin with a zero, may belong to it; two
 * consecutive texts may be one.
 */
const THOUSANDS = /\d{3}(?!\d)|0\d/y;

/** Whether a blank between two whole values can only be a missing comma. */
function partsEntries(cursor: Cursor, before: unknown): boolean {
	const { gap } = cursor;
	const next = cursor.text.charAt(cursor.at);
	const isContainer = typeof before === 'object' && before !== null;
	const opensContainer = next === '{' || next === '[';
	const isClear =
		isContainer && opensContainer
			? true
			: gap.length > 0 && !isAmbiguous(cursor, before) && /[\w"'“‘{[-]/.test(next);
	if (isClear) cursor.notes.add('missingComma');
	return isClear;
}

function isAmbiguous(cursor: Cursor, before: unknown): boolean {
	const next = cursor.text.charAt(cursor.at);
	if (cursor.gap.hasNewline) return typeof before === 'number' && next === '0';
	if (typeof before === 'string' && opensString(next)) return true;
	return typeof before === 'number' && (next === '-' || peek(cursor, THOUSANDS) !== undefined);
}

function readRecord(cursor: Cursor, readValue: ReadValue): Record<string, unknown> | undefined {
	const record: Record<string, unknown> = {};
	if (!takeBrace(cursor)) return undefined;
	const keys = { hasBare: false, hasQuoted: false };
	skipBlank(cursor);
	while (!cursor.refusal) {
		if (peek(cursor, /\}/y)) return takeBrace(cursor) ? record : undefined;
		const isQuoted = opensString(cursor.text.charAt(cursor.at));
		if (isQuoted) keys.hasQuoted = true;
		else keys.hasBare = true;
		const key = isQuoted ? readString(cursor, 'key') : readKey(cursor);
		if (key === undefined) return undefined;
		cursor.path.push(key);
		placeComments(cursor);
		cursor.last = undefined;
		skipBlank(cursor);
		if (!takeColon(cursor)) return undefined;
		skipBlank(cursor);
		placeComments(cursor);
		const value = readValue(cursor, 'value', { bareKeys: keys.hasBare && !keys.hasQuoted });
		if (value === undefined) return undefined;
		setOwn(cursor, { record, key }, value);
		cursor.path.pop();
		cursor.last = key;
		skipBlank(cursor);
		if (!endsEntry(cursor)) return undefined;
	}
	return undefined;
}

function readKey(cursor: Cursor): string | undefined {
	const isElided = peek(cursor, OPENS_DOTS) !== undefined;
	if (isElided) return refuse(cursor, 'fields are left out ("...")', 'abbreviated');
	return readBareKey(cursor);
}

function takeColon(cursor: Cursor): boolean {
	const colon = take(cursor, /:|=>/y);
	if (colon === undefined) refuse(cursor, 'a colon was expected');
	else cursor.isMeant = true;
	if (colon === '=>') cursor.notes.add('nonStrict');
	return colon !== undefined;
}

/** After a value: a comma, the closing brace, or a key whose comma is missing. */
function endsEntry(cursor: Cursor): boolean {
	if (cursor.refusal) return false;
	if (take(cursor, /,/y)) {
		skipBlank(cursor);
		if (peek(cursor, /\}/y)) cursor.notes.add('nonStrict');
		return !cursor.refusal;
	}
	if (peek(cursor, /\}/y)) return true;
	const isGlued = cursor.gap.length === 0 && /[\w.]/.test(cursor.text.charAt(cursor.at - 1));
	const nextKey = cursor.gap.hasNewline ? NEXT_KEY_ON_A_LINE : NEXT_KEY;
	if (isGlued || peek(cursor, nextKey) === undefined) {
		refuse(cursor, 'a comma or "}" was expected');
		return false;
	}
	cursor.notes.add('missingComma');
	return true;
}

const NEXT_KEY = /"[^"\\\n]*"\s*:|'[^'\\\n]*'\s*:/y;
const NEXT_KEY_ON_A_LINE = /"[^"\\\n]*"\s*:|'[^'\\\n]*'\s*:|[A-Za-z_$][\w$]*\s*:/y;

/** A brace, or a pair of them if they are doubled. */
function takeBrace(cursor: Cursor): boolean {
	const { doubledBraces } = cursor.habits;
	const isDoubled = doubledBraces === 'all' || (doubledBraces && cursor.depth === 1);
	const brace = take(cursor, isDoubled ? /\{\{|\}\}/y : /[{}]/y);
	if (brace === undefined) refuse(cursor, 'a brace is not doubled as the others are');
	return brace !== undefined;
}

function setOwn(
	cursor: Cursor,
	{ record, key }: { record: Record<string, unknown>; key: string },
	value: unknown,
): void {
	if (Object.hasOwn(record, key)) noteDuplicate(cursor, { key, old: record[key] }, value);
	keepLiteral(cursor, record, key);
	const isPrototype = key === '__proto__';
	if (!isPrototype) record[key] = value;
	else {
		const own = { value, enumerable: true, configurable: true, writable: true };
		Object.defineProperty(record, key, own);
	}
}

/** How many are named: a hostile text has a million of them. */
const MOST_NAMED = 10;
const LONGEST_VALUE = 60;

function noteDuplicate(
	cursor: Cursor,
	{ key, old }: { key: string; old: unknown },
	value: unknown,
): void {
	const { notes, duplicates, path } = cursor;
	const [before, now] = [JSON.stringify(old), JSON.stringify(value)];
	if (before === now) return;
	// Both may be parts of one list.
	const areLists = Array.isArray(old) && Array.isArray(value) && old.length > 0;
	if (areLists) refuse(cursor, `the list "${preview(key)}" stands twice`);
	notes.add('duplicateKey');
	if (duplicates.named.length < MOST_NAMED) {
		duplicates.named.push(`${jsonPointer(path)}: ${preview(now)} replaced ${preview(before)}`);
	} else duplicates.more += 1;
}

const preview = (json: string) =>
	json.length > LONGEST_VALUE ? `${json.slice(0, LONGEST_VALUE)}…` : json;

function keepLiteral({ literals, literal }: Cursor, holder: object, key: PropertyKey): void {
	if (literal === undefined) {
		literals.get(holder)?.delete(key);
		return;
	}
	const own = literals.get(holder) ?? new Map<PropertyKey, string>();
	literals.set(holder, own.set(key, literal));
}
