import type { LoopRun } from './loopRun';
import type { StopReason } from './stopReason';

/** The limit that a run has reached before its next request, if any. */
export function reachedLimit(run: LoopRun): StopReason | undefined {
	const { request, spending } = run;
	if (run.options.signal?.aborted) return 'cancelled';
	if (run.signal.aborted) return 'deadline';
	if (run.iterations >= request.maxIterations) return 'maxIterations';
	if (callsLeft(run) <= 0) return 'maxToolCalls';
	if (spending.usage.totalTokens >= (request.maxTotalTokens ?? Infinity)) return 'tokenBudget';
	if ((spending.costUsd ?? 0) >= (request.maxCostUsd ?? Infinity)) return 'costBudget';
	return undefined;
}

/** The key under which a run counts all its calls together. */
export const ALL_CALLS = 'all';

function callsLeft(run: LoopRun): number {
	return (run.request.maxToolCalls ?? Infinity) - (run.callCounts.get(ALL_CALLS) ?? 0);
}
