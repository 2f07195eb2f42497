import { isStandIn } from '../../json/abbreviation';
import type { JsonSchema } from '../../schema/jsonSchema';
import { atPlace, fieldNamed, listPlaceIn } from './fields';

/** The only Markdown table in a text as a list of records, where each column is a field. */
export function readTable(text: string, schema: JsonSchema): unknown {
	const place = listPlaceIn(schema);
	const lines = text.split('\n').map((line) => line.trim());
	const rulers = lines.flatMap((line, index) => (isRuler(line) ? [index] : []));
	const [ruler = -1] = rulers;
	if (!place || rulers.length !== 1 || ruler < 1) return undefined;
	const names = cellsOf(lines[ruler - 1] ?? '').map((name) => fieldNamed(name, place.fields));
	const isKnown = names.every((name) => name !== undefined) && new Set(names).size === names.length;
	const after = lines.slice(ruler + 1);
	const end = after.findIndex((line) => !line.startsWith('|'));
	const rows = after.slice(0, end === -1 ? undefined : end).map(cellsOf);
	const isWhole = rows.length > 0 && rows.every((cells) => cells.length === names.length);
	const isAlone = end === -1 || !after.slice(end).some((line) => line.startsWith('|'));
	if (!isKnown || !isWhole || !isAlone) return undefined;
	return atPlace(
		place,
		rows.map((cells) => recordOf(cells, names)),
	);
}

function isRuler(line: string): boolean {
	const cells = cellsOf(line);
	return line.includes('|') && cells.every((cell) => /^:?-+:?$/.test(cell));
}

/** A row of dots becomes an entry that says so. */
function recordOf(cells: readonly string[], names: ReadonlyArray<string | undefined>): unknown {
	if (cells.every((cell) => cell === '' || isStandIn(cell))) return '...';
	const filled = names.flatMap((name, index): Array<[string, string]> => {
		const cell = cells[index] ?? '';
		return name === undefined || cell === '' ? [] : [[name, cell]];
	});
	return Object.fromEntries(filled);
}

function cellsOf(line: string): string[] {
	const inner = line.replace(/^\|/, '').replace(/(?<!\\)\|$/, '');
	return inner.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim());
}
