import { once } from '../lib/steps';
import { skipBlank } from './comments';
import {
	openCursor,
	refuse,
	riskyNotes,
	take,
	type Cursor,
	type Duplicates,
	type Habits,
	type Note,
	type Refusal,
	noteWords,
	type Comments,
} from './cursor';
import type { LiteralOf, SourceNumbers } from './exactJson';
import { readValue } from './readValue';

export interface ReadJson {
	ok: true;
	value: unknown;
	/** The index after the value. */
	end: number;
	/** Empty for standard JSON. */
	notes: Note[];
	/** Missing if no key was duplicated. */
	duplicates?: Duplicates;
	/** Missing if there are none. */
	comments?: Comments;
	/** Missing if every number is exactly what was written. */
	numbers?: SourceNumbers;
}

export type JsonReading = ReadJson | ({ ok: false } & Refusal);

/**
 * The JSON value that begins at an index. Each character is accounted for: part of the value, named in
 * `notes`, or the reason for a refusal. Anything with two possible readings is refused.
 */
export function readJsonAt(text: string, at: number): JsonReading {
	return withHabits(text, at, readOnce);
}

/** The value of a text that contains nothing else. */
export function readWholeJson(text: string): JsonReading {
	return withHabits(text, 0, readWholeOnce);
}

type ReadOnce = (text: string, at: number, habits: Habits) => JsonReading;

const DOUBLED: Habits[] = [{ doubledBraces: 'all' }, { doubledBraces: 'outermost' }];

/**
 * The text as it is; otherwise, if the text shows one, with a habit that changes how all of it is read.
 */
function withHabits(text: string, at: number, read: ReadOnce): JsonReading {
	const plain = read(text, at, {});
	if (plain.ok || plain.kind === 'abbreviated' || plain.kind === 'tooDeep') return plain;
	const seen = text.slice(at, plain.at + 1);
	const habits: Habits[] = [
		...(/^\{\{/.test(seen) ? DOUBLED : []),
		...(/[“”„]/.test(seen) ? [{ curlyClosers: true }] : []),
	];
	for (const habit of habits) {
		const again = read(text, at, habit);
		if (again.ok) return again;
	}
	return plain;
}

function readOnce(text: string, at: number, habits: Habits): JsonReading {
	const cursor = openCursor(text, at, habits);
	const value = readValue(cursor, 'top');
	return settle(cursor, value);
}

function readWholeOnce(text: string, at: number, habits: Habits): JsonReading {
	const cursor = openCursor(text, at, habits);
	skipBlank(cursor);
	const value = cursor.refusal ? undefined : readValue(cursor, 'top');
	const { literal } = cursor;
	if (!cursor.refusal) skipBlank(cursor);
	if (!cursor.refusal && text.startsWith('{') && take(cursor, /\}[}\s]*/y)) {
		cursor.notes.add('extraClosers');
	}
	if (!cursor.refusal && cursor.at < text.length) refuse(cursor, 'more text follows the value');
	return settle({ ...cursor, literal }, value);
}

function settle(cursor: Cursor, value: unknown): JsonReading {
	const { notes, habits, literals, literal, at } = cursor;
	if (habits.doubledBraces) notes.add('doubledBraces');
	const risky = riskyNotes(notes);
	const isGuess = risky.length > 1 || (notes.has('bareText') && notes.has('comment'));
	if (isGuess) refuse(cursor, `it is broken in several ways: ${noteWords(risky)}`);
	if (cursor.refusal) return { ok: false, ...cursor.refusal };
	const again = notes.has('duplicateKey') ? { duplicates: cursor.duplicates } : {};
	const said = notes.has('comment') ? { comments: cursor.comments } : {};
	const read = { ok: true as const, value, end: at, notes: [...notes], ...again, ...said };
	return literals.size === 0 && literal === undefined
		? read
		: { ...read, numbers: numbersOf(cursor) };
}

function numbersOf({ literals, literal, lossy }: Cursor): SourceNumbers {
	const literalOf: LiteralOf = (holder, key) => {
		const own = literals.get(holder);
		return own ? own.get(key) : key === '' ? literal : undefined;
	};
	const odd = once(
		() => new Set([...literals.values()].flatMap((own) => [...own.values()].map(Number))),
	);
	const isInDoubt: SourceNumbers['isInDoubt'] = (number, holder) =>
		!(holder && literals.has(holder)) && odd().has(number);
	return { literalOf, isInDoubt, lossy };
}

/** The value of a standard JSON text. */
export function strictJson(text: string): ReadJson | undefined {
	const read = readWholeJson(text);
	return read.ok && read.notes.length === 0 ? read : undefined;
}

/** The value of a JSON text, or the text itself if it is not JSON or a number would lose digits. */
export function jsonOrText(text: string): unknown {
	const read = strictJson(text);
	return read && !read.numbers?.lossy.size ? read.value : text;
}

/** Leniencies without a warning of their own. */
const PLAIN: ReadonlySet<string> = new Set(['comment', 'nonStrict']);

/**
 * The names, for `warnings`, of the leniencies that were used to read a text as JSON. Valid JSON has
 * none.
 */
export function warningsOf(values: readonly ReadJson[], more: readonly Note[] = []): string[] {
	const notes = [...new Set(values.flatMap((read) => read.notes)), ...more];
	const named = notes.filter((note) => !PLAIN.has(note));
	const isRepaired = notes.some((note) => note !== 'duplicateKey');
	const warnings = named.flatMap((note) => (note === 'duplicateKey' ? duplicatesIn(values) : note));
	return isRepaired ? ['repaired', ...warnings] : warnings;
}

/** If there are several values, which form a list, the path begins with the index. */
function duplicatesIn(values: readonly ReadJson[]): string[] {
	return values.flatMap(({ duplicates }, at) => {
		const { named = [], more = 0 } = duplicates ?? {};
		const index = values.length > 1 ? `/${at}` : '';
		const rest = more > 0 ? [`duplicateKey: ${more} more`] : [];
		return [...named.map((one) => `duplicateKey ${index}${one}`), ...rest];
	});
}
