import { once } from '../read/inSteps';
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
	/** The index behind the value. */
	end: number;
	/** Empty for JSON as the standard has it. */
	notes: Note[];
	/** Missing where no key stood twice. */
	duplicates?: Duplicates;
	/** Missing where there are none. */
	comments?: Comments;
	/** Missing where every number says by itself what was written. */
	numbers?: SourceNumbers;
}

export type JsonReading = ReadJson | ({ ok: false } & Refusal);

/**
 * The JSON value that begins at an index. Each character of it is accounted for: taken over, named
 * in `notes`, or the reason of a refusal. What two readings are possible of is refused.
 */
export function readJsonAt(text: string, at: number): JsonReading {
	return withHabits(text, at, readOnce);
}

/** The value of a text that holds nothing else. */
export function readWholeJson(text: string): JsonReading {
	return withHabits(text, 0, readWholeOnce);
}

type ReadOnce = (text: string, at: number, habits: Habits) => JsonReading;

const DOUBLED: Habits[] = [{ doubledBraces: 'all' }, { doubledBraces: 'outermost' }];

/** As it is; else, where the text shows one, by a habit that changes how all of it is read. */
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

/** A text that is JSON as the standard has it. */
export function strictJson(text: string): ReadJson | undefined {
	const read = readWholeJson(text);
	return read.ok && read.notes.length === 0 ? read : undefined;
}

/** The value of a JSON text, or the text itself where it is none or a number would lose digits. */
export function jsonOrText(text: string): unknown {
	const read = strictJson(text);
	return read && !read.numbers?.lossy.size ? read.value : text;
}

/** Read leniently without a name of its own. */
const PLAIN: ReadonlySet<string> = new Set(['comment', 'nonStrict']);

/** The names, for `warnings`, of what reading a text as JSON took. Valid JSON has none. */
export function warningsOf(values: readonly ReadJson[], more: readonly Note[] = []): string[] {
	const notes = [...new Set(values.flatMap((read) => read.notes)), ...more];
	const named = notes.filter((note) => !PLAIN.has(note));
	const isRepaired = notes.some((note) => note !== 'duplicateKey');
	const warnings = named.flatMap((note) => (note === 'duplicateKey' ? duplicatesIn(values) : note));
	return isRepaired ? ['repaired', ...warnings] : warnings;
}

/** Of several values, which are a list, the path begins with the index. */
function duplicatesIn(values: readonly ReadJson[]): string[] {
	return values.flatMap(({ duplicates }, at) => {
		const { named = [], more = 0 } = duplicates ?? {};
		const index = values.length > 1 ? `/${at}` : '';
		const rest = more > 0 ? [`duplicateKey: ${more} more`] : [];
		return [...named.map((one) => `duplicateKey ${index}${one}`), ...rest];
	});
}
