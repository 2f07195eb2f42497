import { leavesOf, type Leaf } from '../evidence/leaves';
import type { Range } from '../evidence/span';
import { placesIn } from './placesIn';

/** What a part gave for a list. */
export interface PartEntries {
	entries: readonly unknown[];
	/** The whole text of the part. */
	text: string;
}

/** An entry near the text that two parts share. */
export interface Located {
	index: number;
	entry: unknown;
	/**
	 * `inside` when the shared text says all of it that can be found in the part, `edge` when it says
	 * some of it, `unknown` when none of it can be told from other entries.
	 */
	where: 'inside' | 'edge' | 'outside' | 'unknown';
	/** Its words and numbers that were looked for. */
	said: Set<string>;
	/** Where they stand in the shared text. */
	ranges: Range[];
}

/** So many entries in a row that stand elsewhere: those behind them do so too. */
const MOST_OUTSIDE = 3;
const MOST_UNKNOWN = 200;

/**
 * The entries of a part that may stand in the text that it shares with its neighbour, from that side
 * of its list on. Each place of the text is taken by one entry only.
 */
export function locate(
	{ entries, text }: PartEntries,
	shared: string,
	side: 'beginning' | 'end',
): Located[] {
	const isFirst = side === 'beginning';
	const found: Located[] = [];
	const [inPart, inShared] = [placesIn(text), placesIn(shared)];
	const needed = countLeaves(entries);
	const used = new Uint8Array(shared.length);
	let [outside, unknown] = [0, 0];
	for (let step = 0; step < entries.length; step += 1) {
		const index = isFirst ? step : entries.length - 1 - step;
		const entry = entries[index];
		// A word that fewer places say than entries have is a heading, or was chosen for them.
		const own = wordsOf(entry).filter(
			({ key, leaf }) => inPart(leaf).length >= (needed.get(key) ?? 0),
		);
		const ranges = own.map(({ leaf }) => (isFirst ? inShared(leaf) : inShared(leaf).toReversed()));
		const place = placeOf(ranges, { used, reach: reachOf(entry) });
		const said = new Set(own.map(({ key }) => key));
		found.push({ index, entry, said, ...place });
		outside = place.where === 'inside' || place.where === 'unknown' ? 0 : outside + 1;
		unknown += place.where === 'unknown' ? 1 : 0;
		if (outside >= MOST_OUTSIDE || unknown >= MOST_UNKNOWN) break;
	}
	return isFirst ? found : found.toReversed();
}

interface Word {
	key: string;
	leaf: Leaf;
}

const isWord = (leaf: Leaf) =>
	typeof leaf === 'number' || (typeof leaf === 'string' && leaf.trim() !== '');
const keyOf = (leaf: Leaf) => `${typeof leaf} ${leaf}`;

/** Its own words and numbers; those of lists in it stand further away. */
function wordsOf(entry: unknown): Word[] {
	const words = leavesOf(entry).filter(({ leaf }) => isWord(leaf));
	const own = words.filter(({ path }) => !path.some((key) => typeof key === 'number'));
	return (own.length > 0 ? own : words).map(({ leaf }) => ({ key: keyOf(leaf), leaf }));
}

function countLeaves(entries: readonly unknown[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { key } of entries.flatMap(wordsOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
	return counts;
}

/** Words of one entry stand near each other: so many times its JSON, and never less than this. */
const REACH = { times: 4, least: 200 } as const;

function reachOf(entry: unknown): number {
	return Math.max(REACH.least, (JSON.stringify(entry) ?? '').length * REACH.times);
}

/** Takes a place for each word, the nearest to the one that has the fewest. */
function placeOf(
	ranges: readonly Range[][],
	{ used, reach }: { used: Uint8Array; reach: number },
): Pick<Located, 'where' | 'ranges'> {
	if (ranges.length === 0) return { where: 'unknown', ranges: [] };
	const isFree = ([from, to]: Range) => !used.subarray(from, to).includes(1);
	const free = ranges.map((all) => all.filter(isFree)).sort((a, b) => a.length - b.length);
	const [fewest = [], ...others] = free;
	for (const anchor of fewest) {
		const taken = nearestEach(anchor, others, reach);
		if (!taken) continue;
		for (const [from, to] of taken) used.fill(1, from, to);
		return { where: 'inside', ranges: taken };
	}
	const partial = free.flatMap(([first]) => (first ? [first] : []));
	return { where: partial.length > 0 ? 'edge' : 'outside', ranges: partial };
}

function nearestEach(anchor: Range, others: readonly Range[][], reach: number) {
	const taken: Range[] = [anchor];
	for (const ranges of others) {
		let best: Range | undefined;
		for (const range of ranges) {
			const isFree = taken.every(([from, to]) => range[1] <= from || to <= range[0]);
			if (isFree && (!best || gap(range, anchor) < gap(best, anchor))) best = range;
		}
		if (!best || gap(best, anchor) > reach) return undefined;
		taken.push(best);
	}
	return taken;
}

const gap = ([from, to]: Range, [start, end]: Range) => Math.max(0, from - end, start - to);
