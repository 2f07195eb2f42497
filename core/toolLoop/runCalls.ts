import { mapConcurrently } from '../lib/async';
import type { ChatResult, ToolCall } from '../chat/chatResult';
import { toMessageCall, uniqueIds, usedIds } from '../chat/toolCalls';
import { type Budget, openBudget } from '../schema/patterns/budget';
import { isBlank } from '../lib/text';
import { tracedTool } from '../tracing/workSpans';
import { beginCall, endCall, openTurn } from './checkpoints';
import { openCalls } from './conversation';
import {
	type CallOutcome,
	errorOutcome,
	invokeTool,
	nameOf,
	settledCall,
	timeOf,
} from './invokeTool';
import { endKept, mostKept, withKept, withLastWords } from './kept/keptResults';
import { callLedger, clientOf } from './limits';
import { type LoopRun, tell, type Turn } from './loopRun';
import { CANCELLED_CALL } from './messagesToModel';
import { turnTools } from './offeredTools';
import { type Plan, planCall } from './planCall';
import type { SettledCall } from './resumeState';

/** Runs the calls of one turn in parallel; each of them ends as settled or as pending. */
export async function runCalls(run: LoopRun, calls: readonly ToolCall[]): Promise<Turn> {
	const budget = openBudget();
	const offered = turnTools(run);
	const plans: Plan[] = [];
	for (const call of calls) plans.push(await planCall(run, call, { budget, offered }));
	const turn = openTurn(run, plans);
	run.turn = turn;
	const settled = await runPlans(run, plans, budget);
	return { settled, pending: turn.pending, stuck: turn.stuck };
}

/** In the order of the plans, without those that wait for somebody else. */
export async function runPlans(
	run: LoopRun,
	plans: readonly Plan[],
	budget = openBudget(),
): Promise<SettledCall[]> {
	const settle = async (plan: Plan) =>
		'pending' in plan ? [] : [await runPlan(run, plan, budget)];
	return (await mapConcurrently(plans, run.request.toolConcurrency, settle)).flat();
}

async function runPlan(
	run: LoopRun,
	plan: Exclude<Plan, { pending: unknown }>,
	budget: Budget,
): Promise<SettledCall> {
	const { call } = plan;
	const { id: callId, arguments: text } = call;
	tell(run, { type: 'toolStart', callId, tool: nameOf(run, call), arguments: text });
	const outcome =
		'refusal' in plan ? errorOutcome(plan.refusal) : await carryOut(run, plan, budget);
	const settled = settledCall(run, call, outcome);
	endCall(run, settled);
	void run.checkpoints?.save();
	tell(run, { type: 'toolEnd', step: settled.step });
	return settled;
}

/** A call whose start is not stored would run twice after a crash, so it does not start. */
async function carryOut(
	run: LoopRun,
	plan: Extract<Plan, { tool: unknown }>,
	budget: Budget,
): Promise<CallOutcome> {
	beginCall(run, plan);
	await run.checkpoints?.save();
	if (run.checkpoints?.failure) return errorOutcome(CANCELLED_CALL);
	return await invoke(run, plan, budget);
}

async function invoke(
	run: LoopRun,
	{ call, tool, nudge }: Extract<Plan, { tool: unknown }>,
	budget: Budget,
) {
	const resultLimit = run.request.toolResultLimit;
	const ledger = callLedger(run);
	const options = {
		...{ ...timeOf(run, tool), resultLimit, budget, mostKept: mostKept(run, tool) },
		...{ ledger, client: clientOf(run, ledger) },
	};
	const { tracing } = run.client;
	const outcome = tracing
		? await tracedTool(tracing, { tool, call, cancelled: CANCELLED_CALL }, () =>
				invokeTool(tool, call, options),
			)
		: await invokeTool(tool, call, options);
	return withNudge(await withKept(run, call, outcome), nudge);
}

/** The same outcome with a note to the model. */
export function withNudge(outcome: CallOutcome, nudge: string): CallOutcome {
	if (nudge === '') return outcome;
	return { ...outcome, content: withLastWords(outcome.content, nudge) };
}

/** Adds the model's turn to the history; returns its calls with unique ids. */
export function addCalls(run: LoopRun, { text, toolCalls = [] }: ChatResult): ToolCall[] {
	const calls = uniqueIds(toolCalls, usedIds(run.messages));
	const content = isBlank(text) ? null : text;
	run.messages.push({ role: 'assistant', content, tool_calls: calls.map(toMessageCall) });
	return calls;
}

/** Answers every call of the last turn with one tool message, in call order. */
export function addAnswers(run: LoopRun, settled: readonly SettledCall[]): void {
	const calls = openCalls(run.messages);
	const order = new Map(calls.map(({ id }, at) => [id, at]));
	const ordered = settled.toSorted(
		(a, b) => (order.get(a.step.callId) ?? 0) - (order.get(b.step.callId) ?? 0),
	);
	const byId = new Map(endKept(run, ordered).map((call) => [call.step.callId, call]));
	for (const { id } of calls) {
		const call = byId.get(id);
		run.messages.push({ role: 'tool', tool_call_id: id, content: call?.content ?? '' });
		if (call) run.steps.push(call.step);
	}
}
