import type { ToolCall } from '../chat/chatResult';
import { toToolCall } from '../chat/toolCalls';
import type { Content, Message } from '../chat/messages';
import { TokenHubError } from '../errors';
import { breaths } from '../lib/async';
import { openBudget } from '../schema/patterns/budget';
import { callLedger, callKey, countCall, formerCallKey, type Verdict } from './limits';
import { openTurn } from './checkpoints';
import type { CallOutcome } from './invokeTool';
import { withKept } from './kept/keptResults';
import { turnOf, openCalls } from './conversation';
import type { LoopRun, Turn } from './loopRun';
import {
	CUT_CALL,
	notApproved,
	notLoaded,
	notOffered,
	toolThrew,
	UNKNOWN_WHETHER_RAN,
} from './messagesToModel';
import { findTool } from './offeredTools';
import { pendingCall, planKnown, unknown, type Plan } from './planCall';
import type { GivenResult, ResumeState, SettledCall } from './resumeState';
import { runPlans, withNudge } from './runCalls';
import { errorOutcome, settledCall } from './invokeTool';
import { toolContent } from './toolContent';

/**
 * Counts the calls in the messages of a resumed run again, whatever its state says about them: a limit
 * that was reached stays reached. Returns the calls of the waiting turn with what the limits say.
 */
async function recount(run: LoopRun, resume: ResumeState): Promise<WaitingTurn> {
	const asMade = callsAsMade(resume);
	const former = new Map<string, string>();
	let verdicts = new Map<string, Verdict>();
	let turns = 0;
	const messages = turnOf(run);
	const answers = answersIn(messages);
	const breath = breaths();
	for (const [index, message] of messages.entries()) {
		await breath();
		if (message.role !== 'assistant' || !message.tool_calls) continue;
		turns += 1;
		// Calls that were cut off never ran.
		const answer = messages[index + 1];
		if (answer?.role === 'tool' && answer.content === CUT_CALL) continue;
		verdicts = new Map();
		for (const call of message.tool_calls.map(toToolCall).map(asMade)) {
			// A call of a tool that was not loaded did not run.
			const words = answers.get(call.id);
			const isKnown = ![notLoaded(call.name), notOffered(call.name)].some((said) => said === words);
			const tool = isKnown ? findTool(run.tools, call.name) : undefined;
			const verdict = countCall(run, tool, call);
			if (!tool) continue;
			verdicts.set(call.id, verdict);
			former.set(formerCallKey(tool, call), callKey(tool, call));
		}
	}
	for (const [key, made] of Object.entries(resume.callCounts)) {
		const now = former.get(key) ?? key;
		run.callCounts.set(now, Math.max(made, run.callCounts.get(now) ?? 0));
	}
	run.iterations = Math.max(run.iterations, turns);
	const isStuck = [...verdicts.values()].some((verdict) => 'stuck' in verdict);
	return { verdicts, stuck: resume.stuck || isStuck };
}

function answersIn(messages: readonly Message[]): Map<string, Content> {
	return new Map(
		messages.flatMap((message) =>
			message.role === 'tool' ? [[message.tool_call_id, message.content] as const] : [],
		),
	);
}

/** Arguments that were not JSON are `{}` in the messages: only the steps know what they were. */
function callsAsMade({ steps, settled }: ResumeState): (call: ToolCall) => ToolCall {
	const known = [...steps, ...settled.map(({ step }) => step)];
	const given = new Map(known.map((step) => [step.callId, step.arguments]));
	return (call) => {
		const text = call.arguments === '{}' ? given.get(call.id) : undefined;
		return typeof text === 'string' ? { ...call, arguments: text } : call;
	};
}

interface WaitingTurn {
	/** By call. */
	verdicts: ReadonlyMap<string, Verdict>;
	stuck: boolean;
}

/**
 * The turn in which a stopped loop was waiting, with the results that have arrived since. Approved
 * calls run now, in parallel; calls without a result stay pending.
 * @throws TokenHubError `badConfig` for a result of a call that is not pending, or if there is no
 * result at all.
 */
