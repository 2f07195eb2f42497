import type { ToolCall } from '../chat/chatResult';
import { mapConcurrently } from '../async';
import { openBudget, type Budget } from '../schema/patterns/budget';
import { callLedger, clientOf } from './callLedger';
import { beginCall, endCall, openTurn } from './checkpoint/openTurn';
import { invokeTool, type CallOutcome } from './invokeTool';
import { timeOf } from './inTime';
import { mostKept, withKept, withLastWords } from './kept/keptResults';
import { tell, type LoopRun } from './loopRun';
import { CANCELLED_CALL } from './messagesToModel';
import { planCall, type Plan } from './planCall';
import type { ResumeState, SettledCall } from './resumeState';
import { nameOf, refused, settledCall } from './settledCall';
import { turnTools } from './turnTools';
import { tracedTool } from '../tracing/workSpans';

/** The calls of one turn: done, or waiting for somebody else. */
export type Turn = Pick<ResumeState, 'settled' | 'pending' | 'stuck'>;

/** Runs the calls of one turn in parallel; every one of them ends as settled or as pending. */
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

/** In the order of the plans, those left out that wait for somebody else. */
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
	const outcome = 'refusal' in plan ? refused(plan.refusal) : await carryOut(run, plan, budget);
	const settled = settledCall(run, call, outcome);
	endCall(run, settled);
	void run.checkpoints?.save();
	tell(run, { type: 'toolEnd', step: settled.step });
	return settled;
}

/** What was not kept would run twice after a crash: it does not begin. */
async function carryOut(
	run: LoopRun,
	plan: Extract<Plan, { tool: unknown }>,
	budget: Budget,
): Promise<CallOutcome> {
	beginCall(run, plan);
	await run.checkpoints?.save();
	if (run.checkpoints?.failure) return refused(CANCELLED_CALL);
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
		? await tracedTool(tracing, { tool, call }, () => invokeTool(tool, call, options))
		: await invokeTool(tool, call, options);
	return withNudge(await withKept(run, call, outcome), nudge);
}

/** The same outcome with a last word to the model. */
export function withNudge(outcome: CallOutcome, nudge: string): CallOutcome {
	if (nudge === '') return outcome;
	return { ...outcome, content: withLastWords(outcome.content, nudge) };
}
