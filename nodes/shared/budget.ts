import { TokenHubError } from '../../core/errors';
import { countedUsd, type Spending } from '../../core/usage';

/** What was paid for answers of one model. */
export type Paid = Pick<Spending, 'costUsd' | 'estimated'> & { model?: string };

/** What a run has spent, against what it may spend. */
export interface Budget {
	/** @throws TokenHubError `budget` when nothing is left for another item. */
	left(maxCostUsd: number | undefined): number | undefined;
	/** Counts a cost, or its estimate. */
	spend(paid: Paid): void;
	spentUsd(this: void): number;
	/** What a person should know of a limit that has counted estimates. */
	warnings(maxCostUsd: number | undefined): string[];
}

export function openBudget(): Budget {
	let spentUsd = 0;
	const estimated = new Set<string>();
	return {
		left(maxCostUsd) {
			// An empty number field is 0: no limit, not no money.
			if (!maxCostUsd) return undefined;
			if (spentUsd < maxCostUsd) return maxCostUsd - spentUsd;
			const spent = `${spentUsd.toFixed(4)} of ${maxCostUsd} USD`;
			throw new TokenHubError('budget', `Max Cost is reached: the run has spent ${spent}.`);
		},
		spend(paid) {
			spentUsd += countedUsd(paid) ?? 0;
			if (paid.estimated && paid.model) estimated.add(paid.model);
		},
		spentUsd: () => spentUsd,
		warnings(maxCostUsd) {
			if (!maxCostUsd || estimated.size === 0) return [];
			const names = [...estimated].map((model) => `"${model}"`).join(', ');
			return [
				`Max Cost counted estimates: answers of ${names} did not say how many tokens they used.`,
			];
		},
	};
}
