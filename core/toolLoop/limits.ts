import { cheapestPriceOf, priceOf } from '../models';
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
	if (tokensOf(run) >= (request.maxTotalTokens ?? Infinity)) return 'tokenBudget';
	if (costOf(run) >= (request.maxCostUsd ?? Infinity)) return 'costBudget';
	return undefined;
}

/** A gateway, or a resumed state, may name a total that is less than its parts. */
function tokensOf({ spending }: LoopRun): number {
	const { promptTokens, completionTokens, totalTokens } = spending.usage;
	return Math.max(totalTokens, promptTokens + completionTokens);
}

/**
 * US dollars at the least. Where a cost is not known, the tokens are counted at the price of the
 * model that was asked, so that one answer without a price does not switch the limit off.
 */
function costOf({ spending, request }: LoopRun): number {
	const { usage, costUsd } = spending;
	return Math.max(costUsd ?? priceOf(request.model, usage) ?? 0, cheapestPriceOf(usage));
}

function callsLeft(run: LoopRun): number {
	return (run.request.maxToolCalls ?? Infinity) - (run.callCounts.get(ALL_CALLS) ?? 0);
}
