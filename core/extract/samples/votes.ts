import { isRecord } from '../../isRecord';
import { jsonPointer } from '../../jsonPointer';
import { own } from '../../own';
import type { Steps } from '../../read/inSteps';
import { sameValue } from '../../read/sameValue';
import type { TextFacts } from '../../read/textFacts';
import { leavesOf, plainLeaf, type Leaf } from '../evidence/leaves';
import { isMissing, equalEntries } from '../parts/compareRecords';
import { align } from '../parts/sharedEntries';

/** A plain value, and what each answer says in its place. */
export interface Vote {
	path: PropertyKey[];
	leaf: Leaf;
	/** How many answers say what stands in the value. */
	votes: number;
	/** How many say what stands in the answer that was chosen. */
	own: number;
}

/** What several answers say together. */
export interface Votes {
	/** The answer that agrees most with the others, by its place. */
	chosen: number;
	/** The same with each plain value that most answers have in its place. */
	value: unknown;
	leaves: Vote[];
	/** JSON pointers of lists in which other answers have entries that the value lacks. */
	longer: string[];
}

/** What another answer says at each place of a value. */
interface Reading {
	leaves: Map<string, unknown>;
	longer: Set<string>;
	/** Places where both say the same. */
	same: number;
}

/** Counts what valid answers to one question agree on, by what its document says of spellings. */
export function* countVotes(answers: readonly unknown[], facts?: TextFacts): Steps<Votes> {
	const readings: Reading[][] = [];
	for (const answer of answers) {
		const row: Reading[] = [];
		for (const other of answers) {
			yield;
			row.push(readAs({ value: answer, other, facts }));
		}
		readings.push(row);
	}
	const chosen = mostAgreed(readings);
	const row = readings[chosen] ?? [];
	const leaves: Vote[] = [];
	const winners = new Map<string, unknown>();
	for (const { path, leaf } of leavesOf(answers[chosen])) {
		const pointer = jsonPointer(path);
		const said = row.map((reading) => reading.leaves.get(pointer));
		const { value, votes } = mostSaid(said, leaf, facts);
		if (!sameValue(value, leaf, facts)) winners.set(pointer, value);
		leaves.push({ path, leaf, votes, own: votesFor(said, leaf, facts) });
	}
	return {
		chosen,
		leaves,
		value: winners.size === 0 ? answers[chosen] : withWinners(answers[chosen], winners, []),
		longer: [...new Set(row.flatMap(({ longer }) => [...longer]))],
	};
}

/** Of those that agree most with the others, the one that says most: no entry is dropped on a tie. */
function mostAgreed(readings: readonly Reading[][]): number {
	const sizes = readings.map((row) => row[0]?.leaves.size ?? 0);
	const agreed = readings.map((row, at) =>
		row.reduce((sum, { same }, other) => {
			const said = (sizes[at] ?? 0) + (sizes[other] ?? 0) - same;
			return sum + (said > 0 ? same / said : 1);
		}, 0),
	);
	const [first] = agreed
		.map((share, at) => ({ share, at, size: sizes[at] ?? 0 }))
		.toSorted((a, b) => b.share - a.share || b.size - a.size);
	return first?.at ?? 0;
}

/** More than half of the answers have to say another value; a place that is missing is none. */
function mostSaid(
	said: readonly unknown[],
	leaf: Leaf,
	facts?: TextFacts,
): { value: unknown; votes: number } {
	const isMost = (one: unknown) => votesFor(said, one, facts) * 2 > said.length;
	const other = said.find((one) => one !== undefined && isMost(one));
	const value = other === undefined ? leaf : other;
	return { value, votes: votesFor(said, value, facts) };
}

function votesFor(said: readonly unknown[], value: unknown, facts?: TextFacts): number {
	return said.filter((one) => sameValue(one, value, facts)).length;
}

interface Compared {
	value: unknown;
	other: unknown;
	facts?: TextFacts;
}

function readAs(compared: Compared): Reading {
	const reading: Reading = { leaves: new Map(), longer: new Set(), same: 0 };
	readInto(reading, [], compared);
	return reading;
}

function readInto(
	reading: Reading,
	path: readonly PropertyKey[],
	{ value, other, facts }: Compared,
): void {
	if (Array.isArray(value)) {
		const list: unknown[] = Array.isArray(other) ? other : [];
		if (list.length > value.length) reading.longer.add(jsonPointer(path));
		for (const [at, same] of sameEntries(value, list, facts).entries()) {
			readInto(reading, [...path, at], { value: value[at], other: same, facts });
		}
		return;
	}
	if (isRecord(value) && !(value instanceof Date)) {
		for (const [key, inner] of Object.entries(value)) {
			const same = isRecord(other) ? own(other, key) : undefined;
			readInto(reading, [...path, key], { value: inner, other: same, facts });
		}
		return;
	}
	const said = other === undefined ? undefined : plainLeaf(other);
	reading.leaves.set(jsonPointer(path), said);
	if (sameValue(plainLeaf(value), said, facts)) reading.same += 1;
}

function withWinners(value: unknown, winners: Map<string, unknown>, path: PropertyKey[]): unknown {
	if (Array.isArray(value)) {
		return value.map((entry, at) => withWinners(entry, winners, [...path, at]));
	}
	if (isRecord(value) && !(value instanceof Date)) {
		return Object.fromEntries(
			Object.entries(value).map(([key, inner]) => [
				key,
				withWinners(inner, winners, [...path, key]),
			]),
		);
	}
	const pointer = jsonPointer(path);
	return winners.has(pointer) ? winners.get(pointer) : value;
}

/** More pairs of entries than this are not compared. */
const MOST_PAIRS = 100_000;
/** No likeness is worth more, so that lists that are the same are paired at once. */
const WHOLLY_ALIKE = 8;

/** For each entry of a list, the one of another list that means the same; undefined where there is none. */
function sameEntries(
	list: readonly unknown[],
	other: readonly unknown[],
	facts?: TextFacts,
): unknown[] {
	const pairs = equalEntries(list, other);
	const taken = new Set(pairs.values());
	const rest = [...list.keys()].filter((at) => !pairs.has(at));
	const left = [...other.keys()].filter((at) => !taken.has(at));
	if (rest.length * left.length <= MOST_PAIRS) {
		const likeness = (a: number, b: number) => ({
			worth: worthOf(list[a], other[b], facts),
			isMaybe: false,
		});
		for (const { a, b } of align(rest, left, likeness)) pairs.set(a, b);
	}
	return list.map((_entry, at) => other[pairs.get(at) ?? -1]);
}

/** How much of two entries is the same; 0 where nothing is. */
function worthOf(one: unknown, other: unknown, facts?: TextFacts): number {
	if (!isRecord(one) || !isRecord(other)) {
		return sameValue(one, other, facts) ? WHOLLY_ALIKE : 0;
	}
	const said = Object.entries(one).filter(([, value]) => !isMissing(value));
	const same = said.filter(
		([key, value]) => Object.hasOwn(other, key) && sameValue(value, other[key], facts),
	);
	return said.length === 0 ? 0 : (WHOLLY_ALIKE * same.length) / said.length;
}
