import type { TokenHubClient } from './client/createClient';
import { TokenHubError } from './errors';
import type { Ledger } from './ledger';
import { countedTokens, countedUsd, type Spending } from './usage';

/** What a call may spend; without a number, as much as it likes. */
export interface SpendingLimits {
	/** US dollars. */
	maxCostUsd?: number;
	/** Tokens that are sent and written. */
	maxTotalTokens?: number;
}

/**
 * A limit that cannot count would be no limit.
 * @throws TokenHubError `badConfig`, before any request, for models without a price.
 */
export function assertPriced(
	client: Pick<TokenHubClient, 'priceOf' | 'modelsFor'>,
	models: readonly string[],
	maxCostUsd: number | undefined,
): void {
	if (maxCostUsd === undefined) return;
	if (!(maxCostUsd > 0)) {
		throw new TokenHubError('badConfig', 'Max Cost must be a number of US dollars above 0.', {
			failures: [{ path: '/maxCostUsd', message: 'it is not a number above 0' }],
		});
	}
	const asked = [...new Set(models.flatMap((model) => client.modelsFor(model)))];
	const unpriced = asked.filter((model) => client.priceOf(model, NOTHING) === null);
	if (unpriced.length === 0) return;
	const names = unpriced.map((model) => `"${model}"`).join(', ');
	throw new TokenHubError('badConfig', `Max Cost cannot be kept: ${names} has no known price.`, {
		hint: 'Give its price per million tokens under Prices (library: "prices" of createClient), or remove Max Cost and limit tokens instead.',
		failures: unpriced.map((model) => ({
			path: '/maxCostUsd',
			message: `there is no price for "${model}"`,
		})),
	});
}

const NOTHING = { promptTokens: 0, completionTokens: 0, totalTokens: 0 };

/** A limit of spending. */
export type SpentLimit = 'tokenBudget' | 'costBudget';

/** The limit that is reached, if any. */
export function spentLimit(
	spending: Spending,
	{ maxCostUsd = Infinity, maxTotalTokens = Infinity }: SpendingLimits,
): SpentLimit | undefined {
	if (countedTokens(spending) >= maxTotalTokens) return 'tokenBudget';
	return (countedUsd(spending) ?? 0) >= maxCostUsd ? 'costBudget' : undefined;
}

/** Lets nothing be sent again once a limit is reached, whichever layer would send it. */
export function limitSpending(ledger: Ledger, limits: SpendingLimits): void {
	const { reached } = ledger;
	ledger.reached = () => spentLimit(ledger.spent(), limits) ?? reached();
}

/** What a caller should know of limits that have counted estimates. */
export function estimateWarnings(
	{ estimated }: Pick<Spending, 'estimated'>,
	{ maxCostUsd, maxTotalTokens }: SpendingLimits,
): string[] {
	if (!estimated) return [];
	const names = [
		...(maxCostUsd === undefined ? [] : ['Max Cost']),
		...(maxTotalTokens === undefined ? [] : ['Max Total Tokens']),
	];
	if (names.length === 0) return [];
	return [
		`${names.join(' and ')} counted an estimate: an answer did not say how many tokens it used, or its model has no known price.`,
	];
}
