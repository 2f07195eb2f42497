import { escapeRegExp } from '../../lib/text';
import type { Failure } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { unsafeNumbers, type SourceNumbers } from '../../json/exactJson';
import type { Steps } from '../../lib/steps';
import { withValues } from '../../schema/checked';
import { namesIn, rivalKeys } from './fieldNames';
import { walkValue, type Node } from './walkValue';
import { abbreviated, type NoteTerms } from './abbreviated';
import { coerceSteps, type CoerceContext } from './coercion/coerce';
import { isWrittenCall } from './coercion/wrappers';
import { commentsOn } from './doubts/remarks';
import type { Candidate } from './parseJson';
import { validAnswer, type ReadAnswer } from './validAnswer';
import type { Target } from '../targetSchema';
import { leakedTags, writtenCalls } from './writtenCalls';

export interface ReadTerms {
	/** The document that the answer is about. */
	text?: string | undefined;
	/** Whether values in other spellings are read; true by default. */
	coerce?: boolean;
}

/** What every JSON value of one answer is judged by. */
export interface Reading extends NoteTerms {
	target: Target;
	coercion: CoerceContext | false;
}

export function openReading(target: Target, { text, coerce: isWanted = true }: ReadTerms): Reading {
	const coercion = isWanted && (text === undefined ? {} : { text });
	const notes = {
		source: text,
		isSaid: openSaid(text),
		names: namesIn(target.schema),
		root: target.schema,
	};
	return { target, coercion, ...notes };
}

/**
 * One JSON value of an answer, validated by the caller's schema: unchanged, then coerced, if enabled.
 */
export function* judge(
	{ value: found, warnings, numbers, comments }: Candidate,
	reading: Reading,
): Steps<ReadAnswer> {
	const { value, numbers: own } = reading.target.form.receive(found, numbers);
	const whole = yield* abbreviated(value, reading);
	yield;
	const rivals = rivalKeys(value, reading.names);
	yield;
	const said = comments && commentsOn(found, comments, reading.root);
	const left = [
		...whole.failures,
		...(said?.failures ?? []),
		...rivals,
		...leakedTags(value, reading.isSaid),
	];
	yield;
	if (left.length > 0) return { ok: false, failures: left };
	const read = yield* validate(value, reading, own);
	if (!read.ok) return read;
	const calls = writtenCalls(read.given, reading);
	if (calls.length > 0) return { ok: false, failures: calls };
	const beside = [...whole.warnings, ...(said?.warnings ?? [])];
	return { ...read, warnings: [...warnings, ...beside, ...read.warnings] };
}

/** Unchanged, otherwise coerced; never with a number that differs from what was written. */
function* validate(
	value: unknown,
	reading: Reading,
	numbers: SourceNumbers | undefined,
): Steps<ReadAnswer> {
	const { target, coercion } = reading;
	const asIs = target.check(value);
	yield;
	const unsafe = unsafeNumbers(value, numbers);
	// A call written as text may pass for the value if the schema has a `name` or an `id` too.
	const isCall = coercion && isWrittenCall(value, target.schema);
	const plain = asIs.ok && unsafe.length === 0 && !isCall ? asIs : undefined;
	if (plain && !(plain.caught && coercion)) {
		const renamed = coercion && (yield* renamedFields(value, reading, coercion));
		return renamed
			? validAnswer(renamed.checked, renamed.given, renamed.warnings)
			: validAnswer(plain, value);
	}
	const failures = asIs.ok ? unsafe : asIs.failures;
	if (!coercion) return { ok: false, failures };
	const coerced = yield* coerceSteps(value, target.schema, { ...coercion, numbers });
	const read = target.check(coerced.value);
	if (!read.ok) {
		// The two readings say more than the wrong type.
		const isExplained = ({ path }: Failure) => coerced.failures.some((one) => one.path === path);
		// What coercion has corrected is no longer wrong.
		const isOpen = ({ path }: Failure) => read.failures.some((one) => one.path === path);
		const own = isCall ? read.failures : failures.filter(isOpen);
		const others = (own.length > 0 ? own : failures).filter((failure) => !isExplained(failure));
		return { ok: false, failures: [...withValues(coerced.failures, value), ...others] };
	}
	const still = unsafeNumbers(coerced.value, coerced.numbers);
	if (still.length > 0) return { ok: false, failures: still };
	return validAnswer(read, coerced.value, coerced.warnings);
}

/** In scripts without spaces, one word may be several. */
const ONE_WORD =
	/^(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]{4})[\p{L}\p{M}]+[.…]*$/u;
/** Each search reads the whole source. */
const MOST_LOOKS = 8;

/** Whether a source contains a text; a single word only where it stands apart, as an entry does. */
function openSaid(source: string | undefined): ((text: string) => boolean) | undefined {
	if (source === undefined) return undefined;
	const known = new Map<string, boolean>();
	return (text) => {
		const bare = text.trim();
		const said = known.get(bare) ?? (known.size < MOST_LOOKS && stands(bare, source));
		known.set(bare, said);
		return said;
	};
}

function stands(text: string, source: string): boolean {
	const escaped = escapeRegExp(text).replace(/\s+/g, String.raw`\s{1,9}`);
	const isWord = ONE_WORD.test(text);
	const before = isWord ? String.raw`(?<=^|[\n\t,;|:"'“(>、，：；])\s{0,9}` : '';
	const after = isWord ? String.raw`\s{0,9}(?=$|[\n\t,;|"'”)<、，；])` : '';
	return new RegExp(before + escaped + after, 'iu').test(source);
}

/** A valid value may have fields under other spellings, if the schema allows any key. */
function* renamedFields(value: unknown, { target, names }: Reading, coercion: CoerceContext) {
	const hasOther = ({ value: one }: Node) =>
		isRecord(one) && Object.keys(one).some((key) => !names.has(key));
	if (!walkValue(value, hasOther)) return undefined;
	const { value: given, warnings } = yield* coerceSteps(value, target.schema, coercion);
	if (warnings.length === 0 || !warnings.every((one) => one.startsWith('renamed')))
		return undefined;
	const checked = target.check(given);
	return checked.ok ? { checked, given, warnings } : undefined;
}
