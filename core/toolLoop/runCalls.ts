import type { ToolCall } from '../chat/chatResult';
import { mapConcurrently } from '../mapConcurrently';
import { repeatedCall, repeatNudge, tooManyCalls, unknownTool } from './faultMessages';
import { invokeTool, type CallOutcome } from './invokeTool';
import { ALL_CALLS } from './limits';
import type { LoopRun } from './loopRun';
import { parseArguments } from '../chat/parseArguments';
import type { PendingCall, Step } from './resumeState';
import type { Tool } from './tool';

/** What became of the calls of one turn, by call id. */
export interface TurnOutcome {
	contents: Map<string, string>;
	/** Calls that somebody else has to run. */
	pending: PendingCall[];
	/** Whether the model insists on a call that it has made too often. */
	stuck: boolean;
}

/** Runs the calls of one turn side by side; every one of them ends as a content or as pending. */
export async function runCalls(run: LoopRun, calls: readonly ToolCall[]): Promise<TurnOutcome> {
	const outcome: TurnOutcome = { contents: new Map(), pending: [], stuck: false };
	const plans = calls.map((call) => planCall(run, call));
	const settle = async (plan: Plan) => {
		if ('pending' in plan) return undefined;
		const done = 'refusal' in plan ? refused(plan.refusal) : await invoke(run, plan);
		return { call: plan.call, done };
	};
	const settled = await mapConcurrently(plans, run.request.toolConcurrency, settle);
	for (const plan of plans) {
		if ('pending' in plan) outcome.pending.push(plan.pending);
		if ('stuck' in plan) outcome.stuck = true;
	}
	for (const entry of settled) {
		if (!entry) continue;
		outcome.contents.set(entry.call.id, entry.done.content);
		run.steps.push(toStep(run, entry.call, entry.done));
	}
	return outcome;
}

type Plan = { call: ToolCall } & (
	{ tool: Tool; nudge: string } | { refusal: string; stuck?: true } | { pending: PendingCall }
);

/** Decided in call order before anything runs, so that limits do not depend on which tool is quick. */
function planCall(run: LoopRun, call: ToolCall): Plan {
	const tool = run.tools.get(call.name);
	if (!tool) return { call, refusal: unknownTool(call.name, [...run.tools.keys()]) };
	const count = (key: string) => {
		const made = (run.callCounts.get(key) ?? 0) + 1;
		run.callCounts.set(key, made);
		return made;
	};
	const { repeatLimit, maxToolCalls } = run.request;
	if (count(ALL_CALLS) > (maxToolCalls ?? Infinity)) {
		return { call, refusal: tooManyCalls(maxToolCalls ?? 0, 'tools') };
	}
	if (count(`tool ${tool.name}`) > (tool.maxCalls ?? Infinity)) {
		return { call, refusal: tooManyCalls(tool.maxCalls ?? 0, `"${tool.name}"`) };
	}
	const repeats = count(`call ${tool.name} ${call.arguments}`);
	if (repeats > repeatLimit) return { call, refusal: repeatedCall(repeats - 1), stuck: true };
	const nudge = repeats === repeatLimit && repeats > 1 ? repeatNudge(repeats) : '';
	return tool.execute ? { call, tool, nudge } : planManualCall(tool, call);
}

/** A manual call is checked like any other: nobody outside should get arguments that break it. */
function planManualCall(tool: Tool, call: ToolCall): Plan {
	const parsed = parseArguments(call.arguments);
	const checked = parsed.ok ? tool.check(parsed.value) : undefined;
	if (!checked?.ok) return { call, tool, nudge: '' };
	return { call, pending: { callId: call.id, name: call.name, arguments: checked.value } };
}

async function invoke(
	run: LoopRun,
	{ call, tool, nudge }: { call: ToolCall; tool: Tool; nudge: string },
): Promise<CallOutcome> {
	const { name, arguments: text, id } = call;
	run.options.onEvent?.({ type: 'toolStart', callId: id, tool: name, arguments: text });
	const outcome = await invokeTool(tool, call, {
		timeoutMs: run.request.toolTimeoutMs,
		resultLimit: run.request.toolResultLimit,
		signal: run.signal,
	});
	run.options.onEvent?.({ type: 'toolEnd', step: toStep(run, call, outcome) });
	return { ...outcome, content: outcome.content + nudge };
}

function refused(content: string): CallOutcome {
	return { content, error: content, durationMs: 0 };
}

function toStep(run: LoopRun, call: ToolCall, outcome: CallOutcome): Step {
	const parsed = parseArguments(call.arguments);
	return {
		iteration: run.iterations,
		tool: call.name,
		callId: call.id,
		arguments: parsed.ok ? parsed.value : call.arguments,
		...(outcome.error === undefined ? { result: outcome.result } : { error: outcome.error }),
		durationMs: outcome.durationMs,
	};
}
