import { openLedger, type Ledger } from '../../../core/ledger';
import { limitRequests, spentError } from '../../../core/purse';
import { countedUsd } from '../../../core/usage';

/** What a run has spent, and what it may spend. */
export interface Budget {
	/** All requests of the run, as they are paid for. */
	ledger: Ledger;
	/** @throws TokenHubError `budget` if nothing is left for another item. */
	left(maxCostUsd: number | undefined): number | undefined;
	spentUsd(this: void): number;
	/** The IDs of the models that have answered. */
	models(this: void): string[];
	/** What a person should know about a limit that counted estimates. */
	warnings(maxCostUsd: number | undefined): string[];
}

/**
 * `spentUsd` is what earlier passes of the run have spent; `outer` belongs to the run in which it is a
 * tool.
 */
export function openBudget({
	spentUsd: costUsd = 0,
	outer,
}: {
	spentUsd?: number;
	outer?: Ledger;
}): Budget {
	const inner = openLedger(outer);
	inner.begin({ ...inner.spent(), costUsd });
	const [estimated, answered] = [new Set<string>(), new Set<string>()];
	// Only known prices: a limit is refused if one is missing.
	let known = costUsd;
	const ledger: Ledger = {
		...inner,
		add(spending, model) {
			inner.add(spending, model);
			known += countedUsd(spending) ?? 0;
			if (model !== undefined && spending.requests > 0) answered.add(model);
			if (spending.estimated && model !== undefined) estimated.add(model);
		},
	};
	let isLimited = false;
	const spentUsd = () => known;
	return {
		...{ ledger, spentUsd, models: () => [...answered] },
		left(maxCostUsd) {
			// An empty number field is 0: no limit, rather than no money.
			if (!maxCostUsd) return undefined;
			if (!isLimited) limitRequests(ledger, { maxCostUsd });
			isLimited = true;
			if (spentUsd() < maxCostUsd) return maxCostUsd - spentUsd();
			throw spentError(spentUsd(), maxCostUsd);
		},
		warnings(maxCostUsd) {
			if (!maxCostUsd || estimated.size === 0) return [];
			const names = [...estimated].map((model) => `"${model}"`).join(', ');
			return [
				`Max Cost counted estimates: answers of ${names} did not come, or did not say how many tokens they used.`,
			];
		},
	};
}
