import { jsonPointer } from '../../lib/jsonPointer';
import { groupBy } from '../../lib/own';
import type { Steps } from '../../lib/steps';
import type { JsonSchema } from '../../schema/jsonSchema';
import { chosenPlaces } from '../resolveSchema';
import type { Places } from './findEvidence';
import { leavesOf, type Leaf, type LeafPlace, type Span } from './leaves';

/** A value of a record in a list, and where the text says it. */
interface Placed {
	pointer: string;
	record: string;
	field: string;
	/** The kind of value it could be confused with. */
	kind: string;
	span: Span;
	/** It occurs nowhere else. */
	isOnly: boolean;
}

/** Values in the place of others of their list. */
export interface Misplaced {
	/** What may have been exchanged: two records, or two values of one record. */
	between: [one: string, other: string];
	how: 'eachOther' | 'order';
	/** All values that may be wrong. */
	pointers: string[];
}

/**
 * If the places belong to values that may have other places, everything is examined; otherwise only
 * what is certain.
 */
type Given = Pick<Places, 'evidence'> & Partial<Places>;

/**
 * Finds values of records that the text has next to another record, and values of one kind in another
 * order than in most records. Which of the two is right cannot be known.
 */
export function* misplaced(leaves: readonly LeafPlace[], given: Given): Steps<Misplaced[]> {
	const found: Misplaced[] = [];
	for (const records of yield* recordsOf(leaves, given)) {
		for (const [at, record] of records.entries()) {
			yield;
			const next = records.slice(at + 1, at + 1 + REACH);
			found.push(...next.flatMap((other) => exchanged(record, other)));
		}
		for (const one of yield* outOfOrder(records)) found.push(one);
	}
	return found;
}

/** For each list, its records with the places found for them. */
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

/** Names and numbers cannot be confused. */
const kindOf = (leaf: Leaf) =>
	typeof leaf === 'string' ? (/\d/.test(leaf) ? 'code' : 'words') : typeof leaf;

/** Records further apart than this are not compared. */
const REACH = 3;

/**
 * Two records with one value in the place of the other's: exchanged, each would be closer to its own
 * record.
 */
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

/** The number of characters between a place and the nearest of some others. */
function distance({ start, end }: Span, others: readonly Placed[] = []): number {
	const gaps = others.map(({ span }) => Math.max(0, span.start - end, start - span.end));
	return gaps.length === 0 ? 0 : Math.min(...gaps);
}

/** Two values of one kind in another order than in most records of their list. */
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
	/** Whether the first of the two fields comes first. */
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

/** Warnings for what `misplaced` is sure of. */
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
				: `misplaced ${one}, ${other}: in the text, a value of each is next to the other`,
		);
	const more = found.length - words.length;
	return more > 0 ? [...words, `misplaced: and ${more} more`] : words;
}

const MOST_NAMED = 5;
