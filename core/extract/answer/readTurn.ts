import type { ChatResult } from '../../chat/chatResult';
import type { Failure } from '../../errors';
import { inTurns, type Steps } from '../../lib/steps';
import { groundingSteps } from '../evidence/findEvidence';
import type { ExtractRequest } from '../extractRequest';
import { sharingBudgetSteps } from '../../schema/patterns/budget';
import { keyForm } from './fieldNames';
import { areEqual, isHeldIn, joinAnswers } from './joinAnswers';
import { withoutThoughts } from './plainAnswer';
import { EXTRACT_TOOL } from '../prompts';
import { answerSteps } from './readAnswer';
import { holdsMoreOf } from './rivals';
import {
	severalAnswers,
	settledAnswer,
	validAnswer,
	type ReadAnswer,
	type ValidAnswer,
} from './validAnswer';
import type { Target } from '../targetSchema';
import { isHandover, mayBeEntries, objectionIn, takenBack } from './wordsBeside';

interface Asked {
	target: Target;
	request: Pick<ExtractRequest, 'text' | 'coerce' | 'minEvidence'>;
}

type Said = Pick<ChatResult, 'text' | 'toolCalls'>;
type Call = NonNullable<Said['toolCalls']>[number];

/**
 * The value in one turn of a model: from its tool calls, otherwise from its text. Nothing is dropped
 * silently.
 */
export async function readTurn(asked: Asked, said: Said): Promise<ReadAnswer> {
	// All calls of a turn share the budget of the schema's patterns.
	return await grounded(asked, await inTurns(sharingBudgetSteps(readSaid(asked, said))));
}

/** The value in a text, valid and supported by the document. */
export async function readText(asked: Asked, text: string): Promise<ReadAnswer> {
	return await grounded(asked, await inTurns(readSaid(asked, { text })));
}

async function grounded(asked: Asked, found: ReadAnswer): Promise<ReadAnswer> {
	const read = await settledAnswer(found);
	const { text, minEvidence } = asked.request;
	if (!read.ok || minEvidence === 0 || text === undefined) return read;
	const { schema } = asked.target;
	const failures = await inTurns(groundingSteps(read.given, { text, schema, minEvidence }));
	return failures.length === 0 ? read : { ok: false, failures };
}

const NOTHING: Failure = { path: '', message: 'the answer is empty', code: 'noJson' };

function* readSaid({ target, request }: Asked, { text, toolCalls = [] }: Said): Steps<ReadAnswer> {
	const stepsOf = (given: string) => answerSteps(given, target, request);
	const { own, foreign } = callsIn(toolCalls);
	const calls: ReadAnswer[] = [];
	for (const given of own) calls.push(yield* stepsOf(given));
	const isOne = calls.length === 1;
	const call = calls.length > 1 ? joinCalls(calls, target) : calls[0];
	// What another tool was called with counts as words next to the value, like the text.
	const beside = [text, ...foreign.map((other) => other.arguments)].filter(
		(said) => said.trim() !== '',
	);
	if (!call) return withoutCall(foreign, text.trim() === '' ? undefined : yield* stepsOf(text));
	const said: Array<{ text: string; read: ReadAnswer }> = [];
	for (const one of beside) said.push({ text: one, read: yield* stepsOf(one) });
	const other = said.find((one) => one.text === text)?.read;
	if (!call.ok) return other?.ok && isOne ? warned(other, 'a tool call that is not valid') : call;
	const compared = said.reduce<ReadAnswer>(
		(taken, one) => (taken.ok ? comparedWith(taken, one, { target, request }) : taken),
		call,
	);
	return compared.ok && foreign.length > 0 ? warned(compared, otherTools(foreign)) : compared;
}

const otherTools = (calls: readonly Call[]) =>
	`a call of ${calls.map(({ name }) => name.slice(0, 60)).join(', ')}, which is not a tool here`;

