import type { Failure } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { isNoAnswer } from '../../json/notTheAnswer';
import { recordsOfTable } from './forms/tableRecords';
import { jsonPointer } from '../../lib/jsonPointer';
import { inOneGo, type Steps } from '../../lib/steps';
import { sharingBudgetSteps } from '../../schema/patterns/budget';
import { asListIn, isListSchema, listPlaceIn } from './forms/fields';
import { judge, openReading, type Reading, type ReadTerms } from './judge';
import { CALLED_OTHER, NO_JSON, parseSteps, type Candidate } from './parseJson';
import { formsBeside, readForms, readWholeForm } from './readForms';
import { resolveSchema } from '../resolveSchema';
import { choose, isLineOf, type Judged, type Valid } from './rivals';
import { abbreviation, severalAnswers, type ReadAnswer } from './validAnswer';
import type { Target } from '../targetSchema';
import { isHandover } from './wordsBeside';

/** An answer with more JSON values than this is not an answer; a warning names the rest. */
const MOST_CANDIDATES = 20;

/**
 * The value in a model's answer: each JSON value in it is tried, unchanged and then coerced, if
 * enabled; only one that is valid against the caller's schema is accepted. Without JSON, other formats
 * that fit the schema are read.
 */
export function readAnswer(text: string, target: Target, terms: ReadTerms = {}): ReadAnswer {
	return inOneGo(answerSteps(text, target, terms));
}

export function answerSteps(text: string, target: Target, terms: ReadTerms): Steps<ReadAnswer> {
	// Everything that is tried shares the budget of the schema's patterns.
	return sharingBudgetSteps(readCandidates(text, openReading(target, terms)));
}

function* readCandidates(text: string, reading: Reading): Steps<ReadAnswer> {
	const { target } = reading;
	const parsed = yield* parseSteps(text);
	if (!parsed.ok && parsed.isAbbreviated) {
		return { ok: false, failures: [abbreviation(parsed.reason)] };
	}
	const { said = '' } = parsed;
	// JSON may be only a part of it: `title: T` above `rows: [{ … }]`.
	const whole = parsed.ok && parsed.around === '' ? undefined : yield* readWholeForm(said, reading);
	if (whole) return whole;
	if (!parsed.ok) {
		const none: Failure = { path: '', message: parsed.reason, code: 'noJson' };
		const isOther = parsed.reason === NO_JSON || isFencedOther(said);
		return yield* readForms(isOther ? said : '', none, reading);
	}
	const { candidates, unread, correction } = parsed;
	const judged = yield* judgeAll(listsFirst(candidates, target), reading);
	const taken = choose(judged, { target, correction });
	if (!taken) {
		const failures = judged.flatMap(({ read }) => (read.ok ? [] : [read.failures]))[0] ?? [
			severalAnswers('several JSON values'),
		];
		const inner = textOfBlocks(candidates);
		if (inner !== undefined) return inBlocks(yield* readCandidates(inner, reading));
		const none = failures[0] ?? { path: '', message: NO_JSON, code: 'noJson' };
		const isProse = unread === undefined && candidates.every(isAside);
		const others = yield* readForms(isProse ? said : '', none, reading);
		return others.ok ? others : { ok: false, failures };
	}
	return taken.ok ? yield* withRest(taken, parsed, reading) : taken;
}

/**
 * Whether a fence names another format, and none names JSON: what looks like broken JSON is in that
 * format.
 */
const isFencedOther = (text: string) =>
	/^\s*(?:```|~~~)(?:toml|ini|ya?ml|csv|tsv|xml)\s*$/im.test(text) &&
	!/(?:```|~~~)json/i.test(text);

const BLOCK_TEXTS = new Set(['text', 'output_text']);
const BLOCK_THOUGHTS = new Set(['thinking', 'redacted_thinking', 'reasoning']);

/** The text in `[{ "type": "text", "text": "…" }]`, as some servers return messages. */
function textOfBlocks([only, ...others]: readonly Candidate[]): string | undefined {
	if (!only || others.length > 0 || !Array.isArray(only.value)) return undefined;
	const blocks = only.value.filter(isRecord);
	const texts = blocks.flatMap(({ type, text }) =>
		BLOCK_TEXTS.has(String(type)) && typeof text === 'string' ? [text] : [],
	);
	const thoughts = blocks.filter(({ type }) => BLOCK_THOUGHTS.has(String(type)));
	const isAll = texts.length + thoughts.length === only.value.length;
	return isAll && texts.length > 0 ? texts.join('') : undefined;
}

function inBlocks(read: ReadAnswer): ReadAnswer {
	if (!read.ok) return read;
	return { ...read, warnings: ['unwrapped (top level): the text of a message', ...read.warnings] };
}

