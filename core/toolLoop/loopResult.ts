import type { Message } from '../chat/messages';
import { roundUsd, type Spending } from '../usage';
import type { LoopRun } from './loopRun';
import type { PendingCall, ResumeState, Step } from './resumeState';
import type { StopReason } from './stopReason';

export interface ToolLoopResult extends Spending {
	/** The final text, or the validated value with `outputSchema`. */
	output: unknown;
	stopReason: StopReason;
	iterations: number;
	/** Every tool call in order, with its result or its error. */
	steps: Step[];
	/** The whole conversation as it was sent, the final answer included. */
	messages: Message[];
	model: string;
	latencyMs: number;
	/** With stop reason `awaitingTools`: the calls that somebody else has to run … */
	pendingToolCalls?: PendingCall[];
	/** … and the plain JSON that starts the loop again: fill in its `results`. */
	resume?: ResumeState;
}

export function loopResult(run: LoopRun, stopReason: StopReason, output: unknown): ToolLoopResult {
	const { costUsd } = run.spending;
	return {
		output,
		stopReason,
		iterations: run.iterations,
		steps: run.steps,
		messages: run.messages,
		model: run.answeredBy,
		...run.spending,
		costUsd: costUsd === null ? null : roundUsd(costUsd),
		latencyMs: Math.round(performance.now() - run.startedAt),
	};
}

/** The result of a loop that waits: `settled` are the calls of this turn that have run already. */
export function awaitingResult(
	run: LoopRun,
	{ pending, contents }: { pending: PendingCall[]; contents: Map<string, string> },
): ToolLoopResult {
	const { messages, steps, iterations, spending } = run;
	const resume: ResumeState = {
		version: 1,
		messages,
		steps,
		iterations,
		spending,
		callCounts: Object.fromEntries(run.callCounts),
		settled: Object.fromEntries(contents),
		pending,
		results: [],
	};
	return { ...loopResult(run, 'awaitingTools', ''), pendingToolCalls: pending, resume };
}