/** A text alone; never the arguments of another tool, which mean something else. */
function withoutCall(foreign: readonly Call[], read: ReadAnswer | undefined): ReadAnswer {
	if (foreign.length === 0) return read ?? { ok: false, failures: [NOTHING] };
	if (read?.ok) return warned(read, otherTools(foreign));
	const message = `${otherTools(foreign)}: call ${EXTRACT_TOOL}, with the whole result`;
	return { ok: false, failures: [{ path: '', message, code: 'call' }] };
}

/** A call compared with what was said next to it: the same, less, or a reason to ask again. */
function comparedWith(
	call: ValidAnswer,
	{ text, read }: { text: string; read: ReadAnswer },
	{ target, request }: Asked,
): ReadAnswer {
	if (read.ok && areEqual(read.given, call.given)) return call;
	const said = withoutThoughts(text) ?? '';
	const lines = said.split('\n');
	const beside = { given: call.given, schema: target.schema, source: request.text };
	const against = takenBack(lines) ?? objectionIn(lines, beside);
	if (against) return { ok: false, failures: [against] };
	if ((read.ok && addsTo(call, read)) || holdsMoreOf(text, call, target)) {
		return { ok: false, failures: [severalAnswers('a tool call and more in the text beside it')] };
	}
	if (!read.ok) {
		if (mayBeEntries(lines, beside)) return warned(call, 'lines beside it may be more entries');
		return isHandover(said)
			? call
			: { ...call, warnings: [...new Set([...call.warnings, 'prose'])] };
	}
	if (isHeldIn(read.given, call.given)) return call;
	return { ok: false, failures: [severalAnswers('a tool call and another value beside it')] };
}

/** Whether another answer has something that a call lacks, and otherwise agrees. */
function addsTo(call: ValidAnswer, other: ValidAnswer): boolean {
	const joined = joinAnswers([call.given, other.given]);
	return joined.ok && !areEqual(joined.value, call.given);
}

function warned(read: ValidAnswer, leftOut: string): ReadAnswer {
	return { ...read, warnings: [...read.warnings, `otherCandidates: ${leftOut}`] };
}

/** The calls that say something: an empty one next to others does not count. */
function callsIn(calls: readonly Call[]) {
	const foreign = calls.filter(({ name }) => !isOwnName(name));
	const texts = calls.filter(({ name }) => isOwnName(name)).map((call) => call.arguments);
	const said = texts.filter((text) => text.trim() !== '');
	const full = said.filter((text) => !/^\s*\{\s*\}\s*$/.test(text));
	return { own: full.length > 0 ? full : said, foreign };
}

/**
 * Our tool, also as `functions.save_extraction` or without a name, because servers change names in such
 * ways.
 */
function isOwnName(name: string): boolean {
	if (name === EXTRACT_TOOL) return true;
	const bare = name.split(/[.:/]|__/).at(-1) ?? '';
	return bare.trim() === '' || keyForm(bare) === keyForm(EXTRACT_TOOL);
}

function joinCalls(calls: readonly ReadAnswer[], target: Target): ReadAnswer {
	const valid = calls.flatMap((call) => (call.ok ? [call] : []));
	const wrong = calls.flatMap((call) => (call.ok ? [] : call.failures));
	const what = `${calls.length} tool calls`;
	if (wrong.length > 0) return { ok: false, failures: [severalAnswers(what), ...wrong] };
	const joined = joinAnswers(valid.map(({ given }) => given));
	if (!joined.ok) return { ok: false, failures: [severalAnswers(what, joined.path)] };
	const checked = target.check(joined.value);
	if (!checked.ok) return { ok: false, failures: [severalAnswers(what), ...checked.failures] };
	const warnings = [...new Set(valid.flatMap((call) => call.warnings))];
	const isOne = valid.every(({ given }) => areEqual(given, valid[0]?.given));
	const how = isOne ? 'all the same, taken once' : 'joined';
	return validAnswer(checked, joined.value, [...warnings, `severalCalls: ${what}, ${how}`]);
}
