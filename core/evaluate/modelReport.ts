import { groupBy } from '../own';
import { sumSpending } from '../usage';
import { meanOf } from './caseResult';
import type { CaseResult, FieldReport, ModelReport } from './report';
import { scoresOf, type Counts } from './score';
import {
	bootstrap,
	f1Of,
	intervalOf,
	percentile,
	sumCounts,
	type Interval,
	type Resampling,
} from './statistics';

/** All cases of one model together. */
export function modelReport(
	model: string,
	results: readonly CaseResult[],
	resampling: Resampling,
): ModelReport {
	const scored = results.filter(({ isScored }) => isScored);
	const counts = sumCounts(scored);
	const samples = bootstrap(scored.length, (cases) => f1Of(scored, cases), resampling);
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

/** Where nothing is wrong, samples cannot show what is rare: then as many cases as there are say it. */
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
	const given = results.flatMap(({ evidence }) => evidence ?? []);
	if (given.length === 0) return {};
	const known = (list: ReadonlyArray<number | null>) => list.filter((one) => one !== null);
	return {
		evidence: {
			all: meanOf(given.map(({ all }) => all)) ?? 0,
			right: meanOf(known(given.map(({ right }) => right))),
			wrong: meanOf(known(given.map(({ wrong }) => wrong))),
		},
	};
}
