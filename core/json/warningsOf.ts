import type { Note } from './cursor';

/** Read leniently without a name of its own. */
const PLAIN: ReadonlySet<string> = new Set(['comment', 'nonStrict']);

/** The names, for `warnings`, of what reading a text as JSON took. Valid JSON has none. */
export function warningsOf(notes: readonly Note[]): string[] {
	const named = notes.filter((note) => !PLAIN.has(note));
	const isRepaired = notes.some((note) => note !== 'duplicateKey');
	return isRepaired ? ['repaired', ...named] : named;
}
