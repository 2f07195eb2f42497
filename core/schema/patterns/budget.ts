import type { Steps } from '../../read/inSteps';

/** Steps, of some 50 ns: a tenth of a second, and enough for megabytes of usual text. */
const MOST_STEPS = 1_500_000;

/** What the patterns of a schema may still take. */
export interface Budget {
	left: number;
}

export function openBudget(): Budget {
	return { left: MOST_STEPS };
}

const spent = new Error('The patterns of the schema took more time than one answer may.');
let budget: Budget | undefined;

/**
 * Runs a task, which cannot wait, with one budget for all patterns in it: an answer may be checked
 * many times, `own` by several tasks. A task inside another shares its budget.
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

/** The same for work that pauses: what runs meanwhile has budgets of its own. */
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

/** The same; undefined when the budget was used up. */
export function withinBudget<Result>(task: () => Result): { result: Result } | undefined {
	try {
		return { result: sharingBudget(task) };
	} catch (thrown) {
		if (thrown === spent) return undefined;
		throw thrown;
	}
}

/** Whether it was the budget that ended a task. */
export function isSpent(thrown: unknown): boolean {
	return thrown === spent;
}

/** @throws what `withinBudget` catches, when nothing is left. */
export function spend(steps: number): void {
	if (!budget) return;
	budget.left -= steps;
	if (budget.left < 0) throw spent;
}
