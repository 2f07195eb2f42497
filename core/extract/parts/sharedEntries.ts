import { isRecord } from '../../lib/isRecord';
import { isSame } from '../../lib/isSame';
import { inOneGo, type Steps } from '../../lib/steps';
import type { EntryNode } from './entryNodes';
import type { PartEntries } from './entryWords';
import { locate } from './locate';
import type { Located } from './repeats';
import { agree, shareValue, recordKey } from './compareRecords';

/** Which entries of two neighbouring parts are the same entry of the text. */
export interface SharedEntries {
	pairs: EntryPair[];
	/** Entries of the later part that look the same as one, but nothing shows where they stand. */
	doubts: EntryNode[];
	/** Those at the end of the earlier part and at the beginning of the later one. */
	tail: Located[];
	head: Located[];
}

/**
 * Models list entries in the order of the text: those that the shared text says stand at the end of
 * the earlier list and at the beginning of the later one, in one order. Equal entries from elsewhere
 * are entries that the text says again.
 */
export function* sharedEntries(
	earlier: PartEntries,
	later: PartEntries,
	shared: string,
): Steps<SharedEntries> {
	// A part that has nothing of its own repeats all that it says.
	const isRepeat = later.text.length > 0 ? later.text.trim() === shared.trim() : true;
	const isApart = !isRepeat && shared.trim() === '';
	const tail = placed(earlier, yield* locate(earlier, shared, 'end'));
	const head = placed(later, yield* locate(later, shared, 'beginning'));
	const found = yield* alignSteps(isApart ? [] : tail, head, (a, b) => likeness(a, b, isRepeat));
	const sure = found.filter((pair) => !pair.isMaybe || isBesideSure(pair, found));
	const likely = sure.map(({ a, b }) => ({ a: a.node, b: b.node }));
	const { pairs, apart } = pairRecords(likely, { earlier, later });
	const taken = new Set([...pairs.flatMap(({ a, b }) => [a, b]), ...apart]);
	const openA = tail.filter(({ node }) => !taken.has(node));
	const openB = head.filter(({ node }) => !taken.has(node));
	const doubtful = openB.filter((b) => openA.some((a) => isDoubtful(a, b))).map(({ node }) => node);
	const doubts = isApart ? [] : doubtful;
	// Lists in another order that is not known to the end leave all in doubt that is kept.
	const merged = new Set(pairs.map(({ b }) => b));
	const kept = topOf(later).find((node) => !merged.has(node));
	if (kept && !isApart && (earlier.isMixed || later.isMixed)) doubts.push(kept);
	return { pairs, tail, head, doubts: [...new Set([...doubts, ...apart])] };
}

function placed({ unplaced }: PartEntries, located: readonly Located[]): Located[] {
	return located.map((one) => (unplaced?.has(one.node) ? { ...one, where: 'unsure' } : one));
}

/** How much two entries look like one; 0 is not at all. What only may be is worth least. */
function likeness(a: Located, b: Located, isRepeat: boolean): { worth: number; isMaybe: boolean } {
	const sure = (worth: number) => ({ worth, isMaybe: false });
	if (a.node.kind !== b.node.kind) return NONE;
	const isNear = a.where === 'inside' || b.where === 'inside';
	const isAway = a.where === 'outside' || b.where === 'outside';
	if (areEqual(a, b)) {
		if (isRepeat) return sure(8);
		if (a.where === 'unsure' || b.where === 'unsure') return NONE;
		if (isAway || a.where === 'edge' || b.where === 'edge') return NONE;
		return isNear ? sure(8) : { worth: 3, isMaybe: true };
	}
	if (isAway || !meet(a, b)) return NONE;
	if (areHalves(a, b) && (isNear || a.where === 'edge' || b.where === 'edge')) {
		return sure(6);
	}
	return isSameRow(a, b) ? sure(5) : NONE;
}

const NONE = { worth: 0, isMaybe: false };

const areEqual = (a: Located, b: Located) => recordKey(a.node.own) === recordKey(b.node.own);

/** At one place of the shared text, as far as the places are known. */
function meet(a: Located, b: Located): boolean {
	if (a.ranges.length === 0 || b.ranges.length === 0) return true;
	return a.ranges.some(([from, to]) => b.ranges.some(([start, end]) => from < end && start < to));
}

