import { groupBy } from '../../lib/own';
import { perObject } from '../../lib/perObject';
import type { Range } from '../../read/inSteps';
import type { EntryNode } from './entryNodes';
import { openEntryWords, type PartEntries } from './entryWords';
import { spanOf } from './wordPlaces';

/** Of longer lists, every so many-th entry shows whether it is in order. */
const MOST_COMPARED = 200;

const LEAST_KNOWN = 0.6;

/**
 * The entries in the order of their text, if the list has another one: models sort or group entries now
 * and then. `unplaced` are those whose place is not known then.
 */
export function inTextOrder(
	part: PartEntries,
): Pick<PartEntries, 'nodes' | 'unplaced' | 'isMixed'> {
	const { nodes } = part;
	const tops = nodes.filter(({ parent }) => !parent);
	const rowOf = openRowOf(tops, part);
	const placeOf = (node: EntryNode) => rowOf(node)?.[0];
	const step = Math.ceil(tops.length / MOST_COMPARED);
	const compared = tops.filter((_, at) => at % step === 0 || at === tops.length - 1);
	const known = compared.map(rowOf).filter((row) => row !== undefined);
	const inOrder = known.toSorted(([a], [b]) => a - b);
	// Rows that a heading has a word of are not where that word stands.
	const areApart = inOrder.every(([from], at) => from >= (inOrder[at - 1]?.[1] ?? 0));
	if (known.every(([from], at) => from >= (known[at - 1]?.[0] ?? 0))) return { nodes };
	if (!areApart || known.length <= compared.length * LEAST_KNOWN) return { nodes, isMixed: true };
	let last = 0;
	const places = new Map(tops.map((node) => [node, (last = placeOf(node) ?? last)]));
	const topOf = (node: EntryNode): EntryNode => (node.parent ? topOf(node.parent) : node);
	const placeOfTop = (node: EntryNode) => places.get(topOf(node)) ?? 0;
	const unplaced = new Set(tops.filter((node) => placeOf(node) === undefined));
	return {
		nodes: nodes.toSorted((a, b) => placeOfTop(a) - placeOfTop(b)),
		unplaced,
		isMixed: unplaced.size > 0,
	};
}

/** Where the text has an entry as it has most of them, if it says it as often as the list. */
function openRowOf(tops: readonly EntryNode[], part: PartEntries) {
	const { wordsOf } = openEntryWords(tops, part);
	// Fields that the text does not say there make no difference.
	const keyOf = perObject((node: EntryNode) => JSON.stringify([...wordsOf(node).said].sort()));
	const alike = groupBy(tops, keyOf);
	const found = new Map<string, Range[]>();
	return (node: EntryNode): Range | undefined => {
		const key = keyOf(node);
		const same = alike.get(key) ?? [];
		const rows = found.get(key) ?? part.patterns.rowsOf(wordsOf(node).ways[0], part).map(spanOf);
		found.set(key, rows);
		const isSaid = rows.every(
			(row) => part.text.split(part.text.slice(...row)).length - 1 === same.length,
		);
		return rows.length === same.length && isSaid ? rows[same.indexOf(node)] : undefined;
	};
}
