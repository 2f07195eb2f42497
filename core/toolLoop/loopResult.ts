import { randomUUID } from 'node:crypto';
import type { Message } from '../chat/messages';
import { estimateWarnings } from '../purse';
import { roundUsd, type Spending } from '../usage';
import { contextWarnings } from './context/contextWarnings';
import { keptState } from './kept/keptResults';
import type { LoopRun } from './loopRun';
import type { PendingCall, ResumeState, Step } from './resumeState';
import type { Turn } from './runCalls';
import type { StopReason } from './stopReason';

/** How a loop ended; its cost is that of all its requests. */
export interface ToolLoopResult extends Spending {
	/** The final text, or the validated value with `outputSchema`. */
	output: unknown;
	/** Why it ended. */
	stopReason: StopReason;
	/** Requests that offered tools. */
	iterations: number;
	/** Every tool call in order, with its result or its error. */
	steps: Step[];
	/** The whole conversation, the final answer included; `steps` say what of it was left out of requests. */
	messages: Message[];
	/** The model that answered last. */
	model: string;
	/** Milliseconds that the loop itself took, without waiting for manual tools and approvals. */
	latencyMs: number;
	/**
	 * What was repaired in the messages, tools that were set aside, slips in their schemas, and when
	 * `maxCostUsd` or `maxTotalTokens` counted an estimate.
	 */
	warnings?: string[];
	/** With `awaitingTools` or `awaitingApproval`: the calls that somebody else has to run … */
	pendingToolCalls?: PendingCall[];
	/** … and the plain JSON that starts the loop again: fill in its `results`. */
	resume?: ResumeState;
}

/** Milliseconds so far, earlier passes included. */
export function elapsedMs({ startedAt }: LoopRun): number {
	return Math.round(performance.now() - startedAt);
}

export function loopResult(run: LoopRun, stopReason: StopReason, output: unknown): ToolLoopResult {
	const { costUsd } = run.spending;
	const warnings = [
		...run.warnings,
		...contextWarnings(run),
		...estimateWarnings(run.spending, run.request),
	];
	return {
		output,
		stopReason,
		iterations: run.iterations,
		steps: run.steps,
		messages: run.messages,
		model: run.answeredBy,
		...run.spending,
		costUsd: costUsd === null ? null : roundUsd(costUsd),
		latencyMs: elapsedMs(run),
		...(warnings.length > 0 ? { warnings } : {}),
	};
}

/** The result of a loop that waits for the calls of a turn. */
export function awaitingResult(run: LoopRun, turn: Turn): ToolLoopResult {
	const asksPerson = turn.pending.some(({ needsApproval }) => needsApproval);
	const result = loopResult(run, asksPerson ? 'awaitingApproval' : 'awaitingTools', '');
	return {
		...result,
		steps: [...run.steps, ...turn.settled.map(({ step }) => step)],
		pendingToolCalls: turn.pending.map(({ nudge: _nudge, ...call }) => call),
		resume: { ...savedRun(run), ...turn },
	};
}

function loadedTools({ search, tools }: LoopRun): Pick<ResumeState, 'loaded'> {
	if (!search) return {};
	return { loaded: [...search.loaded].map((name) => tools.get(name)?.name ?? name) };
}

/** The run as plain JSON, but for the turn that it stopped in. */
export function savedRun(run: LoopRun): Omit<ResumeState, 'stuck' | 'settled' | 'pending'> {
	const { messages, history, steps, iterations, spending, answeredBy: model, context } = run;
	return {
		version: 1,
		id: randomUUID(),
		...{ messages, history, steps, iterations, spending, model },
		context: context.state,
		...keptState(run),
		elapsedMs: elapsedMs(run),
		callCounts: Object.fromEntries(run.callCounts),
		...loadedTools(run),
		...(run.cuts > 0 ? { cuts: run.cuts } : {}),
		results: [],
	};
}
