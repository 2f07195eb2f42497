import type { Failure } from '../errors';
import { isRecord } from '../isRecord';
import { jsonPointer } from '../jsonPointer';
import { inOneGo, type Steps } from '../read/inSteps';
import { sharingBudgetSteps } from '../schema/patterns/budget';
import { abbreviation } from './abbreviated';
import { bareList } from './bareList';
import { fieldNamed, fieldsOf, isEntryIn } from './forms/fields';
import { asListIn, readForms } from './forms/readForms';
import { areEqual, joinAnswers } from './joinAnswers';
import { judge, openReading, type Reading, type ReadTerms } from './judge';
import { NO_JSON, parseJson, type Candidate } from './parseJson';
import type { ReadAnswer, Taken } from './taken';
import type { Target } from './targetSchema';

/** An answer with more JSON than this is no answer; the rest is named in a warning. */
const MOST_CANDIDATES = 20;

/**
 * The value in a model's answer: each JSON that can be found in it is tried, as it is and then
 * coerced, if that is wanted; only one that is valid against the caller's schema is taken. Where there
 * is no JSON, other forms are read that fit the schema.
 */
export function readAnswer(text: string, target: Target, terms: ReadTerms = {}): ReadAnswer {
	return inOneGo(answerSteps(text, target, terms));
}

export function answerSteps(text: string, target: Target, terms: ReadTerms): Steps<ReadAnswer> {
	// All that is tried shares what the patterns of the schema may take.
	return sharingBudgetSteps(readCandidates(text, openReading(target, terms)));
}

function* readCandidates(text: string, reading: Reading): Steps<ReadAnswer> {
	const { target } = reading;
	const parsed = parseJson(text);
	yield;
	if (!parsed.ok) {
		if (parsed.isAbbreviated) return { ok: false, failures: [abbreviation(parsed.reason)] };
		const none: Failure = { path: '', message: parsed.reason, code: 'noJson' };
		return yield* readOthers(parsed.reason === NO_JSON ? text : '', none, reading);
	}
	const { candidates, unread, correction } = parsed;
	const judged = yield* judgeAll(listsFirst(candidates, target), reading);
	const valid = judged.flatMap(({ read, candidate }) => (read.ok ? [{ ...read, candidate }] : []));
	// One whose values a `.catch()` has replaced is worse than any other.
	const taken = valid.find(({ warnings }) => !warnings.some(isCaught)) ?? valid[0];
	if (!taken) {
		const failures = judged.flatMap(({ read }) => (read.ok ? [] : [read.failures]))[0] ?? [
			severalAnswers('several JSON values'),
		];
		const none = failures[0] ?? { path: '', message: NO_JSON, code: 'noJson' };
		const isProse = unread === undefined && candidates.every(isAside);
		const others = yield* readOthers(isProse ? text : '', none, reading);
		return others.ok ? others : { ok: false, failures };
	}
	if (correction !== undefined || judged.some(({ candidate }) => isCorrection(candidate, taken))) {
		return { ok: false, failures: [severalAnswers('JSON and a correction of it')] };
	}
	const unfit = unfitIn(judged, taken);
	if (unfit.some(({ candidate }) => isMoreOf(taken.given, candidate.value, target))) {
		return { ok: false, failures: [severalAnswers('a value and more of it')] };
	}
	const rest = [
		unread,
		unfit.length > 0 ? `${unfit.length} JSON values do not fit the schema` : undefined,
		candidates.length > MOST_CANDIDATES ? 'there is more JSON' : undefined,
	];
	return withOthers(taken, otherThan(taken, valid), rest);
}

/** Whether a text beside a value holds JSON that may belong to it. */
export function holdsMoreOf(text: string, { given }: Taken, target: Target): boolean {
	const parsed = parseJson(text);
	const whole = JSON.stringify(given);
	return (
		parsed.ok &&
		parsed.candidates
			.filter(({ value }) => !whole.includes(JSON.stringify(value)))
			.some(({ value }) => isMoreOf(given, value, target))
	);
}

