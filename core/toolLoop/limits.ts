import type { TokenHubClient } from '../client/createClient';
import { spentLimit } from '../maxCost';
import { models } from '../models';
import type { Usage } from '../usage';
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
export function spendingLimit({ client, request, spending }: LoopRun): StopReason | undefined {
	const leastUsd = leastCost(client, request.model, spending.usage);
	return leastUsd >= (request.maxCostUsd ?? Infinity)
		? 'costBudget'
		: spentLimit(spending, request);
}

/**
 * US dollars that tokens cost at the least, whichever models answered: a resumed state may say that
 * they were free.
 */
function leastCost(client: TokenHubClient, model: string, usage: Usage): number {
	const asked = [...models.map(({ id }) => id), ...client.modelsFor(model)];
	return Math.min(...asked.map((name) => client.priceOf(name, usage) ?? Infinity));
}

function callsLeft(run: LoopRun): number {
	return (run.request.maxToolCalls ?? Infinity) - (run.callCounts.get(ALL_CALLS) ?? 0);
}
