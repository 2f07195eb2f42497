import { isAbbreviation, OPENS_DOTS } from './abbreviation';
import { peek, refuse, take, type Cursor } from './cursor';
import { readContainer } from './readContainer';
import { isJsonNumber, numberOf, readNumber, readWord, type WordPlace } from './readWord';
import { opensString, readString, type StringPlace } from './readString';

const ASIDE = /\([^()\n]{1,120}\)/y;

/** Reads one value of any kind, or refuses: every character is part of it, or a reason. */
export function readValue(cursor: Cursor, place: StringPlace, word?: WordPlace): unknown {
	cursor.literal = undefined;
	const char = cursor.text.charAt(cursor.at);
	if (char === '{' || char === '[') return readContainer(cursor, readValue);
	if (opensString(char)) return readJoined(cursor, place);
	if (peek(cursor, OPENS_DOTS))
		return refuse(cursor, 'entries are left out ("...")', 'abbreviated');
	if (/[\d+.-]/.test(char)) return readNumber(cursor, word);
	if (take(cursor, /[uU](?=["'])/y)) return readJoined(cursor, place);
	const escaped = ESCAPED_TEXT.exec(take(cursor, ESCAPED_AT) ?? '')?.[2];
	if (escaped !== undefined) {
		cursor.notes.add('escapedQuotes');
		return escaped;
	}
	if (isAbbreviation(peek(cursor, ASIDE) ?? '')) {
		return refuse(cursor, 'entries are left out', 'abbreviated');
	}
	if (char === '(') return readContainer(cursor, readValue);
	return readPython(cursor) ?? (cursor.refusal ? undefined : readWord(cursor, word));
}

/** `\"text\"`, a text whose own quotes were escaped. */
const ESCAPED_AT = /(\\{1,3})"[^"\\\n]*\1"(?=\s*[,}\]])/y;
const ESCAPED_TEXT = /^(\\{1,3})"([^"\\\n]*)\1"$/;

const PLUS = /\s*\+\s*(?=["'`])/y;

/** A string, or several joined by plus signs. */
function readJoined(cursor: Cursor, place: StringPlace): string | undefined {
	const parts: string[] = [];
	do {
		const part = readString(cursor, place);
		if (part === undefined) return undefined;
		if (parts.length > 0) cursor.notes.add('joinedText');
		parts.push(part);
	} while (take(cursor, PLUS) !== undefined);
	return parts.join('');
}

const DAY = /(?:datetime\.)?date\(([\d, ]{1,40})\)/y;
const MOMENT =
	/(?:datetime\.)?datetime\(([\d, ]{1,60})(?:, ?tzinfo ?= ?((?:datetime\.)?(?:timezone\.utc|UTC)))?\)/y;
const DECIMAL = /(?:decimal\.)?Decimal\(['"]([^'"\n]{1,60})['"]\)/y;

/** Dates and decimals as Python prints them; undefined if there are none. */
function readPython(cursor: Cursor): string | number | undefined {
	const decimal = inside(cursor, DECIMAL)?.[1];
	if (decimal !== undefined) {
		return isJsonNumber(decimal) ? numberOf(cursor, decimal) : refuse(cursor, 'it is not a number');
	}
	const day = inside(cursor, DAY)?.[1];
	if (day !== undefined) return dayOf(numbersIn(day)) ?? refuse(cursor, 'there is no such date');
	const [, moment, zone] = inside(cursor, MOMENT) ?? [];
	if (moment === undefined) return undefined;
	const said = momentOf(numbersIn(moment));
	return said === undefined
		? refuse(cursor, 'there is no such time')
		: said + (zone === undefined ? '' : 'Z');
}

function inside(cursor: Cursor, call: RegExp): RegExpExecArray | undefined {
	const found = take(cursor, call);
	if (found === undefined) return undefined;
	cursor.notes.add('nonStrict');
	call.lastIndex = 0;
	return call.exec(found) ?? undefined;
}

const numbersIn = (list: string) => list.split(',').map((number) => number.trim());

function dayOf(parts: readonly string[]): string | undefined {
	const [year = '', month = '', day = ''] = parts;
	if (parts.length !== 3) return undefined;
	const said = `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	const date = new Date(`${said}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(said) ? said : undefined;
}

function momentOf(parts: readonly string[]): string | undefined {
	const day = dayOf(parts.slice(0, 3));
	const [hour = '0', minute = '0', second = '0', micro] = parts.slice(3);
	const [hours, minutes, seconds] = [hour, minute, second].map((part) => part.padStart(2, '0'));
	const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
	const isWhole = parts.length < 8 && parts.every((part) => /^\d+$/.test(part));
	if (day === undefined || !isTime || !isWhole) return undefined;
	const part = micro === undefined || Number(micro) === 0 ? '' : `.${micro.padStart(6, '0')}`;
	return `${day}T${hours}:${minutes}:${seconds}${part}`;
}