export async function resumeTurn(run: LoopRun, resume: ResumeState): Promise<Turn> {
	const given = givenResults(resume);
	const { verdicts, stuck } = await recount(run, resume);
	const calls = new Map(openCalls(run.messages).map((call) => [call.id, call]));
	const plans: Plan[] = [];
	const settled: SettledCall[] = [...resume.settled];
	const approved: GivenResult[] = [];
	for (const pending of resume.pending) {
		const entry = given.get(pending.callId);
		const call = calls.get(pending.callId);
		if (!call) continue;
		const tool = findTool(run.tools, call.name);
		const nudge = pending.nudge ?? '';
		const verdict = verdicts.get(call.id);
		if (entry && !(runsHere(entry) && tool?.execute)) {
			settled.push(settledCall(run, call, withNudge(await givenOutcome(run, call, entry), nudge)));
		} else if (verdict && 'refusal' in verdict) {
			plans.push({ call, refusal: verdict.refusal });
		} else if (entry && tool) {
			plans.push({ call, tool, nudge });
			approved.push(entry);
		} else {
			plans.push({ call, pending: await pendingCall(run, tool, { pending, call }) });
		}
	}
	plans.push(...(await unfinishedPlans(run, resume, verdicts)));
	const turn = { ...openTurn(run, plans, { settled, approved }), stuck };
	const waiting = turn.pending;
	// An approved call waits until it starts.
	turn.pending = [
		...waiting,
		...resume.pending.filter(({ callId }) => approved.some((entry) => entry.callId === callId)),
	];
	run.turn = turn;
	settled.push(...(await runPlans(run, plans)));
	return { settled, pending: waiting, stuck };
}

/** Calls that the loop itself was running: one that had started may have done its work. */
async function unfinishedPlans(
	run: LoopRun,
	{ messages, unfinished = [] }: ResumeState,
	verdicts: WaitingTurn['verdicts'],
): Promise<Plan[]> {
	const budget = openBudget();
	const calls = new Map(openCalls(messages).map((call) => [call.id, call]));
	const plans = unfinished.map(async ({ callId, begun, nudge = '' }): Promise<Plan[]> => {
		const call = calls.get(callId);
		if (!call) return [];
		const tool = findTool(run.tools, call.name);
		const verdict = verdicts.get(callId);
		if (begun && !tool?.idempotent) return [{ call, refusal: UNKNOWN_WHETHER_RAN }];
		if (!tool) return [{ call, refusal: unknown(run, call) }];
		if (verdict && 'refusal' in verdict) return [{ call, refusal: verdict.refusal }];
		return [await planKnown(run, { call, tool, nudge }, budget)];
	});
	return (await Promise.all(plans)).flat();
}

function givenResults({ results, pending, checkpoint }: ResumeState): Map<string, GivenResult> {
	const names = pending.map(({ callId, name }) => `"${callId}" (${name})`).join(', ');
	const waiting = new Set(pending.map(({ callId }) => callId));
	const at = results.findIndex(({ callId }) => !waiting.has(callId));
	const stray = results[at];
	if (stray) {
		throw new TokenHubError(
			'badConfig',
			`The resumed loop is not waiting for a call "${stray.callId}".`,
			{
				hint: `It waits for ${names}.`,
				failures: [{ path: `/resume/results/${at}/callId`, message: 'no call of this id waits' }],
			},
		);
	}
	if (results.length === 0 && pending.length > 0 && !checkpoint) {
		throw new TokenHubError('badConfig', `The resumed loop has no result for ${names}.`, {
			hint: 'Add { callId, result } or { callId, error } to its "results" for each of them.',
			failures: [{ path: '/resume/results', message: 'there is no result' }],
		});
	}
	return new Map(results.map((entry) => [entry.callId, entry]));
}

/** Whether the call was only waiting for a yes. */
function runsHere({ approved, result, error }: GivenResult): boolean {
	return approved === true && result === undefined && error === undefined;
}

/** A result, with what its tool has paid for elsewhere. */
async function givenOutcome(run: LoopRun, call: ToolCall, entry: GivenResult) {
	const { spending } = entry;
	if (spending) callLedger(run).add(spending);
	const outcome = await withKept(run, call, await outcomeOf(run, entry));
	return { ...outcome, ...(spending ? { spending } : {}) };
}

async function outcomeOf(run: LoopRun, entry: GivenResult): Promise<CallOutcome> {
	if (entry.approved === false) return errorOutcome(notApproved(entry.reason));
	if (entry.error !== undefined) return errorOutcome(toolThrew(entry.error));
	return {
		...(await toolContent(entry.result, {
			limit: run.request.toolResultLimit,
			mostKept: run.kept.most,
			signal: run.signal,
		})),
		durationMs: 0,
	};
}
