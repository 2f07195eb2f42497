import type { Steps } from '../lib/steps';
import { intervalOfF1, isFlawless } from './modelReport';
import type { Cascade, CaseResult } from './report';
import { bootstrap, f1Over, intervalOf, NO_COUNTS, sumOf, type Resampling } from './statistics';

const THRESHOLDS = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const SURE = 0.9;
/** Longer chains are not worth the waits. */
const LONGEST = 3;

interface Plan {
	models: readonly string[];
	minEvidence: number;
}

/** Undefined if no case shows what a first answer was worth, or a price is unknown. */
export function* chooseCascade(
	results: readonly CaseResult[],
	models: readonly string[],
	{ target, ...resampling }: Resampling & { target: number },
): Steps<Cascade | undefined> {
	const byCase = completeCases(results, models);
	if (byCase.length === 0) return undefined;
	const price = (model: string) =>
		byCase.reduce((sum, answers) => sum + (answers.get(model)?.first?.costUsd ?? 0), 0);
	const cheapFirst = models.toSorted((a, b) => price(a) - price(b));
	const plans = chainsOf(cheapFirst).flatMap((chain) =>
		(chain.length > 1 ? THRESHOLDS : [0]).map((minEvidence) => ({ models: chain, minEvidence })),
	);
	const tried: Cascade[] = [];
	for (const plan of yield* differing(plans, byCase))
		tried.push(yield* judged(plan, { target, ...resampling }));
	const reached = tried.filter(({ sure }) => sure >= SURE);
	if (reached.length > 0)
		return reached.reduce((a, b) => (b.costPer1000Usd < a.costPer1000Usd ? b : a));
	return tried.toSorted(
		(a, b) => b.sure - a.sure || b.f1 - a.f1 || a.costPer1000Usd - b.costPer1000Usd,
	)[0];
}

type Answers = Map<string, CaseResult>;
type Run = ReturnType<typeof played>;

/**
 * Of plans with the same outcome in every case, the one that accepts most: each plan costs many
 * samples.
 */
function* differing(plans: readonly Plan[], byCase: readonly Answers[]): Steps<Played[]> {
	const found = new Map<string, Played>();
	for (const plan of plans) {
		yield;
		const runs = byCase.map((answers) => played(plan, answers));
		const key = `${plan.models.join()} ${runs.map(({ taken }) => taken).join()}`;
		if (!found.has(key)) found.set(key, { plan, runs });
	}
	return [...found.values()];
}

interface Played {
	plan: Plan;
	runs: readonly Run[];
}

function completeCases(results: readonly CaseResult[], models: readonly string[]): Answers[] {
	const byId = new Map<string, Answers>();
	for (const result of results) {
		const answers = byId.get(result.id) ?? new Map<string, CaseResult>();
		byId.set(result.id, answers.set(result.model, result));
	}
	const isKnown = (answers: Answers) =>
		models.every((model) => typeof costOf(answers.get(model)) === 'number');
	return [...byId.values()].filter(isKnown);
}

/** If an answer failed for good, its whole cost. */
const costOf = (result: CaseResult | undefined) =>
	result?.isScored ? (result.first ? result.first.costUsd : result.costUsd) : null;

/** Every chain of models with rising prices. */
function chainsOf(models: readonly string[]): string[][] {
	const chains = models.reduce<string[][]>(
		(all, model) => [...all, ...all.map((chain) => [...chain, model])],
		[[]],
	);
	return chains.filter(({ length }) => length > 0 && length <= LONGEST);
}

function* judged(
	{ plan, runs }: Played,
	{ target, ...resampling }: Resampling & { target: number },
): Steps<Cascade> {
	const counts = runs.map(({ last }) => last ?? NO_COUNTS);
	const all = [...runs.keys()];
	const paid = Float64Array.from(runs, ({ costUsd }) => costUsd);
	const cost = (cases: readonly number[]) => (1000 * sumOf(paid, cases)) / cases.length;
	const f1 = f1Over(counts);
	const costs: number[] = [];
	const both = (cases: readonly number[]) => {
		costs.push(cost(cases));
		return f1(cases);
	};
	const scores = yield* bootstrap(runs.length, both, resampling);
	// With a few flawless cases, samples would be certain of everything.
	const sure = isFlawless(counts)
		? 1 - target ** counts.length
		: scores.filter((score) => score >= target).length / scores.length;
	const asked = plan.models.map((model): [string, number] => {
		const times = runs.filter(({ asked: names }) => names.includes(model)).length;
		return [model, Math.round((1000 * times) / runs.length)];
	});
	const [model = '', ...escalateTo] = plan.models;
	return {
		...{ target, model, escalateTo, minEvidence: plan.minEvidence, maxRepairs: 0 },
		...{ f1: f1(all), f1Interval: intervalOfF1(scores, counts) },
		costPer1000Usd: cost(all),
		costInterval: intervalOf(costs.sort((a, b) => a - b)),
		askedPer1000: Object.fromEntries(asked),
		...{ sure, isReached: sure >= SURE, cases: runs.length },
	};
}

/**
 * One case: each model in turn, until an answer is accepted; if the last one's is not, the case is an
 * error.
 */
function played({ models, minEvidence }: Plan, answers: Answers) {
	let costUsd = 0;
	const asked: string[] = [];
	for (const [taken, model] of models.entries()) {
		const result = answers.get(model);
		costUsd += costOf(result) ?? 0;
		asked.push(model);
		const { first } = result ?? {};
		if (result && first?.isValid && first.evidence >= minEvidence)
			return { costUsd, asked, taken, last: result };
	}
	const missed = answers.get(models[0] ?? '');
	const last = missed && { ...NO_COUNTS, missing: missed.right + missed.wrong + missed.missing };
	return { costUsd, asked, taken: -1, last };
}
