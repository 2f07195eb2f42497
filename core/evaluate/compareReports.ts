import { roundUsd } from '../usage';
import { groupBy } from '../own';
import type { CaseResult, Comparison, EvaluationReport } from './report';
import { bootstrap, f1Of, intervalOf, type Resampling } from './statistics';

/** Each model against itself in an earlier run, by the cases that count in both. */
export function compareReports(
	baseline: EvaluationReport,
	results: readonly CaseResult[],
	resampling: Resampling,
): Comparison[] {
	return [...groupBy(results, ({ model }) => model)].flatMap(([model, now]) => {
		const before = new Map(
			baseline.results.flatMap((one) => (one.model === model ? [[one.id, one] as const] : [])),
		);
		const pairs = now.flatMap((one) => {
			const old = before.get(one.id);
			return old?.isScored && one.isScored ? [{ old, one }] : [];
		});
		return pairs.length === 0 ? [] : compared(model, pairs, resampling);
	});
}

interface Pair {
	old: CaseResult;
	one: CaseResult;
}

function compared(model: string, pairs: readonly Pair[], resampling: Resampling): Comparison {
	const [before, now] = [pairs.map(({ old }) => old), pairs.map(({ one }) => one)];
	const all = [...pairs.keys()];
	const change = (cases: readonly number[]) => f1Of(now, cases) - f1Of(before, cases);
	const samples = bootstrap(pairs.length, change, resampling);
	const interval = intervalOf(samples);
	const shareOf = (isMeant: (sample: number) => boolean) =>
		(samples.filter(isMeant).length + 1) / (samples.length + 1);
	const tails = [shareOf((one) => one <= 0), shareOf((one) => one >= 0)];
	const verdict = interval[0] > 0 ? 'better' : interval[1] < 0 ? 'worse' : 'same';
	return {
		...{ model, cases: pairs.length },
		...{ f1Before: f1Of(before, all), f1Now: f1Of(now, all), change: change(all), interval },
		...{ p: Math.min(1, 2 * Math.min(...tails)), verdict },
		costChangeUsd: costChange(before, now),
	};
}

function costChange(before: readonly CaseResult[], now: readonly CaseResult[]): number | null {
	const sum = (list: readonly CaseResult[]) =>
		list.reduce<number | null>(
			(all, { costUsd }) => (all === null || costUsd === null ? null : all + costUsd),
			0,
		);
	const [old, own] = [sum(before), sum(now)];
	return old === null || own === null ? null : roundUsd(own - old);
}
