import { groupBy } from '../lib/own';
import type { Steps } from '../lib/steps';
import { sumSpending, roundUsd } from '../usage';
import { meanOf } from './caseResult';
import type { CaseResult, FieldReport, ModelReport, Comparison, EvaluationReport } from './report';
import { scoresOf, type Counts } from './score';
import {
	bootstrap,
	f1Over,
	intervalOf,
	percentile,
	sumCounts,
	type Interval,
	type Resampling,
} from './statistics';

/** All cases of one model together. */
export function* modelReport(
	model: string,
	results: readonly CaseResult[],
	resampling: Resampling,
): Steps<ModelReport> {
	const scored = results.filter(({ isScored }) => isScored);
	const counts = sumCounts(scored);
	const samples = yield* bootstrap(scored.length, f1Over(scored), resampling);
	const exact = scored.filter(({ differences }) => differences.length === 0).length;
	const spent = sumSpending(results.map((one) => ({ ...one, retries: 0 })));
	const times = scored.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
	return {
		...{ model, ...counts, ...scoresOf(counts), f1Interval: intervalOfF1(samples, scored) },
		exact: scored.length === 0 ? 0 : exact / scored.length,
		scored: scored.length,
		failed: scored.filter(({ error }) => error).length,
		unscored: results.length - scored.length,
		fields: fieldReports(scored),
		costUsd: spent.costUsd,
		costPer1000Usd: spent.costUsd === null ? null : (1000 * spent.costUsd) / results.length,
		...{ usage: spent.usage, requests: spent.requests },
		latencyMs: { p50: percentile(times, 0.5), p95: percentile(times, 0.95) },
		...evidenceOf(scored),
	};
}

/**
 * If nothing is wrong, samples cannot show what is rare: then the number of cases gives the interval.
 */
export function intervalOfF1(samples: readonly number[], cases: readonly Counts[]): Interval {
	return isFlawless(cases) ? [0.025 ** (1 / cases.length), 1] : intervalOf(samples);
}

export const isFlawless = (cases: readonly Counts[]) =>
	cases.length > 0 && cases.every(({ wrong, missing, extra }) => wrong + missing + extra === 0);

function fieldReports(results: readonly CaseResult[]): FieldReport[] {
	const fields = results.flatMap((one) => Object.entries(one.fields));
	const reports = [...groupBy(fields, ([field]) => field)].map(([field, list]) => {
		const counts = sumCounts(list.map(([, own]) => own));
		return { field, ...counts, ...scoresOf(counts) };
	});
	return reports.sort((a, b) => a.f1 - b.f1);
}

function evidenceOf(results: readonly CaseResult[]): Pick<ModelReport, 'evidence'> {
	const grades = results.flatMap(({ evidence }) => evidence ?? []);
	if (grades.length === 0) return {};
	const known = (list: ReadonlyArray<number | null>) => list.filter((one) => one !== null);
	return {
		evidence: {
			all: meanOf(grades.map(({ all }) => all)) ?? 0,
			right: meanOf(known(grades.map(({ right }) => right))),
			wrong: meanOf(known(grades.map(({ wrong }) => wrong))),
		},
	};
}

interface Compared {
	comparisons: Comparison[];
	/** What is missing from the comparison, of this run or of the baseline. */
	warnings: string[];
}

/** Compares each model with itself in an earlier run, by the cases that count in both. */
export function* compareReports(
	baseline: EvaluationReport,
	results: readonly CaseResult[],
	resampling: Resampling,
): Steps<Compared> {
	const comparisons: Comparison[] = [];
	const warnings: string[] = [];
	for (const [model, now] of groupBy(results, (one) => one.model)) {
		const old = baseline.results.filter((one) => one.model === model);
		const pairs = pairsOf(old, now);
		if (pairs.length > 0) comparisons.push(yield* compared(model, pairs, resampling));
		warnings.push(...uncompared(model, { pairs: pairs.length, old, now }));
	}
	return { comparisons, warnings };
}

function pairsOf(before: readonly CaseResult[], results: readonly CaseResult[]): Pair[] {
	const byId = new Map(before.map((one) => [one.id, one]));
	return results.flatMap((one) => {
		const old = byId.get(one.id);
		return old?.isScored && one.isScored && isSameCase(old, one) ? [{ old, one }] : [];
	});
}

/** A case without an `id` is named after its position, which another case may have had before. */
const isSameCase = (old: CaseResult, one: CaseResult) =>
	old.digest === undefined || one.digest === undefined || old.digest === one.digest;

function uncompared(
	model: string,
	{ pairs, old, now }: { pairs: number; old: readonly CaseResult[]; now: readonly CaseResult[] },
): string[] {
	if (pairs === old.length && pairs === now.length) return [];
	if (pairs === 0) return [`${model}: nothing to compare: the baseline has none of these cases`];
	const sizes = `${now.length} of this run and ${old.length} of the baseline`;
	return [
		`${model}: ${pairs} cases are compared, of ${sizes}: the others are new, gone, changed or do not count`,
	];
}

interface Pair {
	old: CaseResult;
	one: CaseResult;
}

function* compared(
	model: string,
	pairs: readonly Pair[],
	resampling: Resampling,
): Steps<Comparison> {
	const [before, now] = [pairs.map(({ old }) => old), pairs.map(({ one }) => one)];
	const [f1Before, f1Now] = [f1Over(before), f1Over(now)];
	const all = [...pairs.keys()];
	const change = (cases: readonly number[]) => f1Now(cases) - f1Before(cases);
	const samples = yield* bootstrap(pairs.length, change, resampling);
	const interval = intervalOf(samples);
	const shareOf = (isMeant: (sample: number) => boolean) =>
		(samples.filter(isMeant).length + 1) / (samples.length + 1);
	const tails = [shareOf((one) => one <= 0), shareOf((one) => one >= 0)];
	const verdict = interval[0] > 0 ? 'better' : interval[1] < 0 ? 'worse' : 'same';
	return {
		...{ model, cases: pairs.length },
		...{ f1Before: f1Before(all), f1Now: f1Now(all), change: change(all), interval },
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