const FRAMED = new Set(['fenced', 'tagged']);
const FRAMES = /^[ \t>*-]*(?:`{3,}|~{3,}|'{3,})[^\n`{[]{0,80}$|`{1,2}|<\/?[A-Za-z][^<>]{0,120}>/gm;

/** A value, with warnings about what else is there; refused if it may be only a part. */
function* withRest(
	taken: Valid,
	{ candidates, unread, around }: { candidates: Candidate[]; unread?: string; around: string },
	reading: Reading,
): Steps<ReadAnswer> {
	const { schema } = reading.target;
	const { candidate, ...value } = taken;
	// One entry may stand for a list, but not next to something that was cut off.
	const isCut = unread !== undefined && unread !== CALLED_OTHER;
	const isPart = isCut && isRecord(candidate.value) && isListSchema(schema, schema);
	const beside = yield* formsBeside(around, taken, reading);
	const failure = isPart
		? severalAnswers('one entry, and more that cannot be read')
		: beside.failure;
	if (failure) return { ok: false, failures: [failure] };
	const isMore = candidates.slice(MOST_CANDIDATES).some((one) => !isLineOf(one, taken));
	const rest = [unread, isMore ? 'there is more JSON' : undefined, ...beside.warnings];
	const extra = rest.flatMap((reason) =>
		reason === undefined ? [] : `otherCandidates: ${reason}`,
	);
	// What frames a block is none of its words.
	const words = around.replace(FRAMES, '');
	const frame = isHandover(words) ? -1 : value.warnings.findIndex((one) => FRAMED.has(one));
	const warnings = [...value.warnings, ...extra];
	return { ...value, warnings: frame < 0 ? warnings : warnings.toSpliced(frame + 1, 0, 'prose') };
}

function* judgeAll(candidates: readonly Candidate[], reading: Reading): Steps<Judged[]> {
	const judged: Judged[] = [];
	for (const candidate of candidates.slice(0, MOST_CANDIDATES)) {
		const read = yield* judgeInPlace(candidate, reading);
		judged.push({ candidate, read });
		// A pattern that is too slow once always is.
		if (!read.ok && read.failures.some(({ code }) => code === 'slowPattern')) break;
	}
	return judged;
}

/** Unchanged, otherwise as the only list that the schema asks for. */
function* judgeInPlace(candidate: Candidate, reading: Reading): Steps<ReadAnswer> {
	const read = yield* judge(candidate, reading);
	const isUnfit = !read.ok && !read.failures.some(({ code }) => code === 'abbreviated');
	const list = reading.coercion && isUnfit ? bareList(candidate.value, reading.target) : undefined;
	if (!list) return read;
	const warnings = [...candidate.warnings, list.warning];
	const placed = yield* judge({ ...candidate, value: list.value, warnings }, reading);
	return placed.ok ? placed : read;
}

/** A list in brackets within prose: no reason not to look for another format. */
function isAside({ value, warnings }: Candidate): boolean {
	const isPlain = Array.isArray(value) && value.every((entry) => typeof entry !== 'object');
	return isPlain && warnings.includes('prose');
}

/** Consecutive values are a list if the schema wants one of such values. */
function listsFirst(candidates: readonly Candidate[], { schema }: Target): Candidate[] {
	const isList = ({ entriesAt }: Candidate) => entriesAt !== undefined;
	const lists = candidates.filter(isList).flatMap((candidate) => {
		const value = asListIn(schema, candidate.value);
		return value === undefined ? [] : [{ ...candidate, value }];
	});
	return [...lists, ...candidates.filter((candidate) => !isList(candidate))];
}

/**
 * Records without the name of their list, or under another name, with nothing next to them but their
 * count.
 */
function bareList(value: unknown, { schema }: Target) {
	const place = listPlaceIn(schema);
	const required: unknown = resolveSchema(schema, schema)?.required;
	const field = place?.key;
	if (field === undefined || !Array.isArray(required) || !required.includes(field))
		return undefined;
	const table = place && recordsOfTable(value, place.fields);
	if (table)
		return {
			value: { [field]: table },
			warning: `coerced (top level): table of columns and rows to ${field}`,
		};
	const beside = isRecord(value) ? Object.entries(value) : [['', value] as const];
	const lists = beside.filter(([, one]) => Array.isArray(one));
	const [name, list] = lists[0] ?? [];
	if (lists.length !== 1 || name === undefined || !Array.isArray(list)) return undefined;
	const isCount = ([, one]: readonly [string, unknown]) => one === list || one === list.length;
	if (!beside.every(isCount) || isNoAnswer(name) || list.length === 0) return undefined;
	if (list.some((entry) => isRecord(entry) && Object.hasOwn(entry, field))) return undefined;
	const from = name === '' ? '(top level)' : jsonPointer([name]);
	const placed: unknown = asListIn(schema, list);
	if (placed === undefined) return undefined;
	return { value: placed, warning: `coerced ${from}: list of records to ${field}` };
}
