import type { CallOptions } from '../client/createClient';
import { asTokenHubError, door, type Metered } from '../door';
import { TokenHubError } from '../errors';
import { assertPriced, limitRequests } from '../purse';
import { breaths, mapConcurrently } from '../lib/async';
import { valueOrReason } from '../messageOf';
import { groupBy } from '../lib/own';
import { noSpending } from '../usage';
import { inTurns } from '../lib/steps';
import { caseResult } from './caseResult';
import { chooseCascade } from './cascadeChoice';
import { compareReports, modelReport } from './modelReport';
import {
	readEvaluation,
	type Case,
	type Evaluation,
	type EvaluateRequest,
} from './evaluateRequest';
import type { CaseResult, EvaluationReport, ModelReport } from './report';
import { runCase } from './runCase';

/**
 * How good, how sure and how expensive models are on your own cases: each value compared as extraction
 * reads it, with intervals of what chance could make of it.
 * @throws TokenHubError `badConfig` before any request; the kind of a failure that no case would escape.
 */
export async function evaluate(
	request: EvaluateRequest,
	options: CallOptions = {},
): Promise<EvaluationReport> {
	return await door({}, options, (call) => evaluateAll(readEvaluation(request), call));
}

async function evaluateAll(
	evaluation: Evaluation,
	call: Metered<CallOptions>,
): Promise<EvaluationReport> {
	assertDistinct(evaluation);
	const { client, models, seed, resamples, target, baseline, maxCostUsd } = evaluation;
	assertPriced(client, pricedModels(evaluation), maxCostUsd);
	limitRequests(call.ledger, { maxCostUsd });
	const { results, ended } = await answerAll(evaluation, call);
	const resampling = { seed, resamples };
	const reports: ModelReport[] = [];
	for (const model of models)
		reports.push(await inTurns(modelReport(model, ofModel(results, model), resampling)));
	const byQuality = reports.toSorted((a, b) => b.f1 - a.f1);
	const warnings = models.flatMap((model) => uncounted(model, ofModel(results, model)));
	const isOver = call.ledger.reached() !== undefined;
	const unpaid = isOver ? results.filter(({ error }) => error?.kind === 'budget').length : 0;
	const unpaidWords = `Max Cost of ${maxCostUsd} USD is reached: ${unpaid} answers are missing`;
	if (unpaid > 0) warnings.push(unpaidWords);
	const cascade =
		target === undefined
			? undefined
			: await inTurns(chooseCascade(results, models, { target, ...resampling }));
	if (target !== undefined && !cascade)
		warnings.push('no cascade: it needs extractions from texts, and models with a price');
	const compared = baseline && (await inTurns(compareReports(baseline, results, resampling)));
	if (compared) warnings.push(...compared.warnings);
	if (ended) warnings.push(`ended early: ${ended.message}`);
	const { costUsd, usage, requests } = call.ledger.spent();
	return {
		...{ version: 1, cases: evaluation.cases.length, models: byQuality, results },
		...(compared ? { comparisons: compared.comparisons } : {}),
		...(cascade ? { cascade } : {}),
		...endedBy(ended ?? (unpaid > 0 ? { kind: 'budget', message: unpaidWords } : undefined)),
		...{ warnings, costUsd, usage, requests },
	};
}

function endedBy(end: EvaluationReport['endedBy']): Pick<EvaluationReport, 'endedBy'> {
	return end ? { endedBy: { kind: end.kind, message: end.message } } : {};
}

/** Whatever may be asked. */
function pricedModels({ models, judge, extract }: Evaluation): string[] {
	return [...models, ...(judge ? [judge.model] : []), ...(extract?.escalateTo ?? [])];
}

function uncounted(model: string, results: readonly CaseResult[]): string[] {
	const unjudged = results.filter(({ isJudged }) => isJudged === false);
	const unscored = results.filter(({ isScored }) => !isScored).length - unjudged.length;
	const why = unjudged[0]?.error?.message;
	return [
		...(unscored === 0 ? [] : [`${model}: ${unscored} cases were not answered, and do not count`]),
		...(why
			? [`${model}: ${unjudged.length} cases were not judged, and do not count: ${why}`]
			: []),
	];
}

const ofModel = (results: readonly CaseResult[], model: string) =>
	results.filter((result) => result.model === model);

/** Two cases of one name could not be told apart in a comparison. */
function assertDistinct({ cases, models }: Evaluation): void {
	const twice = (list: readonly string[]) => {
		const seen = new Set<string>();
		return list.find((name) => seen.size === seen.add(name).size);
	};
	const id = twice(cases.map((one) => one.id));
	const model = twice(models);
	const [path, name] = id === undefined ? ['/models', model] : ['/cases', id];
	if (name === undefined) return;
	throw new TokenHubError('badConfig', `Invalid evaluation: "${name}" occurs twice.`, {
		failures: [{ path, message: `"${name}" occurs twice` }],
	});
}

interface Answered {
	results: CaseResult[];
	/** Why the others were not asked. */
	ended?: TokenHubError;
}

/**
 * The first case by each model, then all others.
 * @throws TokenHubError where the first one fails as all would; later, what is paid for is kept.
 */
async function answerAll(evaluation: Evaluation, call: Metered<CallOptions>): Promise<Answered> {
	const { cases, models, client, concurrency = client.maxConcurrency } = evaluation;
	// Where the money may end, models are compared by the same cases.
	const asked = evaluation.maxCostUsd
		? cases.flatMap((one) => models.map((model) => ({ case: one, model })))
		: models.flatMap((model) => cases.map((one) => ({ case: one, model })));
	const isTried = (one: Asked) => one.case === cases[0];
	const [tried, others] = [asked.filter(isTried), asked.filter((one) => !isTried(one))];
	let ended: TokenHubError | undefined;
	const tell = progressTeller(evaluation, asked.length, call);
	const answer = async (one: Asked, within: Metered<CallOptions>) => {
		const outcome = await runCase(evaluation, one, within);
		const result = await caseResult(evaluation, one, { outcome, call: within });
		await tell();
		return result;
	};
	const answerOrEnd = async (one: Asked) => {
		try {
			if (!ended) return await answer(one, call);
		} catch (thrown) {
			ended ??= asTokenHubError(thrown, true);
		}
		const outcome = { error: ended, spending: noSpending(), latencyMs: 0 };
		return await caseResult(evaluation, one, { outcome, call });
	};
	const stop = new AbortController();
	const signal = AbortSignal.any([stop.signal, ...(call.signal ? [call.signal] : [])]);
	try {
		const first = await mapConcurrently(
			tried,
			concurrency,
			async (one) => await answer(one, { ...call, signal }),
		);
		const rest = await mapConcurrently(others, concurrency, answerOrEnd);
		const byModel = groupBy([...first, ...rest], ({ model }) => model);
		return { results: models.flatMap((model) => byModel.get(model) ?? []), ended };
	} finally {
		// After a failure that every case shares, the others are not paid for.
		stop.abort();
	}
}

/** Returns a function to call after each case. */
function progressTeller(
	{ onProgress }: Evaluation,
	total: number,
	{ ledger }: Metered<CallOptions>,
) {
	const rest = breaths();
	let done = 0;
	return async () => {
		done += 1;
		const progress = { done, total, costUsd: ledger.spent().costUsd };
		// An error of the listener must not cost results that were paid for.
		void valueOrReason(() => onProgress?.(progress));
		// If all answers are available at once, such as recorded ones, nothing else would get a turn.
		await rest();
	};
}

interface Asked {
	case: Case;
	model: string;
}
