import type { Failure } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { fieldNamed, plainName } from './fieldNames';
import { fieldsOf, isEntryIn } from './forms/fields';
import { areEqual, isHeldIn, joinAnswers } from './joinAnswers';
import { parseJson, type Candidate } from './parseJson';
import { severalAnswers, type ReadAnswer, type ValidAnswer } from './validAnswer';
import type { Target } from '../targetSchema';

export interface Judged {
	candidate: Candidate;
	read: ReadAnswer;
}

export type Valid = ValidAnswer & { candidate: Candidate };

export type Chosen = Valid | { ok: false; failures: Failure[] };

/**
 * The value that counts among all JSON values of an answer: the only one, or the one that replaces the
 * others according to the answer's own words. Everything else is named in warnings, or is the reason to
 * ask again.
 */
export function choose(
	judged: readonly Judged[],
	{ target, correction }: { target: Target; correction: string | undefined },
): Chosen | undefined {
	const valid = judged.flatMap(({ read, candidate }) => (read.ok ? [{ ...read, candidate }] : []));
	// One in which a `.catch()` has replaced values is worse than any other.
	const first = valid.find(({ warnings }) => !warnings.some(isCaught)) ?? valid[0];
	if (!first) return undefined;
	const others = otherThan(first, valid);
	const rivals = others.filter(({ given }) => !isHeldIn(given, first.given));
	const last = rivals.reduce((one, other) => (placeOf(other) > placeOf(one) ? other : one), first);
	const isOne = ![first, ...rivals].some((one) => one !== last && placeOf(one) === placeOf(last));
	const taken = rivals.length === 0 || (last.candidate.corrects && isOne) ? last : undefined;
	if (!taken || joinsWith(taken, others)) return several(`${others.length + 1} JSON values`);
	if (isEntryAgain(taken, valid)) return several('one entry more than once');
	const unfit = unfitIn(judged, taken);
	const isCorrected = unfit.some(({ candidate }) => corrects(candidate, taken));
	if (correction !== undefined || isCorrected) return several('JSON and a correction of it');
	if (unfit.some(({ candidate }) => isMoreOf(taken.given, candidate.value, target))) {
		return several('a value and more of it');
	}
	if (
		!taken.candidate.corrects &&
		unfit.some(({ candidate }) => denies(candidate, taken, target))
	) {
		return several('JSON and other JSON that contradicts it');
	}
	const named = [
		...(others.length > 0 ? [`${others.length} more JSON values fit the schema`] : []),
		...(unfit.length > 0 ? [`${unfit.length} JSON values do not fit the schema`] : []),
	].map((reason) => `otherCandidates: ${reason}`);
	return { ...taken, warnings: [...taken.warnings, ...named] };
}

const placeOf = ({ candidate }: Valid) => candidate.at ?? 0;

const isCaught = (warning: string) => warning.startsWith('caught');

const several = (what: string) => ({ ok: false as const, failures: [severalAnswers(what)] });

/** Lists that share nothing may be one list in two pieces. */
function joinsWith(taken: Valid, others: readonly Valid[]): boolean {
	if (taken.candidate.corrects) return false;
	return others.some(({ given }) => {
		const joined = joinAnswers([given, taken.given]);
		return joined.ok && !areEqual(joined.value, taken.given);
	});
}

/** One entry instead of a list, said twice: the list may have two entries, or one. */
function isEntryAgain(taken: Valid, valid: readonly Valid[]): boolean {
	if (!isRecord(taken.candidate.value) || !Array.isArray(taken.given)) return false;
	return valid.some((one) => placeOf(one) !== placeOf(taken) && areEqual(one.given, taken.given));
}

/** JSON after the value that is said to replace it. */
function corrects(candidate: Candidate, taken: Valid): boolean {
	return candidate.corrects === true && (candidate.at ?? 0) > placeOf(taken);
}

/** Valid values next to the one that counts, as they were written. */
function otherThan(taken: Valid, valid: readonly Valid[]): Valid[] {
	return valid.filter(({ given, candidate }) => {
		const isAlternative = candidate.isOuter === true || candidate.entriesAt !== undefined;
		return !isAlternative && !isLineOf(candidate, taken) && !areEqual(given, taken.given);
	});
}

/** A single entry may have become a list of its own. */
export function isLineOf(candidate: Candidate, { candidate: taken }: Valid): boolean {
	return candidate.at !== undefined && taken.entriesAt?.includes(candidate.at) === true;
}

/** Objects next to the value that do not fit: they may contain what it lacks. */
function unfitIn(judged: readonly Judged[], taken: Valid): Judged[] {
	const whole = JSON.stringify(taken.candidate.value);
	return judged.filter(({ read, candidate }) => {
		const { value, isOuter } = candidate;
		const isObject = isRecord(value) && Object.keys(value).length > 0;
		return !read.ok && isObject && !isOuter && !whole.includes(JSON.stringify(value));
	});
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

/**
 * Whether an object that does not fit has another value for a field: it may be the one that was meant.
 */
function denies({ value }: Candidate, { given }: Valid, { schema }: Target): boolean {
	if (!isRecord(value) || !isRecord(given)) return false;
	const fields = fieldsOf(schema, schema);
	return Object.entries(value).some(([key, one]) => {
		const field = fieldNamed(key, fields);
		const own = field === undefined ? undefined : given[field];
		return isPlain(one) && isPlain(own) && !areAlike(one, own);
	});
}

function isPlain(value: unknown): value is string | number | boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Equal except for case, punctuation and the notation of a number. */
function areAlike(one: string | number | boolean, other: string | number | boolean): boolean {
	const [own, given] = [one, other].map((value) => plainName(String(value)));
	return own === given || Number(one) === Number(other);
}

/** Whether a text next to a value contains JSON that may belong to it. */
export function holdsMoreOf(text: string, { given }: ValidAnswer, target: Target): boolean {
	const parsed = parseJson(text);
	const whole = JSON.stringify(given);
	return (
		parsed.ok &&
		parsed.candidates
			.filter(({ value }) => !whole.includes(JSON.stringify(value)))
			.some(({ value }) => isMoreOf(given, value, target))
	);
}
