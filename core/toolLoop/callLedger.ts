import type { ClientCall, TokenHubClient } from '../client/createClient';
import { openLedger, type Ledger } from '../ledger';
import { pricedUsd, type Spending, type Usage } from '../usage';
import { spendingLimit } from './limits';
import type { LoopRun } from './loopRun';

/** What the tool of one call pays for, as it pays: it is the loop's to pay as well. */
export function callLedger(run: LoopRun): Ledger {
	const { client, request } = run;
	const outer: Ledger = {
		...run.ledger,
		add: (spending, model) => run.ledger.add(priced(spending, client, request.model), model),
	};
	const ledger = openLedger(outer);
	ledger.reached = () => spendingLimit(run);
	const loops: Array<() => unknown[]> = [];
	ledger.nest = (steps) => void loops.push(steps);
	ledger.steps = () => loops.flatMap((steps) => steps());
	return ledger;
}

/** A client through which a tool asks, so that the loop knows what that costs. */
export function clientOf({ client }: LoopRun, ledger: Ledger): TokenHubClient {
	return { ...client, ledger };
}

/** A client whose requests end with the call that it was given to, whoever forgets to. */
export function endingWith(client: TokenHubClient, signal: AbortSignal): TokenHubClient {
	const both = (call: ClientCall = {}): ClientCall => ({
		...call,
		signal: call.signal ? AbortSignal.any([call.signal, signal]) : signal,
	});
	return {
		...client,
		complete: (body, call) => client.complete(body, both(call)),
		openStream: (body, call) => client.openStream(body, both(call)),
	};
}

/** What nobody knows the price of has that of the loop's own model: a limit counts all of it. */
export function priced(spending: Spending, client: TokenHubClient, model: string): Spending {
	if (pricedUsd(spending) !== null) return spending;
	const { usage, estimated } = spending;
	const totalTokens = Math.max(estimated?.totalTokens ?? 0, usage.totalTokens);
	return { ...spending, estimated: { totalTokens, costUsd: client.priceOf(model, usage) } };
}

/** US dollars that tokens cost at the least, whichever models answered. */
export function leastCost(client: TokenHubClient, names: readonly string[], usage: Usage): number {
	const prices = names.flatMap((name) => client.priceOf(name, usage) ?? []);
	return prices.length > 0 ? Math.min(...prices) : 0;
}
