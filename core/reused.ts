import { noSpending, type Spending } from './usage';

type Reused<Result> = Result & Spending & { latencyMs: number; reused: true };

/** A result that was paid for before: it is reused and costs nothing. */
export function reused<Result extends object>(result: Result): Reused<Result> {
	return { ...result, ...noSpending(), latencyMs: 0, reused: true };
}
