import { jsonPointer } from '../../jsonPointer';
import { groupBy } from '../../own';
import type { Steps } from '../../read/inSteps';
import type { JsonSchema } from '../../schema/jsonSchema';
import { chosenPlaces } from '../resolveSchema';
import type { Places } from './findEvidence';
import { leavesOf, type Leaf, type LeafPlace, type Span } from './leaves';

/** A value of a record in a list, and where the text says it. */
interface Placed {
	pointer: string;
	record: string;
	field: string;
	/** What it could be taken for. */
	kind: string;
	span: Span;
	/** It stands nowhere else. */
	isOnly: boolean;
}

/** Values that stand where others of their list would. */
export interface Misplaced {
	/** What could be exchanged: two records, or two values of one. */
	between: [one: string, other: string];
	how: 'eachOther' | 'order';
	/** All values that may be wrong. */
	pointers: string[];
}

/** Where the places are those of values that may have another one, all is looked at; else what is sure. */
type Given = Pick<Places, 'evidence'> & Partial<Places>;

/**
 * Values of records that stand beside another record's in the text, and values of a kind that stand in
 * another order than in most records. Which of two is right, nobody knows.
 */
export function* misplaced(leaves: readonly LeafPlace[], given: Given): Steps<Misplaced[]> {
	const found: Misplaced[] = [];
	for (const records of yield* recordsOf(leaves, given)) {
		for (const [at, record] of records.entries()) {
			yield;
			const next = records.slice(at + 1, at + 1 + REACH);
			found.push(...next.flatMap((other) => exchanged(record, other)));
		}
		found.push(...(yield* outOfOrder(records)));
	}
	return found;
}

/** By list, its records with what was found of them. */
function* recordsOf(leaves: readonly LeafPlace[], { evidence, only }: Given): Steps<Placed[][][]> {
	const lists = new Map<string, Map<string, Placed[]>>();
	for (const { path, leaf } of leaves) {
		yield;
		const at = path.findLastIndex((key) => typeof key === 'number');
		const pointer = jsonPointer(path);
		const span = evidence[pointer];
		if (at === -1 || at === path.length - 1 || !span) continue;
		const [name, record] = [jsonPointer(path.slice(0, at)), jsonPointer(path.slice(0, at + 1))];
		const field = jsonPointer(path.slice(at + 1));
		const isOnly = only?.has(pointer) ?? true;
		const list = lists.get(name) ?? new Map<string, Placed[]>();
		const own = list.get(record) ?? [];
		own.push({ pointer, record, field, kind: kindOf(leaf), span, isOnly });
		lists.set(name, list.set(record, own));
	}
	return [...lists.values()].map((list) => [...list.values()]);
}

/** Nobody takes a name for a number. */
const kindOf = (leaf: Leaf) =>
	typeof leaf === 'string' ? (/\d/.test(leaf) ? 'code' : 'words') : typeof leaf;

/** Records further apart than this are not compared. */
const REACH = 3;

/** Two records of which one value stands in the other's: exchanged, each would be nearer to its own. */
function exchanged(record: readonly Placed[], other: readonly Placed[]): Misplaced[] {
	const isOther = record.some((one) => {
		const same = other.find(({ field }) => field === one.field);
		if (!same || !one.isOnly || !same.isOnly || isSamePlace(one.span, same.span)) return false;
		const [mine, theirs] = [record, other].map((all) =>
			all.filter(({ field }) => field !== one.field),
		);
		const own = distance(one.span, mine) + distance(same.span, theirs);
		return distance(one.span, theirs) + distance(same.span, mine) < own;
	});
	if (!isOther) return [];
	const pointers = [...record, ...other].map(({ pointer }) => pointer);
	return [
		{ between: [record[0]?.record ?? '', other[0]?.record ?? ''], how: 'eachOther', pointers },
	];
}

const isSamePlace = (a: Span, b: Span) => a.start === b.start && a.end === b.end;

/** Characters between a place and the nearest of some others. */
function distance({ start, end }: Span, others: readonly Placed[] = []): number {
	const gaps = others.map(({ span }) => Math.max(0, span.start - end, start - span.end));
	return gaps.length === 0 ? 0 : Math.min(...gaps);
}

/** Two values of a kind that stand in another order than in most records of their list. */
function* outOfOrder(records: readonly Placed[][]): Steps<Misplaced[]> {
	const pairs: Pair[] = [];
	for (const record of records) {
		yield;
		pairs.push(...pairsOf(record));
	}
	return [...groupBy(pairs, ({ fields }) => fields).values()]
		.flatMap((same) => {
			const first = same.filter(({ isFirst }) => isFirst).length;
			const isOdd = ({ isFirst }: Pair) =>
				(isFirst ? first : same.length - first) * 2 <= same.length;
			const isMixed = first > 0 && first < same.length;
			return isMixed ? same.filter(isOdd) : [];
		})
		.map(({ pointers }) => ({ between: pointers, how: 'order', pointers: [...pointers] }));
}

interface Pair {
	fields: string;
	/** Whether the first of both fields stands first. */
	isFirst: boolean;
	pointers: [one: string, other: string];
}

function pairsOf(record: readonly Placed[]): Pair[] {
	const sorted = record.filter(({ isOnly }) => isOnly).sort((a, b) => (a.field < b.field ? -1 : 1));
	return sorted.flatMap((a, at) =>
		sorted.slice(at + 1).flatMap((b) => {
			if (a.kind !== b.kind || isSamePlace(a.span, b.span)) return [];
			const isFirst = a.span.start < b.span.start;
			return [{ fields: `${a.field} ${b.field}`, isFirst, pointers: [a.pointer, b.pointer] }];
		}),
	);
}

/** What `misplaced` is sure of, in words. */
export function* misplacedWarnings(
	value: unknown,
	places: Places,
	schema: JsonSchema,
): Steps<string[]> {
	const isChosen = chosenPlaces(schema);
	const read: LeafPlace[] = [];
	for (const place of leavesOf(value)) {
		yield;
		if (!isChosen(place.path)) read.push(place);
	}
	const found = yield* misplaced(read, places);
	const words = found
		.slice(0, MOST_NAMED)
		.map(({ between: [one, other], how }) =>
			how === 'order'
				? `misplaced ${one}, ${other}: the text has them in another order than in the other entries`
				: `misplaced ${one}, ${other}: in the text, a value of each stands beside those of the other`,
		);
	const more = found.length - words.length;
	return more > 0 ? [...words, `misplaced: and ${more} more`] : words;
}

const MOST_NAMED = 5;
