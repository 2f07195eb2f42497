import { TokenHubError } from '../../core/errors';
import { maxCostGap } from '../../core/maxCostGap';

/** What a run has spent, against what it may spend. */
export interface Budget {
	/** @throws TokenHubError `budget` when nothing is left for another item. */
	left(maxCostUsd: number | undefined): number | undefined;
	/** Counts a cost; null stands for one that nobody knows, of an answer by `model`. */
	spend(costUsd: number | null, model?: string): void;
	spentUsd(this: void): number;
	/** What a person should know of a limit that could not count everything. */
	gap(maxCostUsd: number | undefined): string[];
}

export function openBudget(): Budget {
	let spentUsd = 0;
	const uncounted = new Set<string>();
	return {
		left(maxCostUsd) {
			// An empty number field is 0: no limit, not no money.
			if (!maxCostUsd) return undefined;
			if (spentUsd < maxCostUsd) return maxCostUsd - spentUsd;
			const spent = `${spentUsd.toFixed(4)} of ${maxCostUsd} USD`;
			throw new TokenHubError('budget', `Max Cost is reached: the run has spent ${spent}.`);
		},
		spend(costUsd, model = '') {
			if (costUsd === null) uncounted.add(model);
			else spentUsd += costUsd;
		},
		spentUsd: () => spentUsd,
		gap: (maxCostUsd) => (maxCostUsd ? maxCostGap(uncounted) : []),
	};
}
