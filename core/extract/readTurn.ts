import type { ChatResult } from '../chat/chatResult';
import type { Failure } from '../errors';
import { inTurns, type Steps } from '../read/inSteps';
import { groundingSteps } from './evidence/ungrounded';
import { isAbbreviationInProse } from '../json/abbreviation';
import { correctsIt, isExample } from '../json/notTheAnswer';
import { abbreviation } from './abbreviated';
import type { ExtractRequest } from './extractRequest';
import { sharingBudgetSteps } from '../schema/patterns/budget';
import { areEqual, joinAnswers } from './joinAnswers';
import { withoutThoughts } from './parseJson';
import { answerSteps, holdsMoreOf, severalAnswers } from './readAnswer';
import { settledAnswer, takenAs, type ReadAnswer, type Taken } from './taken';
import type { Target } from './targetSchema';

interface Asked {
	target: Target;
	request: ExtractRequest;
}

type Said = Pick<ChatResult, 'text' | 'toolCalls'>;

/** The value in one turn of a model: of its tool calls, else of its text. None is dropped silently. */
export async function readTurn(asked: Asked, said: Said): Promise<ReadAnswer> {
	// All calls of a turn share what the patterns of the schema may take.
	return await grounded(asked, await inTurns(sharingBudgetSteps(readSaid(asked, said))));
}

/** The value in a text, valid and said in what it was taken from. */
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
	const calls: ReadAnswer[] = [];
	for (const given of callsIn(toolCalls.map((call) => call.arguments)))
		calls.push(yield* answerSteps(given, target, request));
	const isOne = calls.length === 1;
	const call = calls.length > 1 ? joinCalls(calls, target) : calls[0];
	const beside = text.trim() === '' ? undefined : yield* answerSteps(text, target, request);
	if (!call || !beside) return call ?? beside ?? { ok: false, failures: [NOTHING] };
	if (!call.ok) return beside.ok && isOne ? warned(beside, 'a tool call that is not valid') : call;
	const lines = text.split('\n');
	if (lines.some(isAbbreviationInProse)) {
		return {
			ok: false,
			failures: [abbreviation('the text beside the call says that it is not all')],
		};
	}
	if (beside.ok && areEqual(beside.given, call.given)) return call;
	const said = (withoutThoughts(text) ?? '').split('\n');
	if (said.some((line) => correctsIt(line) || isExample(line))) {
		return { ok: false, failures: [severalAnswers('a tool call and a correction of it')] };
	}
	if ((beside.ok && addsTo(call, beside)) || holdsMoreOf(text, call, target)) {
		return { ok: false, failures: [severalAnswers('a tool call and more in the text beside it')] };
	}
	return beside.ok ? warned(call, 'other JSON in the text beside the tool call') : call;
}

/** Whether another answer has something that a call lacks, and agrees in the rest. */
function addsTo(call: Taken, other: Taken): boolean {
	const joined = joinAnswers([call.given, other.given]);
	return joined.ok && !areEqual(joined.value, call.given);
}

function warned(read: Taken, leftOut: string): ReadAnswer {
	return { ...read, warnings: [...read.warnings, `otherCandidates: ${leftOut}`] };
}

/** The calls that say something: the same one twice is one, and an empty one beside others is none. */
function callsIn(texts: readonly string[]): string[] {
	const said = [...new Set(texts.filter((text) => text.trim() !== ''))];
	const full = said.filter((text) => !/^\s*\{\s*\}\s*$/.test(text));
	return full.length > 0 ? full : said;
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
	const how = isOne ? 'the same twice, taken once' : 'joined';
	return takenAs(checked, joined.value, [...warnings, `severalCalls: ${what}, ${how}`]);
}