/** Read twice: what stands in the text is the same, what was chosen for it is not. */
function isSameRow(a: Located, b: Located): boolean {
	const areInside = a.where === 'inside' && b.where === 'inside';
	return areInside && a.said.size > 0 && isSame([...a.said].sort(), [...b.said].sort());
}

function areHalves(a: Located, b: Located): boolean {
	const [one, other] = [knownOf(a), knownOf(b)];
	return agree(one, other) && shareValue(one, other);
}

/** Without zeros that the text does not say: a number that was cut off. */
function knownOf({ node, said }: Located): unknown {
	if (!isRecord(node.own) || said.has('number 0')) return node.own;
	const kept = Object.entries(node.own).filter(([, value]) => value !== 0);
	return Object.fromEntries(kept);
}

/** In one run with a pair that is sure: nothing stands between them in either list. */
function isBesideSure(pair: Pair<Located>, pairs: readonly Pair<Located>[]): boolean {
	const at = pairs.indexOf(pair);
	return [-1, 1].some((step) => {
		for (let next = at + step; ; next += step) {
			const [last, other] = [pairs[next - step], pairs[next]];
			if (!last || !other) return false;
			const isRun = [other.a.index - last.a.index, other.b.index - last.b.index];
			if (isRun.some((distance) => distance !== step)) return false;
			if (!other.isMaybe) return true;
		}
	});
}

function isDoubtful(a: Located, b: Located): boolean {
	if (a.node.kind !== b.node.kind) return false;
	// What a part begins with may be the end of a record of which nothing else stands there.
	const isEnd = b.index === 0 && b.where === 'inside' && !areEqual(a, b);
	if (isEnd && b.node.lists.length > 0 && areHalves(a, b)) return true;
	if (a.where === 'outside' || b.where === 'outside') return false;
	const isNear = a.where === 'inside' || b.where === 'inside';
	if (areEqual(a, b)) return a.where !== 'edge' || b.where !== 'edge';
	// Places that are mistaken part two halves of one entry.
	if (isNear && areHalves(a, b)) return true;
	return a.where === 'inside' && b.where === 'inside' && meet(a, b);
}

/** An entry of a part, and the same one of the next part. */
interface EntryPair {
	a: EntryNode;
	b: EntryNode;
	/** Nothing but their places says so: the last entry of a part, and the first one of the next. */
	isContinued?: true;
}

interface Neighbours {
	earlier: PartEntries;
	later: PartEntries;
}

/**
 * Pairs of entries with those of the records that hold them: entries that are the same stand in one
 * record. `apart` are entries whose records cannot be one.
 */
function pairRecords(likely: ReadonlyArray<EntryPair>, { earlier, later }: Neighbours) {
	const paired = openPairs();
	const apart: EntryNode[] = [];
	const byDepth = likely.toSorted((one, other) => depthOf(one.b) - depthOf(other.b));
	for (const pair of byDepth) if (!paired.addWithRecords(pair)) apart.push(pair.b);
	continueLists(topOf(earlier), topOf(later), paired);
	return { pairs: paired.all(), apart };
}

const depthOf = ({ path }: EntryNode) => path.length;
const topOf = ({ nodes }: PartEntries) => nodes.filter(({ parent }) => !parent);

type Pairs = ReturnType<typeof openPairs>;

function openPairs() {
	const [byA, byB] = [new Map<EntryNode, EntryPair>(), new Map<EntryNode, EntryPair>()];
	const add = (pair: EntryPair) => {
		byA.set(pair.a, pair);
		byB.set(pair.b, pair);
	};
	const isFree = ({ a, b }: EntryPair) => !byA.has(a) && !byB.has(b);
	return {
		all: () => [...byB.values()],
		add,
		isFree,
		isPair: ({ a, b }: EntryPair) => byB.get(b)?.a === a,
		/** False where their records are paired with others, or cannot be one. */
		addWithRecords(pair: EntryPair): boolean {
			const found = [pair];
			let { a, b } = { a: pair.a.parent, b: pair.b.parent };
			while (a && b && byB.get(b)?.a !== a) {
				if (!isFree({ a, b }) || !agree(a.own, b.own)) return false;
				found.push({ a, b });
				[a, b] = [a.parent, b.parent];
			}
			if (!isFree(pair)) return byB.get(pair.b)?.a === pair.a;
			found.forEach(add);
			return true;
		},
	};
}

