import { isAbbreviation, OPENS_DOTS } from './abbreviation';
import { peek, refuse, take, type Cursor } from './cursor';
import { readContainer } from './readContainer';
import { readPython } from './readPython';
import { readNumber, readWord, type WordPlace } from './readWord';
import { opensString, readString, type StringPlace } from './readString';

const ASIDE = /\([^()\n]{1,120}\)/y;

/** One value of any kind, or a refusal: every character is part of it, or a reason. */
export function readValue(cursor: Cursor, place: StringPlace, word?: WordPlace): unknown {
	cursor.literal = undefined;
	const char = cursor.text.charAt(cursor.at);
	if (char === '{' || char === '[') return readContainer(cursor, readValue);
	if (opensString(char)) return readJoined(cursor, place);
	if (peek(cursor, OPENS_DOTS))
		return refuse(cursor, 'entries are left out ("...")', 'abbreviated');
	if (/[\d+.-]/.test(char)) return readNumber(cursor);
	if (take(cursor, /[uU](?=["'])/y)) return readJoined(cursor, place);
	if (isAbbreviation(peek(cursor, ASIDE) ?? '')) {
		return refuse(cursor, 'entries are left out', 'abbreviated');
	}
	if (char === '(') return readContainer(cursor, readValue);
	return readPython(cursor) ?? (cursor.refusal ? undefined : readWord(cursor, word));
}

const PLUS = /\s*\+\s*(?=["'`])/y;

/** A string, or several that a plus sign joins. */
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
