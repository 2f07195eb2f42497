import { addSpending, noSpending, type Spending } from './usage';

/** What one call of a public function has paid for so far: its error tells, however it fails. */
export interface Ledger {
	/** Takes down an answer that is billed, whether it can be used or not. */
	add(this: void, spending: Spending): void;
	spent(this: void): Spending;
	/** Whether the call has reached what it may spend: then nothing is sent again. */
	isSpent?(this: void): boolean;
	/** The tool calls that have run, when the call is a loop. */
	steps?(this: void): unknown[];
}

/** What is taken down here is taken down in the outer ledger as well. */
export function openLedger(outer?: Ledger): Ledger {
	let total = noSpending();
	return {
		add(spending) {
			total = addSpending(total, spending);
			outer?.add(spending);
		},
		spent: () => total,
		isSpent: () => outer?.isSpent?.() ?? false,
	};
}