/** Whether an object is one more entry, or has a field of the schema that the value lacks. */
function isMoreOf(given: unknown, value: unknown, { schema }: Target): boolean {
	if (!isRecord(value) || Object.keys(value).length === 0) return false;
	const fields = fieldsOf(schema, schema);
	const lacking = Object.keys(value)
		.filter((key) => (value[key] ?? undefined) !== undefined)
		.flatMap((key) => fieldNamed(key, fields) ?? [])
		.filter((field) => isRecord(given) && (given[field] ?? undefined) === undefined);
	return lacking.length > 0 || isEntryIn(schema, value);
}

function isCorrection(candidate: Candidate, taken: Valid): boolean {
	return candidate.corrects === true && !taken.candidate.corrects;
}

const isCaught = (warning: string) => warning.startsWith('caught');

/** Objects beside the value that do not fit: they may hold what it lacks. */
function unfitIn(judged: readonly Judged[], { candidate: taken }: Valid) {
	const whole = JSON.stringify(taken.value);
	return judged.filter(({ read, candidate: { value, isOuter } }) => {
		const isObject = isRecord(value) && Object.keys(value).length > 0;
		return !read.ok && isObject && !isOuter && !whole.includes(JSON.stringify(value));
	});
}

interface Judged {
	candidate: Candidate;
	read: ReadAnswer;
}

function* judgeAll(candidates: readonly Candidate[], reading: Reading): Steps<Judged[]> {
	const judged: Judged[] = [];
	for (const candidate of candidates.slice(0, MOST_CANDIDATES)) {
		const read = yield* judgeInPlace(candidate, reading);
		judged.push({ candidate, read });
		// A pattern that is too slow once is so each time.
		if (!read.ok && read.failures.some(({ code }) => code === 'slowPattern')) break;
	}
	return judged;
}

/** As it is, else as the one list that the schema asks for. */
function* judgeInPlace(candidate: Candidate, reading: Reading): Steps<ReadAnswer> {
	const read = yield* judge(candidate, reading);
	const isUnfit = !read.ok && !read.failures.some(({ code }) => code === 'abbreviated');
	const list = reading.coercion && isUnfit ? bareList(candidate.value, reading.target) : undefined;
	if (!list) return read;
	const warnings = [...candidate.warnings, list.warning];
	const placed = yield* judge({ ...candidate, value: list.value, warnings }, reading);
	return placed.ok ? placed : read;
}

/** A list in brackets, as prose has them: no reason not to look for another form. */
function isAside({ value, warnings }: Candidate): boolean {
	const isPlain = Array.isArray(value) && value.every((entry) => typeof entry !== 'object');
	return isPlain && warnings.includes('prose');
}

function* readOthers(text: string, none: Failure, reading: Reading): Steps<ReadAnswer> {
	const { candidate, failure } = readForms(text, reading.target.schema);
	if (failure) return { ok: false as const, failures: [failure] };
	const read = candidate ? yield* judge(candidate, reading) : undefined;
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
	{ candidate: _read, ...taken }: Valid,
	others: readonly Valid[],
	rest: ReadonlyArray<string | undefined>,
): ReadAnswer {
	if (others.some((other) => joinAnswers([other.given, taken.given]).ok)) {
		return { ok: false, failures: [severalAnswers(`${others.length + 1} JSON values`)] };
	}
	const named = others.length > 0 ? [`${others.length} more JSON values fit the schema`] : [];
	const unread = rest.filter((reason) => reason !== undefined);
	const extra = [...named, ...unread].map((reason) => `otherCandidates: ${reason}`);
	return { ...taken, warnings: [...taken.warnings, ...extra] };
}

export function severalAnswers(what: string, path: readonly PropertyKey[] = []): Failure {
	const message = `the answer holds ${what} that cannot be made one without a guess: give one, with everything in it`;
	return { path: jsonPointer(path), message, code: 'severalAnswers' };
}
