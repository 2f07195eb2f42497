import { isRecord } from '../../isRecord';
import { isSame } from '../../isSame';
import { agree, shareValue } from './agree';
import { align, type Pair } from './align';
import type { EntryNode } from './entryNodes';
import { locate, type Located, type PartEntries } from './locate';
import { pairRecords, type EntryPair } from './pairRecords';
import { recordKey } from './recordKey';

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
export function sharedEntries(
	earlier: PartEntries,
	later: PartEntries,
	shared: string,
): SharedEntries {
	// A part that has nothing of its own repeats all that it says.
	const isRepeat = later.text.length > 0 ? later.text.trim() === shared.trim() : true;
	const isApart = !isRepeat && shared.trim() === '';
	const tail = locate(earlier, shared, 'end');
	const head = locate(later, shared, 'beginning');
	const found = align(isApart ? [] : tail, head, (a, b) => likeness(a, b, isRepeat));
	const sure = found.filter((pair) => !pair.isMaybe || isBesideSure(pair, found));
	const likely = sure.map(({ a, b }) => ({ a: a.node, b: b.node }));
	const { pairs, apart } = pairRecords(likely, { earlier, later });
	const taken = new Set([...pairs.flatMap(({ a, b }) => [a, b]), ...apart]);
	const openA = tail.filter(({ node }) => !taken.has(node));
	const openB = head.filter(({ node }) => !taken.has(node));
	const doubtful = isApart ? [] : openB.filter((b) => openA.some((a) => isDoubtful(a, b)));
	return { pairs, tail, head, doubts: [...doubtful.map(({ node }) => node), ...apart] };
}

/** How much two entries look like one; 0 is not at all. What only may be is worth least. */
function likeness(a: Located, b: Located, isRepeat: boolean): { worth: number; isMaybe: boolean } {
	const sure = (worth: number) => ({ worth, isMaybe: false });
	if (a.node.kind !== b.node.kind) return NONE;
	const isNear = a.where === 'inside' || b.where === 'inside';
	const isAway = a.where === 'outside' || b.where === 'outside';
	if (areEqual(a, b)) {
		if (isRepeat) return sure(8);
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
