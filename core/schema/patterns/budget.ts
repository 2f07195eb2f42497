import type { Steps } from '../../lib/steps';

/** Steps of about 50 ns: a tenth of a second, and enough for megabytes of ordinary text. */
const MOST_STEPS = 1_500_000;

/** How many steps the patterns of a schema may still take. */
export interface Budget {
	left: number;
}

export function openBudget(): Budget {
	return { left: MOST_STEPS };
}

const spent = new Error('The patterns of the schema took more time than one answer may.');
let budget: Budget | undefined;

/**
 * Runs a synchronous task with one budget for all patterns in it: an answer may be checked many times,
 * and several tasks may share `own`. A task inside another shares its budget.
 */
export function sharingBudget<Result>(task: () => Result, own = openBudget()): Result {
	const isOuter = budget === undefined;
	budget ??= own;
	try {
		return task();
	} finally {
		if (isOuter) budget = undefined;
	}
}

/** The same for work that pauses: what runs in between has its own budgets. */
export function* sharingBudgetSteps<Result>(
	steps: Steps<Result>,
	own = openBudget(),
): Steps<Result> {
	for (;;) {
		const step = sharingBudget(() => steps.next(), own);
		if (step.done) return step.value;
		yield;
	}
}

/** The same; undefined if the budget was used up. */
export function withinBudget<Result>(task: () => Result): { result: Result } | undefined {
	try {
		return { result: sharingBudget(task) };
	} catch (thrown) {
		if (thrown === spent) return undefined;
		throw thrown;
	}
}

/** Whether a task ended because of its budget. */
export function isSpent(thrown: unknown): boolean {
	return thrown === spent;
}

/** @throws what `withinBudget` catches, if nothing is left. */
export function spend(steps: number): void {
	if (!budget) return;
	budget.left -= steps;
	if (budget.left < 0) throw spent;
}
