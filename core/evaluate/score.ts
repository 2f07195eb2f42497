import { isRecord } from '../lib/isRecord';
import { jsonPointer } from '../lib/jsonPointer';
import { own } from '../lib/own';
import { inOneGo, type Steps } from '../lib/steps';
import { isNothing, sameValue, saysSo } from '../read/sameValue';
import type { TextFacts } from '../read/textFacts';
import { pairEntries } from './pairEntries';

/** `wrong` is a different value, `missing` none where one was expected, `extra` one where none was. */
export type Verdict = 'right' | 'wrong' | 'missing' | 'extra';

/** One plain value, and whether it is as expected. */
export interface Mark {
	/** Whether it is right. */
	verdict: Verdict;
	/** A JSON pointer of the expected value, or of the extra value. */
	path: string;
	/** The same for all entries of a list: `*` for each position. */
	field: string;
	/** What should be there; absent if nothing should. */
	expected?: unknown;
	/** What was returned; absent if nothing was. */
	actual?: unknown;
	/** The pointer of the returned value, if there is one. */
	given?: string;
}

interface Place {
	/** The paths of what is expected, and of what was returned. */
	path: readonly PropertyKey[];
	given: readonly PropertyKey[];
	facts?: TextFacts;
}

/**
 * Each plain value that was expected or returned. Entries of lists are compared with those that fit
 * best, whatever their order; null, empty and absent are the same and do not count.
 */
export function marksOf(expected: unknown, actual: unknown, facts?: TextFacts): Mark[] {
	return inOneGo(markSteps(expected, actual, facts));
}

/** The same with pauses: each entry of two long lists is compared with each. */
export function* markSteps(expected: unknown, actual: unknown, facts?: TextFacts): Steps<Mark[]> {
	const found: Mark[] = [];
	for (const mark of marks(expected, actual, { path: [], given: [], facts })) {
		if (mark) found.push(mark);
		else yield;
	}
	return found;
}

/** Undefined is a pause. */
type Marks = Generator<Mark | undefined, void, undefined>;

function* marks(expected: unknown, actual: unknown, place: Place): Marks {
	if (Array.isArray(expected) || (Array.isArray(actual) && !isRecord(expected))) {
		yield* listMarks(listOf(expected), listOf(actual), place);
		if (isLeaf(expected)) yield* leafMarks(expected, undefined, place);
		if (isLeaf(actual) || isRecord(actual)) yield* marks(undefined, actual, place);
	} else if (isRecord(expected) || isRecord(actual)) {
		yield* recordMarks(expected, actual, place);
	} else yield* leafMarks(expected, actual, place);
}

const isLeaf = (value: unknown) => !isNothing(value) && !Array.isArray(value) && !isRecord(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function* recordMarks(expected: unknown, actual: unknown, place: Place): Marks {
	const [a, b] = [isRecord(expected) ? expected : {}, isRecord(actual) ? actual : {}];
	for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
		yield* marks(own(a, key), own(b, key), under(place, key, key));
	}
	if (isLeaf(expected)) yield* leafMarks(expected, undefined, place);
	if (!isRecord(actual) && !isNothing(actual)) yield* marks(undefined, actual, place);
}

const under = (place: Place, key: PropertyKey, given: PropertyKey): Place => ({
	...place,
	path: [...place.path, key],
	given: [...place.given, given],
});

function* listMarks(expected: readonly unknown[], actual: readonly unknown[], place: Place): Marks {
	const pairs = yield* pairEntries(expected, actual, (a, b) => rightIn(a, b, place.facts));
	for (const { a, b } of pairs) {
		const entry = under(place, a ?? b ?? 0, b ?? a ?? 0);
		yield* marks(
			a === undefined ? undefined : expected[a],
			b === undefined ? undefined : actual[b],
			entry,
		);
	}
}

/** How much two entries have in common. */
function* rightIn(expected: unknown, actual: unknown, facts?: TextFacts): Steps<number> {
	const own = yield* markSteps(expected, actual, facts);
	return own.filter(({ verdict }) => verdict === 'right').length;
}

function* leafMarks(expected: unknown, actual: unknown, place: Place): Marks {
	const isNone = isNothing(expected) ? saysSo(actual) : isNothing(actual) && saysSo(expected);
	if (isNone) return;
	const path = isNothing(expected) ? place.given : place.path;
	const names = place.path.map((key) => (typeof key === 'number' ? '*' : key));
	yield {
		verdict: verdictOf(expected, actual, place.facts),
		...{ path: jsonPointer(path), field: jsonPointer(names) },
		...(isNothing(expected) ? {} : { expected }),
		...(isNothing(actual) ? {} : { actual, given: jsonPointer(place.given) }),
	};
}

function verdictOf(expected: unknown, actual: unknown, facts?: TextFacts): Verdict {
	if (isNothing(expected)) return 'extra';
	if (isNothing(actual)) return 'missing';
	return sameValue(expected, actual, facts) ? 'right' : 'wrong';
}

/** The number of values of each verdict. */
export type Counts = Record<Verdict, number>;

/**
 * The scores of the counts, from 0 to 1; if nothing was expected and nothing returned, all is right.
 */
export interface Scores {
	/** The share of returned values that are right. */
	precision: number;
	/** The share of expected values that are right. */
	recall: number;
	/** Both in one number, their harmonic mean. */
	f1: number;
}

export function countsOf(list: ReadonlyArray<Pick<Mark, 'verdict'>>): Counts {
	const counts: Counts = { right: 0, wrong: 0, missing: 0, extra: 0 };
	for (const { verdict } of list) counts[verdict] += 1;
	return counts;
}

export function addCounts(a: Counts, b: Counts): Counts {
	return {
		right: a.right + b.right,
		wrong: a.wrong + b.wrong,
		missing: a.missing + b.missing,
		extra: a.extra + b.extra,
	};
}

export function scoresOf({ right, wrong, missing, extra }: Counts): Scores {
	const share = (of: number) => (of === 0 ? 1 : right / of);
	const [given, wanted] = [right + wrong + extra, right + wrong + missing];
	return { precision: share(given), recall: share(wanted), f1: share((given + wanted) / 2) };
}
