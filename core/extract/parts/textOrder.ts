import { groupBy } from '../../lib/own';
import { perObject, remembering } from '../../lib/perObject';
import type { Leaf } from '../evidence/leaves';
import type { Range, Steps } from '../../lib/steps';
import type { EntryNode } from './entryNodes';
import { openEntryWords, SAMPLE, type PartEntries } from './entryWords';
import { withJoined } from './joinedNumbers';
import type { RowPatterns } from './rowPatterns';
import { spanOf, type PartText, type Words } from './wordPlaces';

/** The entries of a list of a part, in the order of its text. */
export function* openPartEntries(
	text: PartText,
	nodes: readonly EntryNode[],
	patterns: RowPatterns,
): Steps<PartEntries> {
	const part = { ...(yield* withJoined(text, nodes)), nodes, patterns };
	const sample = nodes.slice(0, SAMPLE);
	const { wordsOf } = openEntryWords(sample, part);
	patterns.learn(
		sample.map((node) => wordsOf(node).ways),
		part,
	);
	return { ...part, ...(yield* inTextOrder(part)) };
}

/** Of longer lists, every so many-th entry shows whether it is in order. */
const MOST_COMPARED = 200;

const LEAST_KNOWN = 0.6;

/**
 * The entries in the order of their text, if the list has another one: models sort or group entries now
 * and then. `unplaced` are those whose place is not known then.
 */
function* inTextOrder(
	part: PartEntries,
): Steps<Pick<PartEntries, 'nodes' | 'unplaced' | 'isMixed'>> {
	const { nodes } = part;
	const tops = nodes.filter(({ parent }) => !parent);
	const { wordsOf } = openEntryWords(tops, part);
	const rowOf = openRowOf(tops, part, wordsOf);
	const placeOf = (node: EntryNode) => rowOf(node)?.[0];
	const step = Math.ceil(tops.length / MOST_COMPARED);
	const compared = tops.filter((_, at) => at % step === 0 || at === tops.length - 1);
	const known: Range[] = [];
	for (const node of compared) {
		yield;
		const row = rowOf(node);
		if (row) known.push(row);
	}
	const inOrder = known.toSorted(([a], [b]) => a - b);
	// Rows that a heading has a word of are not where that word stands.
	const areApart = inOrder.every(([from], at) => from >= (inOrder[at - 1]?.[1] ?? 0));
	if (known.every(([from], at) => from >= (known[at - 1]?.[0] ?? 0)))
		return mayBeInOrder(compared, { part, wordsOf, rowOf }) ? { nodes } : { nodes, isMixed: true };
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

type RowOf = (node: EntryNode) => Range | undefined;

type WordsOf = ReturnType<typeof openEntryWords>['wordsOf'];

/** Where the text has an entry as it has most of them, if it says it as often as the list. */
function openRowOf(tops: readonly EntryNode[], part: PartEntries, wordsOf: WordsOf): RowOf {
	// Fields that the text does not say there make no difference.
	const keyOf = perObject((node: EntryNode) => JSON.stringify([...wordsOf(node).said].sort()));
	const alike = groupBy(tops, keyOf);
	const timesSaid = remembering((said: string) => part.text.split(said).length - 1);
	const placesOf = remembering((key: string): readonly Range[] => {
		const [first, ...others] = alike.get(key) ?? [];
		if (!first) return [];
		const count = others.length + 1;
		const [way] = wordsOf(first).ways;
		const word = onlyWord(way);
		if (word) return ofCount(part.placesOf(word), count);
		const rows = ofCount(part.patterns.rowsOf(way, part).map(spanOf), count);
		return rows.every((row) => timesSaid(part.text.slice(...row)) === count) ? rows : [];
	});
	return (node) => {
		const key = keyOf(node);
		return placesOf(key)[alike.get(key)?.indexOf(node) ?? -1];
	};
}

const ofCount = (ranges: readonly Range[], count: number) =>
	ranges.length === count ? ranges : [];

/** Of an entry that the text says with one word or number. */
function onlyWord({ leaves, holdsOthers }: Words): Leaf | undefined {
	const [word, ...others] = leaves;
	return others.length === 0 && !holdsOthers ? word : undefined;
}

/**
 * Whether the text may have the entries one after the other, by their places and by the words of the
 * others: of an entry of several words, by those that the text has once.
 */
function mayBeInOrder(
	nodes: readonly EntryNode[],
	{ part, wordsOf, rowOf }: { part: PartEntries; wordsOf: WordsOf; rowOf: RowOf },
): boolean {
	let reached = 0;
	return nodes.every((node) => {
		const row = rowOf(node);
		const { leaves, holdsOthers } = wordsOf(node).ways[0];
		const all = row ? [[row]] : leaves.map(part.placesOf);
		const certain = all.length === 1 ? all : all.filter(({ length }) => length === 1);
		if (certain.length === 0 || holdsOthers) return true;
		const next = certain
			.map((ranges) => ranges.find(([from]) => from >= reached))
			.filter((range) => range !== undefined);
		if (next.length > 0) reached = Math.min(...next.map(([, to]) => to));
		return next.length > 0;
	});
}
