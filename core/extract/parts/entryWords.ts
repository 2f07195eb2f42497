import { groupBy } from '../../lib/own';
import { jsonPointer } from '../../lib/jsonPointer';
import { perObject } from '../../lib/perObject';
import { leavesOf, type Leaf } from '../evidence/leaves';
import { once, type Range } from '../../lib/steps';
import type { EntryNode } from './entryNodes';
import type { RowPatterns } from './rowPatterns';
import { standInLine, type PartText, type Words } from './wordPlaces';

/** What a part returned for a list. */
export interface PartEntries extends PartText {
	/** Its entries in the order of the text, each followed by those of the lists in it. */
	nodes: readonly EntryNode[];
	/** How entries of the list are written, here and in earlier parts. */
	patterns: RowPatterns;
	/** Those whose place in the order is not known. */
	unplaced?: ReadonlySet<EntryNode>;
	/** They are in no order that is known to the end. */
	isMixed?: boolean;
}

/** What is searched for of the entries of a list, in the part that returned them. */
export interface EntryWords {
	/** Its words and numbers, without those of headings. */
	said: Set<string>;
	/** All of them, then without those that a heading may say for several entries. */
	ways: [Words, ...Words[]];
}

export interface KnownRow {
	words: Words;
	row: Range[];
}

/** `inOrder` are the nodes from the end at which the search begins. */
export function openEntryWords(inOrder: readonly EntryNode[], part: PartEntries) {
	const needed = countLeaves(part.nodes);
	const headings = headingFields(inOrder);
	// A word with fewer places than entries that have it is a heading, or was chosen for them.
	const isOwn = ({ key, leaf }: Word) => part.placesOf(leaf).length >= (needed.get(key) ?? 0);
	const allOf = perObject((node: EntryNode): EntryWords => {
		const own = wordsOf(node).filter(isOwn);
		const rows = headings.map((_, at) =>
			own.filter(({ field }) => !headings.slice(0, at + 1).includes(field)),
		);
		return {
			said: new Set(own.map(({ key }) => key)),
			ways: [searched(node, own), ...rows.map((row) => searched(node, row))],
		};
	});
	const isRow = ({ leaves }: Words) => {
		const places = leaves.map(part.placesOf).sort((a, b) => a.length - b.length);
		return standInLine(places, part.distances);
	};
	/** Most entries are on a line each. */
	const areRows = once(() => {
		const sample = inOrder.slice(0, SAMPLE);
		const rows = sample.filter((node) => allOf(node).ways.some(isRow));
		return rows.length * 2 > sample.length;
	});
	/** If lines separate them, no pattern is needed: a group may be said in some of them. */
	const haveLines = once(() => {
		const lines = part.text.split('\n').filter((line) => line.trim() !== '');
		const entries = inOrder.filter(({ lists }) => lists.length === 0);
		return areRows() && lines.length >= entries.length;
	});
	/** Where most entries are written like it: every place of its words, with those words. */
	const rowsOf = (node: EntryNode): KnownRow[] => {
		const [words] = allOf(node).ways;
		const rows = haveLines() ? [] : part.patterns.rowsOf(words, part);
		return rows.map((row) => ({ words, row }));
	};
	return { areRows, wordsOf: allOf, rowsOf };
}

function searched(node: EntryNode, own: readonly Word[]): Words {
	return {
		leaves: own.map(({ leaf }) => leaf),
		fields: own.map(({ field }) => field),
		reach: reachOf(node),
		holdsOthers: node.lists.length > 0,
	};
}

/**
 * Words of one entry are close together: within this multiple of its JSON's length, and never less than
 * this.
 */
export const REACH = { times: 4, least: 200 } as const;

const reachOf = perObject(({ value }: EntryNode) =>
	Math.max(REACH.least, (JSON.stringify(value) ?? '').length * REACH.times),
);

interface Word {
	key: string;
	leaf: Leaf;
	field: string;
}

const isWord = (leaf: Leaf) =>
	typeof leaf === 'number' || (typeof leaf === 'string' && leaf.trim() !== '');
const keyOf = (leaf: Leaf) => `${typeof leaf} ${leaf}`;

/** Its own words and numbers; those of lists in it are further away. */
export const wordsOf = perObject((node: EntryNode): Word[] =>
	leavesOf(node.own)
		.filter(({ leaf }) => isWord(leaf))
		.map(({ leaf, path }) => ({ key: keyOf(leaf), leaf, field: fieldName(node, path) })),
);

const countLeaves = perObject((nodes: readonly EntryNode[]) => {
	const counts = new Map<string, number>();
	for (const { key } of nodes.flatMap(wordsOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
	return counts;
});

/** This many entries show how a list is written. */
export const SAMPLE = 40;
const MOST_HEADINGS = 3;

/**
 * Fields that most entries have in common with an adjacent one, such as the date above the rows of a
 * day: a text may say them once for all. Names of `fieldName`, most shared first.
 */
function headingFields(nodes: readonly EntryNode[]): string[] {
	const sample = nodes.slice(0, SAMPLE);
	const votes = sample.flatMap((node, at) => {
		const beside = [nodes[at - 1], nodes[at + 1]].flatMap((one) => (one ? [...valuesOf(one)] : []));
		return [...valuesOf(node)].map(([name, value]) => ({
			name,
			isShared: beside.some((other) => other[0] === name && other[1] === value),
		}));
	});
	const byField = [...groupBy(votes, ({ name }) => name)];
	return byField
		.map(([name, all]) => ({
			name,
			share: all.filter(({ isShared }) => isShared).length / all.length,
		}))
		.filter(({ share }) => share > 0.5)
		.sort((a, b) => b.share - a.share)
		.slice(0, MOST_HEADINGS)
		.map(({ name }) => name);
}

const fieldName = ({ kind }: EntryNode, path: readonly PropertyKey[]) =>
	`${kind} ${jsonPointer(path)}`;

const valuesOf = perObject(
	(node: EntryNode) =>
		new Map(
			leavesOf(node.own)
				.filter(({ leaf }) => leaf !== null && leaf !== '')
				.map(({ path, leaf }) => [fieldName(node, path), leaf]),
		),
);
