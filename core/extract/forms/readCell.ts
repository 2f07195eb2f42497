import { decodedEntity, ENTITY } from '../../read/htmlEntities';

const ENTITIES = new RegExp(ENTITY, 'g');
const ESCAPED = /\\([!-/:-@[-`{-~])/g;
/** Marks of which a text would have to lose something, or of which nobody knows what they are for. */
const OTHER_MARKS = /\*\*|~~|`|\]\(|!\[|<\/?[A-Za-z!][^<>]*>|^_.*_$|^\*\S.*\*$/s;
/** The same as in the row above. */
const DITTO = /^(?:["”“″〃]|''|,,|do\.|dto\.|ditto|idem|↑|\^+)$/i;

/** The text of a cell without its Markdown; undefined where that has no one reading. */
export function readCell(cell: string): string | undefined {
	const [, code] = /^`([^`]+)`$/.exec(cell) ?? [];
	if (code !== undefined) return code.replaceAll('\\|', '|');
	const bare = withoutMarks(cell).replace(/ {0,9}<br ?\/?> {0,9}/gi, '\n');
	const plain = bare.replace(ESCAPED, '');
	if (OTHER_MARKS.test(plain) || DITTO.test(bare) || bare.includes('\\\\|')) return undefined;
	return bare.replace(ESCAPED, '$1').replace(ENTITIES, decodedEntity).trim();
}

/** Without emphasis, or the mark of a plain link, around the whole. */
function withoutMarks(cell: string): string {
	const [, strong, light] =
		/^(?:\*\*\*?([^*]+)\*\*\*?|\*([^*\s](?:[^*]*[^*\s])?)\*)$/.exec(cell) ?? [];
	const [, address] = /^<(https?:[^<>\s]+|[^<>\s@]+@[^<>\s]+)>$/.exec(cell) ?? [];
	const [, label, target] = /^\[([^[\]]+)\]\(([^()\s]+)\)$/.exec(cell) ?? [];
	const isPlainLink = label !== undefined && target?.replace(/^mailto:/, '') === label;
	return strong ?? light ?? address ?? (isPlainLink ? label : cell);
}
