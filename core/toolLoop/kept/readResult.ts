import { findPath, readPath, type Found } from '../../json/jsonPath';
import type { Steps } from '../../read/inSteps';
import { tryJson } from '../../tryJson';
import { jsonStart } from './keptShape';
import type { KeptState } from './keptState';
import {
	badPath,
	CHARACTERS_OR_LINES,
	duplicateName,
	emptyPart,
	noSuchPath,
	notJson,
	resultPart,
} from './keptWords';
import { pageEnd, roomOf } from './pages';
import { linesAt, linesIn, lineStart, wholeLetter } from './places';

export type KeptResult = KeptState['results'][number];

/** Which part of a kept result; all count from 1. */
export interface ReadTerms {
	path?: string;
	from?: number;
	to?: number;
	fromLine?: number;
	toLine?: number;
}

/** A part of a kept result within the limit, and how to read on; or why there is none. */
export function* readResult(kept: KeptResult, terms: ReadTerms, limit: number): Steps<string> {
	const hasLines = (terms.fromLine ?? terms.toLine) !== undefined;
	if (hasLines && (terms.from ?? terms.to) !== undefined) return CHARACTERS_OR_LINES;
	const value = yield* valueAt(kept, terms.path);
	if ('refusal' in value) return value.refusal;
	const { text, of, note } = value;
	const [from, until] = hasLines ? yield* lineRange(text, terms) : rangeOf(text, terms);
	if (from >= Math.min(until, text.length)) {
		return emptyPart(of, text.length, yield* linesIn(text));
	}
	const start = wholeLetter(text, from);
	const end = pageEnd(text, [start, until], roomOf(limit) - note.length);
	const [line = 1] = yield* linesAt(text, [start]);
	const part = resultPart(of, { from: start + 1, to: end, length: text.length, line });
	return `${note}${part}\n${text.slice(start, end)}`;
}

function rangeOf(text: string, { from = 1, to = text.length }: ReadTerms): [number, number] {
	return [Math.max(0, from - 1), Math.min(text.length, to)];
}

function* lineRange(
	text: string,
	{ fromLine = 1, toLine = Infinity }: ReadTerms,
): Steps<[number, number]> {
	const start = yield* lineStart(text, Math.max(1, fromLine));
	return [start, yield* lineStart(text, toLine + 1)];
}

type Value = { text: string; of: string; note: string } | { refusal: string };

const LONGEST_SHOWN = 150;

function* valueAt({ name, text, isJson }: KeptResult, path = ''): Steps<Value> {
	const parts = readPath(path);
	const short = path.length > LONGEST_SHOWN ? `${path.slice(0, LONGEST_SHOWN)}…` : path;
	if (!parts) return { refusal: badPath(short) };
	if (parts.length === 0) return { text, of: name, note: '' };
	const start = jsonStart(text);
	if (!isJson || start === undefined) return { refusal: notJson(name) };
	const found = yield* findPath(text, start, parts);
	if (!found.ok) return { refusal: nowhere(parts, found) };
	const raw = text.slice(found.start, found.end);
	// A text reads better without its quotes and escapes.
	const plain = raw.startsWith('"') ? tryJson(raw) : raw;
	const note = found.alike > 0 ? `${duplicateName(found.alike + 1)}\n` : '';
	return { text: typeof plain === 'string' ? plain : raw, of: `${short} of ${name}`, note };
}

function nowhere(
	parts: readonly string[],
	{ after, holds }: Extract<Found, { ok: false }>,
): string {
	const part = JSON.stringify(parts[after.length]?.slice(0, LONGEST_SHOWN));
	const holder =
		after.length === 0 ? 'it' : JSON.stringify(after.join('.').slice(0, LONGEST_SHOWN));
	if (!holds) return noSuchPath(part, holder, 'no fields or entries');
	if (holds.isList) return noSuchPath(part, holder, `${holds.size} entries, from 0`);
	const names = holds.names.map((name) => JSON.stringify(name.slice(0, 40))).join(', ');
	const more = holds.size - holds.names.length;
	return noSuchPath(part, holder, names + (more > 0 ? `, and ${more} more` : ''));
}
