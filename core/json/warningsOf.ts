import type { Note } from './cursor';
import type { ReadJson } from './readJson';

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
