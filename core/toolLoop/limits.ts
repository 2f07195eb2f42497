import { spentLimit, type SpentLimit } from '../purse';
import { ALL_CALLS } from './countCall';
import type { LoopRun } from './loopRun';
import type { StopReason } from './stopReason';

/** The limit that a run has reached before its next request, if any. */
export function reachedLimit(run: LoopRun): StopReason | undefined {
	const { request } = run;
	if (run.options.signal?.aborted) return 'cancelled';
	if (run.signal.aborted) return 'deadline';
	if (run.iterations >= request.maxIterations) return 'maxIterations';
	if (callsLeft(run) <= 0) return 'maxToolCalls';
	return spendingLimit(run);
}

/** The limit of spending that a run has reached, if any. */
export function spendingLimit({ ledger, request, spending }: LoopRun): SpentLimit | undefined {
	return spentLimit(spending, request) ?? ledger.reached();
}

function callsLeft(run: LoopRun): number {
	return (run.request.maxToolCalls ?? Infinity) - (run.callCounts.get(ALL_CALLS) ?? 0);
}
