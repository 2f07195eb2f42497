import type { Failure } from '../errors';
import { isRecord } from '../isRecord';
import { jsonPointer } from '../jsonPointer';
import { unsafeNumbers, type SourceNumbers } from '../json/sourceNumbers';
import { sharingBudget } from '../schema/patterns/budget';
import { withValues } from '../schema/withValues';
import { abbreviated, abbreviation } from './abbreviated';
import { coerce, type CoerceContext } from './coerce';
import { asListIn, readForms } from './forms/readForms';
import { areEqual, joinAnswers } from './joinAnswers';
import { droppedKeys, renamedFields } from './otherKeys';
import { NO_JSON, parseJson, type Candidate } from './parseJson';
import type { Target } from './targetSchema';

/** A valid value; `given` is the same before zod's defaults and transforms. */
export interface Taken {
	ok: true;
	value: unknown;
	given: unknown;
	warnings: string[];
}

export type ReadAnswer = Taken | { ok: false; failures: Failure[] };

/** An answer with more JSON than this is no answer; the rest is named in a warning. */
const MOST_CANDIDATES = 20;

/**
 * The value in a model's answer: each JSON that can be found in it is tried, as it is and then
 * coerced, if that is wanted; only one that is valid against the caller's schema is taken. Where there
 * is no JSON, other forms are read that fit the schema.
 */
export function readAnswer(
	text: string,
	target: Target,
	coercion: CoerceContext | false = {},
): ReadAnswer {
	// All that is tried shares what the patterns of the schema may take.
	return sharingBudget(() => readCandidates(text, target, coercion));
}

function readCandidates(text: string, target: Target, coercion: CoerceContext | false): ReadAnswer {
	const parsed = parseJson(text);
	if (!parsed.ok) {
		if (parsed.isAbbreviated) return { ok: false, failures: [abbreviation(parsed.reason)] };
		const none: Failure = { path: '', message: parsed.reason, code: 'noJson' };
		return readOthers(parsed.reason === NO_JSON ? text : '', { target, coercion, none });
	}
	const { candidates, unread } = parsed;
	const judged = judgeAll(listsFirst(candidates, target), { target, coercion });
	const valid = judged.flatMap(({ read, candidate }) => (read.ok ? [{ ...read, candidate }] : []));
	const [taken] = valid;
	if (!taken) {
		const failures = judged.flatMap(({ read }) => (read.ok ? [] : [read.failures]))[0] ?? [];
		const none = failures[0] ?? { path: '', message: NO_JSON, code: 'noJson' };
		const isProse = unread === undefined && candidates.every(isAside);
		const others = readOthers(isProse ? text : '', { target, coercion, none });
		return others.ok ? others : { ok: false, failures };
	}
	const rest = [
		unread,
		unfitIn(judged, taken),
		candidates.length > MOST_CANDIDATES ? 'there is more JSON' : undefined,
	];
	return withOthers(taken, otherThan(taken, valid), rest);
}

/** Objects beside the value that do not fit: they may hold what it lacks. */
function unfitIn(judged: ReturnType<typeof judgeAll>, { candidate: taken }: Valid) {
	const whole = JSON.stringify(taken.value);
	const unfit = judged.filter(({ read, candidate: { value, isOuter } }) => {
		const isObject = isRecord(value) && Object.keys(value).length > 0;
		return !read.ok && isObject && !isOuter && !whole.includes(JSON.stringify(value));
	});
	return unfit.length > 0 ? `${unfit.length} JSON values do not fit the schema` : undefined;
}

interface Reading {
	target: Target;
	coercion: CoerceContext | false;
}

function judgeAll(candidates: readonly Candidate[], reading: Reading) {
	const judged: Array<{ candidate: Candidate; read: ReadAnswer }> = [];
	for (const candidate of candidates.slice(0, MOST_CANDIDATES)) {
		const read = judge(candidate, reading);
		judged.push({ candidate, read });
		// A pattern that is too slow once is so each time.
		if (!read.ok && read.failures.some(({ code }) => code === 'slowPattern')) break;
	}
	return judged;
}

/** A list in brackets, as prose has them: no reason not to look for another form. */
function isAside({ value, warnings }: Candidate): boolean {
	const isPlain = Array.isArray(value) && value.every((entry) => typeof entry !== 'object');
	return isPlain && warnings.includes('prose');
}

