import type { Note } from './cursor';

/** Slips of broken JSON in words, for who is to write it again. */
const WORDS: Record<Note, string> = {
	missingComma: 'a comma is missing',
	innerQuotes: 'quotes in a text are not escaped',
	curlyQuotes: 'a text begins with one kind of quote and ends with another',
	joinedText: 'texts are joined by a plus sign',
	bareText: 'a text has no quotes',
	extraClosers: 'there are too many braces at the end',
	doubledBraces: 'braces stand twice',
	keptBackslash: 'a backslash escapes nothing',
	readAsNull: 'undefined, NaN and nil are not JSON values',
	duplicateKey: 'a key stands twice',
	fullWidth: 'its signs are full-width',
	comment: 'it has comments',
	nonStrict: 'it is not strict JSON',
};

export function noteWords(notes: readonly Note[]): string {
	return notes.map((note) => WORDS[note]).join(', ');
}
