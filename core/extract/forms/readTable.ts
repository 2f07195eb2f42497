import { fieldNamed, fieldsOf, atPlace } from './fields';
import type { Form, FormReader, FormTerms } from './form';
import { readCell } from './readCell';
import { recordsIn } from './records';

const FORM = 'markdownTable';
const NO_READING =
	'a table whose columns are not just the fields, or whose rows have more than one reading';

/** A Markdown table: a list of records, where each column is a field, or one record, where each row is one. */
export const readTable: FormReader = (text, terms) => {
	const lines = text.split('\n').map((line) => line.trim());
	const ruler = lines.findIndex(isRuler);
	const [head = ''] = lines;
	const isTable = ruler === 1 || (ruler === -1 && lines.every((line) => /^\|.*\|$/.test(line)));
	if (!isTable || lines.length < 2 || lines.includes('')) return undefined;
	const header = cellsOf(head);
	const rows = lines.slice(ruler === 1 ? 2 : 1).map((line) => cellsOf(line).map(readCell));
	const list = terms.place && recordsIn(header, rows, terms.place);
	if (list && terms.place) return { name: FORM, value: atPlace(terms.place, list) };
	// Without a ruler, only its columns tell a table from lines with signs in them.
	return recordOf(header, rows, terms) ?? (ruler === 1 ? unread() : undefined);
};

const unread = (): Form => ({ name: FORM, value: undefined, reason: NO_READING });

/** `| Field | Value |`. */
function recordOf(
	header: readonly string[],
	rows: ReadonlyArray<ReadonlyArray<string | undefined>>,
	{ root }: FormTerms,
): Form | undefined {
	const fields = fieldsOf(root, root);
	const isHeaderField = fieldNamed(header[0] ?? '', fields) !== undefined;
	if (header.length !== 2 || isHeaderField) return undefined;
	const entries = rows.flatMap(([key = '', value, ...more]): Array<[string, string]> => {
		const name = fieldNamed(key.replace(/:$/, ''), fields);
		return name === undefined || value === undefined || more.length > 0 ? [] : [[name, value]];
	});
	const isWhole = entries.length === rows.length && rows.length > 0;
	const isOnce = new Set(entries.map(([name]) => name)).size === entries.length;
	return isWhole && isOnce
		? { name: FORM, value: Object.fromEntries(entries.filter(([, value]) => value !== '')) }
		: undefined;
}

export function isRuler(line: string): boolean {
	const cells = cellsOf(line.trim());
	return line.includes('|') && cells.every((cell) => /^:?-+:?$/.test(cell));
}

function cellsOf(line: string): string[] {
	const inner = line.replace(/^\|/, '').replace(/(?<!\\)\|$/, '');
	return inner.split(/(?<!\\)\|/).map((cell) => cell.trim());
}
