import { groupBy } from '../../lib/own';
import { remembering } from '../../lib/perObject';
import type { Range, Steps } from '../../lib/steps';
import { leavesOf, type Leaf } from '../evidence/leaves';
import type { EntryNode } from './entryNodes';
import type { PartText } from './wordPlaces';

/** Numbers with a sign between them that may part two numbers, or be that of one. */
const JOINED = /(?<![\d.,])-?\d+(?:\.\d+)?(?:,-?\d+(?:\.\d+)?)+(?![\d]|[.,]\d)/g;
/** Of the numbers of an entry, those that follow one. */
const MOST_NEXT = 4;
const PER_STEP = 500;

/**
 * A part whose text also has the numbers that are written without a space between them, as in
 * `17,42`: where an entry has both, and none the whole as one number.
 */
export function* withJoined(part: PartText, nodes: readonly EntryNode[]): Steps<PartText> {
	const found = [...part.text.matchAll(JOINED)];
	if (found.length === 0) return part;
	const numbers = new Set<number>();
	const pairs = new Set<string>();
	for (const { own: value, parent } of nodes) {
		yield;
		const leaves = parent ? [] : leavesOf(value);
		const own = leaves.flatMap(({ leaf }) => numberIn(leaf));
		if (leaves.length === 1) pairs.add(own.join());
		for (const [at, one] of own.entries()) {
			if (at % PER_STEP === 0) yield;
			numbers.add(one);
			for (const next of own.slice(at + 1, at + 1 + MOST_NEXT))
				pairs.add(`${one} ${next}`).add(`${next} ${one}`);
		}
	}
	const pieces: Piece[] = [];
	for (const [at, { 0: whole, index }] of found.entries()) {
		if (at % PER_STEP === 0) yield;
		if (!isOne(whole, numbers)) pieces.push(...piecesOf(whole, index, pairs));
	}
	const more = groupBy(pieces, ({ number }) => number);
	return more.size === 0 ? part : { ...part, placesOf: remembering(placesOf) };
	function placesOf(leaf: Leaf): Range[] {
		const own = part.placesOf(leaf);
		const known = new Set(own.map(([from]) => from));
		const joined = numberIn(leaf).flatMap((number) => more.get(number) ?? []);
		const others = joined.flatMap(({ range }) => (known.has(range[0]) ? [] : [range]));
		return others.length === 0 ? own : [...own, ...others].sort(([a], [b]) => a - b);
	}
}

interface Piece {
	number: number;
	range: Range;
}

const numberIn = (leaf: Leaf) => (typeof leaf === 'number' ? [leaf] : []);

const isOne = (text: string, numbers: ReadonlySet<number>) =>
	numbers.has(Number(text.replace(',', '.'))) || numbers.has(Number(text.replace(/[.,]/g, '')));

/** The numbers in a text that stand beside another one of their entry, or are all of it. */
function piecesOf(whole: string, start: number, pairs: ReadonlySet<string>): Piece[] {
	const pieces = [...whole.matchAll(/[^,]+/g)];
	const numbers = pieces.map(([piece]) => Number(piece));
	const isPair = (at: number) => pairs.has(`${numbers[at]} ${numbers[at + 1]}`);
	return pieces.flatMap(({ 0: piece, index }, at): Piece[] => {
		const from = start + index;
		const isOwn = isPair(at) || isPair(at - 1) || pairs.has(String(Number(piece)));
		return isOwn ? [{ number: Number(piece), range: [from, from + piece.length] }] : [];
	});
}
