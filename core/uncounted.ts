import type { Ledger } from './ledger';
import { noSpending, type Spending } from './usage';

/** What results and errors of public functions have cost, where no outer ledger has counted it. */
const ledgers = new WeakMap<object, { ledger: Ledger; openedAt: number }>();

/** To be called when a door opens; gives what is to be done with all that leaves by it. */
export function openUncounted(ledger: Ledger): <Leaving>(value: Leaving) => Leaving {
	const openedAt = performance.now();
	return (value) => {
		if (typeof value === 'object' && value !== null) ledgers.set(value, { ledger, openedAt });
		return value;
	};
}

/**
 * What a value has cost, when a public function was called for it since then: to be counted once, and by
 * nobody else.
 */
export function takeUncounted(value: unknown, since: number): Spending {
	if (typeof value !== 'object' || value === null) return noSpending();
	const known = ledgers.get(value);
	if (!known || known.openedAt < since) return noSpending();
	ledgers.delete(value);
	return known.ledger.added();
}
