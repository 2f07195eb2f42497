import { TokenHubError } from '../../core/errors';

/** What a run has spent, against what it may spend. */
export interface Budget {
	/** @throws TokenHubError `budget` when nothing is left for another item. */
	left(maxCostUsd: number | undefined): number | undefined;
	/** Counts an output's cost. */
	spend(output: { costUsd?: unknown }): void;
	spentUsd(this: void): number;
}

export function openBudget(): Budget {
	let spentUsd = 0;
	return {
		left(maxCostUsd) {
			// An empty number field is 0: no limit, not no money.
			if (!maxCostUsd) return undefined;
			if (spentUsd < maxCostUsd) return maxCostUsd - spentUsd;
			const spent = `${spentUsd.toFixed(4)} of ${maxCostUsd} USD`;
			throw new TokenHubError('budget', `Max Cost is reached: the run has spent ${spent}.`);
		},
		spend({ costUsd }) {
			if (typeof costUsd === 'number') spentUsd += costUsd;
		},
		spentUsd: () => spentUsd,
	};
}
