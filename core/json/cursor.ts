/** A comment in JSON. */
export interface Comment {
	/** Of the value that it follows on one line, or otherwise precedes. */
	path: PropertyKey[];
	words: string;
}

export interface Comments {
	named: Comment[];
	/** How many more there are than are kept. */
	more: number;
}

/** Leniencies of which only one may be used in a text: two together are a guess. */
const RISKY = [
	'missingComma',
	'innerQuotes',
	'curlyQuotes',
	'joinedText',
	'escapedQuotes',
	'bareText',
	'extraClosers',
	'doubledBraces',
] as const;

/**
 * What a reader did to text that is not JSON: `comment` and `nonStrict` are only reported as
 * `repaired`.
 */
export type Note =
	| (typeof RISKY)[number]
	| 'keptBackslash'
	| 'readAsNull'
	| 'duplicateKey'
	| 'fullWidth'
	| 'comment'
	| 'nonStrict';

export interface Refusal {
	/** The index in the text where reading ended. */
	at: number;
	reason: string;
	/** `unclosed`: the text ended first. */
	kind: 'broken' | 'unclosed' | 'abbreviated' | 'tooDeep';
	/** Whether it had read a key, a text or an inner bracket: prose in brackets has none. */
	isMeant: boolean;
}

/** How a text as a whole may differ from JSON; tried only after it was refused as it is. */
export interface Habits {
	/** Strings opened by `"` may be closed by a typographic quote, and the reverse. */
	curlyClosers?: boolean;
	/** Every brace is doubled, as in a Python template, or only the first and the last. */
	doubledBraces?: 'all' | 'outermost';
}

/** Keys that occurred twice with different values. */
export interface Duplicates {
	/** The first of them: where, and which value replaced which. */
	named: string[];
	more: number;
}

export interface Cursor {
	readonly text: string;
	readonly habits: Habits;
	at: number;
	depth: number;
	isMeant: boolean;
	/** Whether a list has an entry: dots after one are not a pause in prose. */
	hasEntry: boolean;
	/** The source of the number just read, if `String(number)` is a different text. */
	literal: string | undefined;
	/** What was skipped before the next token. */
	gap: { length: number; hasNewline: boolean };
	readonly notes: Set<Note>;
	/** The path to the value that is being read. */
	readonly path: PropertyKey[];
	readonly duplicates: Duplicates;
	/** The key of the last value read in the open object or list. */
	last: PropertyKey | undefined;
	readonly comments: Comments;
	/** Comments whose subject is not known yet. */
	waiting: Comment[];
	readonly literals: Map<object, Map<PropertyKey, string>>;
	/** Numbers that lost digits, with their source. */
	readonly lossy: Map<number, string>;
	refusal: Refusal | undefined;
}

export function openCursor(text: string, at: number, habits: Habits): Cursor {
	// A plain literal: a hostile text opens a million of them.
	return {
		text,
		habits,
		at,
		depth: 0,
		isMeant: false,
		hasEntry: false,
		literal: undefined,
		gap: { length: 0, hasNewline: false },
		notes: new Set<Note>(),
		path: [],
		duplicates: { named: [], more: 0 },
		last: undefined,
		comments: { named: [], more: 0 },
		waiting: [],
		literals: new Map<object, Map<PropertyKey, string>>(),
		lossy: new Map<number, string>(),
		refusal: undefined,
	};
}

/** Ends the reading. `undefined` is not a JSON value: whoever gets it returns at once. */
export function refuse(
	cursor: Cursor,
	reason: string,
	kind: Refusal['kind'] = 'broken',
): undefined {
	const { at, text, hasEntry } = cursor;
	const isMeant = cursor.isMeant || (kind === 'abbreviated' && hasEntry);
	const isOver = kind === 'broken' && at >= text.length;
	cursor.refusal ??= { at, reason, kind: isOver ? 'unclosed' : kind, isMeant };
	return undefined;
}

/** The first match of a sticky pattern at the cursor, which moves past it. */
export function take(cursor: Cursor, pattern: RegExp): string | undefined {
	const found = peek(cursor, pattern);
	if (found !== undefined) cursor.at += found.length;
	return found;
}

export function peek(
	{ text, at }: Pick<Cursor, 'text' | 'at'>,
	sticky: RegExp,
): string | undefined {
	sticky.lastIndex = at;
	return sticky.exec(text)?.[0];
}

export function riskyNotes(notes: ReadonlySet<Note>): Note[] {
	return RISKY.filter((note) => notes.has(note));
}

/** The mistakes in broken JSON, described for whoever has to write it again. */
const WORDS: Record<Note, string> = {
	missingComma: 'a comma is missing',
	innerQuotes: 'quotes in a text are not escaped',
	curlyQuotes: 'a text begins with one kind of quote and ends with another',
	joinedText: 'texts are joined by a plus sign',
	escapedQuotes: 'the quotes around a text are escaped',
	bareText: 'a text has no quotes',
	extraClosers: 'there are too many braces at the end',
	doubledBraces: 'braces are doubled',
	keptBackslash: 'a backslash escapes nothing',
	readAsNull: 'undefined, NaN and nil are not JSON values',
	duplicateKey: 'a key occurs twice',
	fullWidth: 'its characters are full-width',
	comment: 'it has comments',
	nonStrict: 'it is not strict JSON',
};

export function noteWords(notes: readonly Note[]): string {
	return notes.map((note) => WORDS[note]).join(', ');
}
