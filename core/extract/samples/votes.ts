import { isRecord } from '../../lib/isRecord';
import { jsonPointer } from '../../lib/jsonPointer';
import { own } from '../../lib/own';
import type { Steps } from '../../lib/steps';
import { sameValue } from '../../read/sameValue';
import type { TextFacts } from '../../read/textFacts';
import { leavesOf, plainLeaf, type Leaf } from '../evidence/leaves';
import { isMissing, equalEntries } from '../parts/compareRecords';
import { align } from '../parts/sharedEntries';
import { SAYS_LITTLE, SURE, type TextsVotes } from './textsVote';

/** One of several answers. */
export interface Answer {
	value: unknown;
	/** Missing if nothing is known about it. */
	text?: TextsVotes;
}

/** A plain value, and what the answers say in its place. */
export interface Vote {
	path: PropertyKey[];
	leaf: Leaf;
	/** How many answers say it. */
	votes: number;
	/** The weight of the others: half, if the text hardly supports them and fully supports the value. */
	against: number;
	/** The largest number of answers that agree on another value. */
	rival: number;
}

/** The result of counting several answers. */
export interface Votes {
	/** The index of the answer that agrees most with the others. */
	chosen: number;
	/** That answer, with each plain value that the majority or the text has in its place. */
	value: unknown;
	leaves: Vote[];
	/** The votes for the plain values of the chosen answer. */
	own: Vote[];
	/** JSON pointers of lists in which other answers have entries that the value lacks. */
	longer: string[];
	/** And of lists in which others only have additional records about which the text says nothing. */
	unsaid: string[];
}

/** What an answer says in a place of another one. */
interface Said {
	value: unknown;
	text?: number;
}

/** What another answer says at each place of a value. */
interface Reading {
	leaves: Map<string, Said>;
	longer: Set<string>;
	unsaid: Set<string>;
	/** Places in which both say the same. */
	same: number;
}

/** Counts what valid answers to one question agree on; the document decides about spellings. */
export function* countVotes(answers: readonly Answer[], facts?: TextFacts): Steps<Votes> {
	const readings: Reading[][] = [];
	for (const answer of answers) {
		const row: Reading[] = [];
		for (const other of answers) {
			yield;
			row.push(readAs(answer, other, facts));
		}
		readings.push(row);
	}
	const chosen = mostAgreed(readings, answers);
	const row = readings[chosen] ?? [];
	const given = answers[chosen]?.value;
	const leaves: Vote[] = [];
	const kept: Vote[] = [];
	const winners = new Map<string, unknown>();
	for (const { path, leaf } of leavesOf(given)) {
		const pointer = jsonPointer(path);
		const said = row.map((reading) => reading.leaves.get(pointer) ?? { value: undefined });
		const votes = (value: unknown) => votesFor(value, said, facts);
		const winner = mostSaid(said, { leaf, votes });
		if (!sameValue(winner, leaf, facts)) winners.set(pointer, winner);
		leaves.push({ path, leaf: plainLeaf(winner), ...votes(winner) });
		kept.push({ path, leaf, ...votes(leaf) });
	}
	return {
		...{ chosen, leaves, own: kept },
		value: winners.size === 0 ? given : withWinners(given, winners, []),
		longer: [...new Set(row.flatMap(({ longer }) => [...longer]))],
		unsaid: [...new Set(row.flatMap(({ unsaid }) => [...unsaid]))],
	};
}

/**
 * Of those that agree most with the others, the most complete one: no entry is dropped on a tie, except
 * one about which the text says nothing.
 */
function mostAgreed(readings: readonly Reading[][], answers: readonly Answer[]): number {
	const sizes = readings.map((row) => row[0]?.leaves.size ?? 0);
	const agreed = readings.map((row, at) =>
		row.reduce((sum, { same }, other) => {
			const said = (sizes[at] ?? 0) + (sizes[other] ?? 0) - same;
			return sum + (said > 0 ? same / said : 1);
		}, 0),
	);
	const [first] = agreed
		.map((share, at) => ({
			...{ share, at, size: sizes[at] ?? 0 },
			unsaid: answers[at]?.text?.unsaid.size ?? 0,
		}))
		.toSorted((a, b) => b.share - a.share || a.unsaid - b.unsaid || b.size - a.size);
	return first?.at ?? 0;
}

interface Standing {
	leaf: Leaf;
	votes(this: void, value: unknown): Pick<Vote, 'votes' | 'against' | 'rival'>;
}

