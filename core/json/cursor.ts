/** A comment in JSON. */
export interface Comment {
	/** Of the value that it stands behind in one line, or else before. */
	path: PropertyKey[];
	words: string;
}

export interface Comments {
	named: Comment[];
	/** So many more than are kept. */
	more: number;
}

/** Leniencies of which only one may be used in a text: two of them together are a guess. */
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

/** What a reader did to text that is not JSON: `comment` and `nonStrict` show as `repaired` only. */
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

/** How a text may differ from JSON as a whole; tried only after it was refused as it is. */
export interface Habits {
	/** Strings opened by `"` may be closed by a typographic quote, and the other way round. */
	curlyClosers?: boolean;
	/** Every brace stands twice, as in a template of Python, or only the first and the last. */
	doubledBraces?: 'all' | 'outermost';
}

/** Keys that stood twice with different values. */
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
	/** Whether a list has an entry: what is left out behind one is no pause in prose. */
	hasEntry: boolean;
	/** The source of the number just read, where `String(number)` is another text. */
	literal: string | undefined;
	/** What was skipped before the next token. */
	gap: { length: number; hasNewline: boolean };
	readonly notes: Set<Note>;
	/** The way to the value that is read. */
	readonly path: PropertyKey[];
	readonly duplicates: Duplicates;
	/** The key of the value that was read last in the object or list that is open. */
	last: PropertyKey | undefined;
	readonly comments: Comments;
	/** Comments of which it is not known yet what they are about. */
	waiting: Comment[];
	readonly literals: Map<object, Map<PropertyKey, string>>;
	/** Numbers that lost digits, with their source. */
	readonly lossy: Map<number, string>;
	refusal: Refusal | undefined;
}

export function openCursor(text: string, at: number, habits: Habits): Cursor {
	// One plain literal: a hostile text opens a million of them.
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

/** The first match of a sticky pattern at the cursor, which moves behind it. */
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

/** Slips of broken JSON in words, for who is to write it again. */
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
