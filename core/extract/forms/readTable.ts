import { isStandIn } from '../../json/abbreviation';
import type { JsonSchema } from '../../schema/jsonSchema';
import { atPlace, fieldNamed, listPlaceIn } from './fields';
import { readCell } from './readCell';

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
	const rows = [lines[ruler] ?? '', ...after.slice(0, end === -1 ? undefined : end)].map(cellsOf);
	const isWhole = rows.length > 1 && rows.every((cells) => cells.length === names.length);
	const isAlone = end === -1 || !after.slice(end).some((line) => line.startsWith('|'));
	if (!isKnown || !isWhole || !isAlone) return undefined;
	const list = recordsOf(rows.slice(1), names);
	return list && atPlace(place, list);
}

function isRuler(line: string): boolean {
	const cells = cellsOf(line);
	return line.includes('|') && cells.every((cell) => /^:?-+:?$/.test(cell));
}

const TOTAL =
	/^(?:(?:sub|grand) ?)?(?:total|sum|totals|summe|gesamt|gesamtsumme|insgesamt|somme|suma|totale|somma|soma|totaal|итого|всего|合計|总计|合计|總計|합계|총계)(?: .{0,20})?:?$/i;

/** Undefined where a row is not certainly a record of its own: a sum, or one that leans on the row above. */
function recordsOf(
	rows: ReadonlyArray<readonly string[]>,
	names: ReadonlyArray<string | undefined>,
): unknown[] | undefined {
	const read = rows.map((cells) => cells.map(readCell));
	const leads = read.map(([first]) => first);
	const leansOnAbove = leads.includes('') && leads.some((first) => first !== '');
	const isSum = read.length > 1 && TOTAL.test(leads.at(-1) ?? '');
	const list = read.map((cells) => recordOf(cells, names));
	const isElided = list.includes(DOTS);
	return list.includes(undefined) || isSum || (leansOnAbove && !isElided) ? undefined : list;
}

const DOTS = '...';

/** A row of dots becomes an entry that says so. */
function recordOf(
	cells: ReadonlyArray<string | undefined>,
	names: ReadonlyArray<string | undefined>,
): unknown {
	if (cells.every((cell) => cell === '' || (cell !== undefined && isStandIn(cell)))) return DOTS;
	const filled = names.flatMap((name, index): Array<[string, string]> => {
		const cell = cells[index] ?? '';
		return name === undefined || cell === '' ? [] : [[name, cell]];
	});
	return cells.includes(undefined) ? undefined : Object.fromEntries(filled);
}

function cellsOf(line: string): string[] {
	const inner = line.replace(/^\|/, '').replace(/(?<!\\)\|$/, '');
	return inner.split(/(?<!\\)\|/).map((cell) => cell.trim());
}
