/** Steps, of some 50 ns: a tenth of a second, and enough for megabytes of usual text. */
const MOST_STEPS = 1_500_000;

const spent = new Error('The patterns of the schema took more time than one answer may.');
let budget: { left: number } | undefined;

/**
 * Runs a task with one budget for all patterns in it: an answer may be checked many times. A task
 * inside another shares its budget. Undefined when it was used up.
 */
export function withinBudget<Result>(task: () => Result): { result: Result } | undefined {
	const isOuter = budget === undefined;
	budget ??= { left: MOST_STEPS };
	try {
		return { result: task() };
	} catch (thrown) {
		if (thrown === spent) return undefined;
		throw thrown;
	} finally {
		if (isOuter) budget = undefined;
	}
}

/** @throws what `withinBudget` catches, when nothing is left. */
export function spend(steps: number): void {
	if (!budget) return;
	budget.left -= steps;
	if (budget.left < 0) throw spent;
}
