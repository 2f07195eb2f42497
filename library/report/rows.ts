import type { EvaluationReport } from '../../core';
import { percent, points, seconds, shortName, usd } from './inWords';

/** A table: its heads, and rows of as many texts. */
export interface Table {
	heads: string[];
	rows: string[][];
}

export function modelTable({ models }: EvaluationReport): Table {
	return {
		heads: [
			...['Model', 'F1', 'Interval', 'Precision', 'Recall', 'All right'],
			...['Cost / 1,000', 'p50', 'p95', 'Failed'],
		],
		rows: models.map((one) => [
			...[shortName(one.model), percent(one.f1), one.f1Interval.map(percent).join(' – ')],
			...[percent(one.precision), percent(one.recall), percent(one.exact)],
			...[usd(one.costPer1000Usd), seconds(one.latencyMs.p50), seconds(one.latencyMs.p95)],
			one.unscored > 0 ? `${one.failed} (+${one.unscored} not answered)` : String(one.failed),
		]),
	};
}

/** Fields that any model gets wrong, by how well the best model reads them. */
export function fieldTable({ models }: EvaluationReport, most: number): Table {
	const [best] = models;
	const names = [...new Set(models.flatMap(({ fields }) => fields.map(({ field }) => field)))];
	const f1Of = (field: string, at: number) =>
		models[at]?.fields.find((one) => one.field === field)?.f1;
	const rows = names
		.filter((field) => models.some((_, at) => (f1Of(field, at) ?? 1) < 1))
		.sort((a, b) => (f1Of(a, 0) ?? 1) - (f1Of(b, 0) ?? 1))
		.slice(0, most)
		.map((field) => [
			field || '(whole answer)',
			...models.map((_, at) => {
				const f1 = f1Of(field, at);
				return f1 === undefined ? '—' : percent(f1);
			}),
		]);
	const heads = ['Field', ...models.map(({ model }) => shortName(model))];
	return best ? { heads, rows } : { heads, rows: [] };
}

export function comparisonTable({ models, comparisons = [] }: EvaluationReport): Table {
	const placeOf = (name: string) => models.findIndex(({ model }) => model === name);
	const verdicts = { better: 'better', worse: 'WORSE', same: 'no difference to speak of' };
	return {
		heads: ['Model', 'Before', 'Now', 'Change', 'Interval', 'p', 'Verdict'],
		rows: comparisons
			.toSorted((a, b) => placeOf(a.model) - placeOf(b.model))
			.map((one) => [
				...[shortName(one.model), percent(one.f1Before), percent(one.f1Now)],
				...[points(one.change), one.interval.map(points).join(' … ')],
				...[one.p < 0.001 ? '< 0.001' : one.p.toFixed(3), verdicts[one.verdict]],
			]),
	};
}