/** Entries that have nothing of their own, at the beginning of a part, continue the last record before. */
function continueLists(a: readonly EntryNode[], b: readonly EntryNode[], paired: Pairs): void {
	const [last, first] = [a.at(-1), b[0]];
	if (!last || !first) return;
	const pair = { a: last, b: first };
	if (!paired.isPair(pair)) {
		if (!paired.isFree(pair) || first.lists.length === 0 || !goesOn(last.own, first.own)) return;
		paired.add({ ...pair, isContinued: true });
	}
	for (const list of first.lists) {
		const kind = list[0]?.kind;
		const same = last.lists.find((one) => one[0]?.kind === kind);
		continueLists(same ?? [], list, paired);
	}
}

/** What is said of the second record is not said of the first one, as behind the lists of both. */
const goesOn = (a: unknown, b: unknown) => agree(a, b) && !shareValue(a, b);

interface Pair<Item> {
	a: Item;
	b: Item;
	isMaybe: boolean;
}

/** How well two items fit; a worth of 0 is not at all. */
type Likeness<Item> = (a: Item, b: Item) => { worth: number; isMaybe: boolean };

export const align = <Item>(...terms: Parameters<typeof alignSteps<Item>>) =>
	inOneGo(alignSteps(...terms));

/** The pairs of two lists that are worth most together, each in the order of both. */
function* alignSteps<Item>(
	a: readonly Item[],
	b: readonly Item[],
	likeness: Likeness<Item>,
): Steps<Array<Pair<Item>>> {
	const pairs: Array<Pair<Item>> = [];
	let start = 0;
	// Mostly the lists are the same.
	for (const [at, one] of a.entries()) {
		const other = b[at];
		const { worth, isMaybe } = other === undefined ? NOTHING : likeness(one, other);
		if (other === undefined || worth < BEST) break;
		pairs.push({ a: one, b: other, isMaybe });
		start = at + 1;
	}
	return [...pairs, ...(yield* alignRest(a.slice(start), b.slice(start), likeness))];
}

const NOTHING = { worth: 0, isMaybe: false };
/** No other pair is better than this. */
const BEST = 8;

function* alignRest<Item>(
	a: readonly Item[],
	b: readonly Item[],
	likeness: Likeness<Item>,
): Steps<Array<Pair<Item>>> {
	const fits: Array<Array<ReturnType<Likeness<Item>>>> = [];
	for (const one of a) {
		yield;
		fits.push(b.map((other) => likeness(one, other)));
	}
	const worthOf = (i: number, j: number) => fits[i]?.[j]?.worth ?? 0;
	const best = Array.from({ length: a.length + 1 }, () => new Float64Array(b.length + 1));
	const bestOf = (i: number, j: number) => best[i]?.[j] ?? 0;
	for (let i = a.length - 1; i >= 0; i -= 1) {
		yield;
		for (let j = b.length - 1; j >= 0; j -= 1) {
			const worth = worthOf(i, j);
			const paired = worth > 0 ? worth + bestOf(i + 1, j + 1) : 0;
			best[i]?.fill(Math.max(paired, bestOf(i + 1, j), bestOf(i, j + 1)), j, j + 1);
		}
	}
	const pairs: Array<Pair<Item>> = [];
	for (let i = 0, j = 0; i < a.length && j < b.length;) {
		const [one, other, worth] = [a[i], b[j], worthOf(i, j)];
		if (one === undefined || other === undefined) break;
		if (worth > 0 && bestOf(i, j) === worth + bestOf(i + 1, j + 1)) {
			pairs.push({ a: one, b: other, isMaybe: fits[i]?.[j]?.isMaybe ?? false });
			i += 1;
			j += 1;
		} else if (bestOf(i + 1, j) >= bestOf(i, j + 1)) i += 1;
		else j += 1;
	}
	return pairs;
}
