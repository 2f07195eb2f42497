import { leavesOf, type Leaf } from '../evidence/leaves';
import type { Range } from '../../read/range';
import { placesIn } from './placesIn';
import { openRegion, type Region, type Words } from './region';

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
	const rest = isFirst ? text.slice(shared.length) : text.slice(0, -shared.length || undefined);
	const inPart = placesIn(text);
	const [inShared, elsewhere] = [openRegion(shared, isFirst), openRegion(rest, isFirst)];
	const needed = countLeaves(entries);
	const found: Located[] = [];
	let [outside, unknown, hasLeft] = [0, 0, false];
	for (let step = 0; step < entries.length; step += 1) {
		const index = isFirst ? step : entries.length - 1 - step;
		const entry = entries[index];
		// A word that fewer places say than entries have is a heading, or was chosen for them.
		const own = wordsOf(entry).filter(
			({ key, leaf }) => inPart(leaf).length >= (needed.get(key) ?? 0),
		);
		const words = { leaves: own.map(({ leaf }) => leaf), reach: reachOf(entry) };
		const isElsewhere = hasLeft && elsewhere.takeNext(words) !== undefined;
		const place = isElsewhere ? OUTSIDE : placeIn(inShared, words);
		// Lists are in the order of their text.
		if (!isElsewhere && place.where !== 'inside')
			hasLeft ||= elsewhere.takeNext(words) !== undefined;
		found.push({ index, entry, said: new Set(own.map(({ key }) => key)), ...place });
		outside = place.where === 'inside' || place.where === 'unknown' ? 0 : outside + 1;
		unknown += place.where === 'unknown' ? 1 : 0;
		if (outside >= MOST_OUTSIDE || unknown >= MOST_UNKNOWN) break;
	}
	return isFirst ? found : found.toReversed();
}

type WhereItIs = Pick<Located, 'where' | 'ranges'>;
const OUTSIDE: WhereItIs = { where: 'outside', ranges: [] };

function placeIn(region: Region, words: Words): WhereItIs {
	if (words.leaves.length === 0) return { where: 'unknown', ranges: [] };
	const ranges = region.takeNext(words) ?? region.takeAny(words);
	if (ranges) return { where: 'inside', ranges };
	const partial = region.first(words);
	return partial.length > 0 ? { where: 'edge', ranges: partial } : OUTSIDE;
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