function readOthers(text: string, { target, coercion, none }: Reading & { none: Failure }) {
	const { candidate, failure } = readForms(text, target.schema);
	if (failure) return { ok: false as const, failures: [failure] };
	const read = candidate ? judge(candidate, { target, coercion }) : undefined;
	return read ?? { ok: false as const, failures: [none] };
}

/** Values that follow one another are a list where the schema wants one of just such values. */
function listsFirst(candidates: readonly Candidate[], { schema }: Target): Candidate[] {
	const isList = ({ warnings }: Candidate) => warnings.includes('jsonLines');
	const lists = candidates.filter(isList).flatMap((candidate) => {
		const value = asListIn(schema, candidate.value);
		return value === undefined ? [] : [{ ...candidate, value }];
	});
	return [...lists, ...candidates.filter((candidate) => !isList(candidate))];
}

type Valid = Taken & { candidate: Candidate };

function otherThan(taken: Valid, valid: readonly Valid[]): Valid[] {
	// As they were written: one entry alone may have been made a list of its own.
	const whole = JSON.stringify(taken.candidate.value);
	return valid.filter(({ given, candidate }) => {
		const isAlternative = candidate.isOuter === true || candidate.warnings.includes('jsonLines');
		const own = JSON.stringify(candidate.value);
		const isInside = taken.warnings.includes('jsonLines') && whole.includes(own);
		return !isAlternative && !isInside && !areEqual(given, taken.given);
	});
}

/** Other valid values are named, or the reason to ask again where they may be the rest of this one. */
function withOthers(
	{ value, given, warnings }: Valid,
	others: readonly Valid[],
	rest: ReadonlyArray<string | undefined>,
): ReadAnswer {
	if (others.some((other) => joinAnswers([other.given, given]).ok)) {
		return { ok: false, failures: [severalAnswers(`${others.length + 1} JSON values`)] };
	}
	const named = others.length > 0 ? [`${others.length} more JSON values fit the schema`] : [];
	const unread = rest.filter((reason) => reason !== undefined);
	const extra = [...named, ...unread].map((reason) => `otherCandidates: ${reason}`);
	return { ok: true, value, given, warnings: [...warnings, ...extra] };
}

export function severalAnswers(what: string, path: readonly PropertyKey[] = []): Failure {
	const message = `the answer holds ${what} that cannot be made one without a guess: give one, with everything in it`;
	return { path: jsonPointer(path), message, code: 'severalAnswers' };
}

function judge({ value: found, warnings, numbers }: Candidate, reading: Reading): ReadAnswer {
	const { value, numbers: own } = reading.target.form.receive(found, numbers);
	const left = abbreviated(value);
	if (left.length > 0) return { ok: false, failures: left };
	const read = validate(value, reading, own);
	return read.ok ? { ...read, warnings: [...warnings, ...read.warnings] } : read;
}

/** As it is, else coerced; never with a number that is not the one that was written. */
function validate(
	value: unknown,
	{ target, coercion }: Reading,
	numbers: SourceNumbers | undefined,
): ReadAnswer {
	const asIs = target.check(value);
	const unsafe = unsafeNumbers(value, numbers);
	if (asIs.ok && unsafe.length === 0) {
		return (
			(coercion && renamedFields(value, target, coercion)) || {
				...{ ...asIs, given: value },
				warnings: droppedKeys(value, asIs.value),
			}
		);
	}
	const failures = asIs.ok ? unsafe : asIs.failures;
	if (!coercion) return { ok: false, failures };
	const coerced = coerce(value, target.schema, { ...coercion, numbers });
	const read = target.check(coerced.value);
	if (!read.ok) {
		// Which two readings there are says more than which type is wrong.
		const isExplained = ({ path }: Failure) => coerced.failures.some((one) => one.path === path);
		const others = failures.filter((failure) => !isExplained(failure));
		return { ok: false, failures: [...withValues(coerced.failures, value), ...others] };
	}
	const still = unsafeNumbers(coerced.value, numbers);
	if (still.length > 0) return { ok: false, failures: still };
	return { ...read, given: coerced.value, warnings: coerced.warnings };
}