/**
 * More than half of the answers have to say another value; or the text, if it hardly supports this one
 * and at least as many answers say the other. A missing place does not count.
 */
function mostSaid(said: readonly Said[], { leaf, votes }: Standing): unknown {
	const others = said.filter(({ value }) => value !== undefined);
	const most = others.find(({ value }) => votes(value).votes * 2 > said.length);
	if (most) return most.value;
	const own = votes(leaf).votes;
	if (!others.some((one) => one.value === leaf && isUnsaid(one))) return leaf;
	const better = others.find((one) => isSaidByText(one) && votes(one.value).votes >= own);
	return better ? better.value : leaf;
}

const isUnsaid = ({ text }: Said) => text !== undefined && text <= SAYS_LITTLE;
const isSaidByText = ({ text }: Said) => text !== undefined && text >= SURE;

function votesFor(
	value: unknown,
	said: readonly Said[],
	facts?: TextFacts,
): Pick<Vote, 'votes' | 'against' | 'rival'> {
	const isFor = (one: Said) => sameValue(one.value, value, facts);
	const others = said.filter((one) => !isFor(one));
	const isBacked = said.some((one) => isFor(one) && isSaidByText(one));
	const weights = others.map((one) => (isBacked && isUnsaid(one) ? 0.5 : 1));
	const counts = others.map(
		(one) => others.filter((other) => sameValue(one.value, other.value, facts)).length,
	);
	return {
		votes: said.length - others.length,
		against: weights.reduce((sum, weight) => sum + weight, 0),
		rival: Math.max(0, ...counts),
	};
}

interface Compared {
	value: unknown;
	/** Undefined if the other answer has no such place. */
	other?: { value: unknown; path: readonly PropertyKey[] };
	text?: TextsVotes;
	facts?: TextFacts;
}

function readAs({ value }: Answer, { value: other, text }: Answer, facts?: TextFacts): Reading {
	const reading: Reading = { leaves: new Map(), longer: new Set(), unsaid: new Set(), same: 0 };
	readInto(reading, [], { value, other: { value: other, path: [] }, text, facts });
	return reading;
}

function readInto(reading: Reading, path: readonly PropertyKey[], compared: Compared): void {
	const { value, other, facts } = compared;
	const inner = (key: PropertyKey, one: unknown, at: PropertyKey | undefined) =>
		readInto(reading, [...path, key], { ...compared, value: one, other: placeIn(other, at) });
	if (Array.isArray(value)) {
		const list: unknown[] = Array.isArray(other?.value) ? other.value : [];
		if (list.length > value.length) {
			const isMore = saidOf(list, compared) > value.length;
			reading[isMore ? 'longer' : 'unsaid'].add(jsonPointer(path));
		}
		const pairs = sameEntries(value, list, facts);
		for (const [at, entry] of value.entries()) inner(at, entry, pairs.get(at));
		return;
	}
	if (isRecord(value) && !(value instanceof Date)) {
		for (const [key, entry] of Object.entries(value)) inner(key, entry, key);
		return;
	}
	const said = other === undefined ? undefined : plainLeaf(other.value);
	reading.leaves.set(jsonPointer(path), {
		value: said,
		text: other && compared.text?.votes.get(jsonPointer(other.path)),
	});
	if (sameValue(plainLeaf(value), said, facts)) reading.same += 1;
}

/** How many entries the text says something about. */
function saidOf(list: readonly unknown[], { other, text }: Compared): number {
	const isSaid = (_entry: unknown, at: number) =>
		!text?.unsaid.has(jsonPointer([...(other?.path ?? []), at]));
	return list.filter(isSaid).length;
}

/** The value under a key of a place; undefined if there is none. */
function placeIn(other: Compared['other'], key: PropertyKey | undefined): Compared['other'] {
	if (!other || key === undefined) return undefined;
	const { value, path } = other;
	const inner: unknown = Array.isArray(value)
		? value[Number(key)]
		: isRecord(value)
			? own(value, String(key))
			: undefined;
	return inner === undefined ? undefined : { value: inner, path: [...path, key] };
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
/** No similarity counts more, so that equal lists are paired at once. */
const WHOLLY_ALIKE = 8;

/** For each position in a list, the position of the entry in another list that means the same. */
function sameEntries(
	list: readonly unknown[],
	other: readonly unknown[],
	facts?: TextFacts,
): Map<number, number> {
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
	return pairs;
}

/** How much two entries have in common; 0 if nothing. */
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
