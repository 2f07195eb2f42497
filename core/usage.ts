import type { ErrorKind } from './errorKinds';

/** Tokens of one or several calls, added up. */
export interface Usage {
	/** Tokens that were sent. */
	promptTokens: number;
	/** Tokens that the model wrote. */
	completionTokens: number;
	/** Both. */
	totalTokens: number;
}

/** US dollars for the tokens of a model; null if its price is not known. */
export type PriceOf = (model: string, usage: Usage) => number | null;

/** A model that failed before another answered, and why. */
export interface Fallback {
	/** Its id. */
	model: string;
	/** The kind of its failure. */
	kind: ErrorKind;
	/** What it said. */
	message: string;
}

/** Known numbers and, where an answer did not count its tokens, estimates, added up. */
export interface Estimated {
	/** Tokens that were sent and written. */
	totalTokens: number;
	/** US dollars; null if the price of a model is unknown. */
	costUsd: number | null;
}

/** What calls have cost so far. */
export interface Spending {
	/** Tokens of the requests that succeeded. */
	usage: Usage;
	/**
	 * US dollars; null if a model without a known price took part, or a request that was sent got no
	 * answer.
	 */
	costUsd: number | null;
	/**
	 * US dollars as reported by the gateway, if it reports a cost; null if only for some of the answers.
	 */
	reportedCostUsd?: number | null;
	/** What limits count if an answer did not arrive, or did not say how many tokens it used. */
	estimated?: Estimated;
	/** HTTP calls that were answered. One that was sent and got no answer may be billed as well. */
	requests: number;
	/** HTTP calls that failed and were retried. */
	retries: number;
	/** Models that failed before another answered, each failure once; in n8n with Fallback Models. */
	fallbacks?: Fallback[];
}

export function noSpending(): Spending {
	return {
		usage: { promptTokens: 0, completionTokens: 0, totalTokens: 0 },
		costUsd: 0,
		requests: 0,
		retries: 0,
	};
}

export function addSpending(a: Spending, b: Spending): Spending {
	return {
		usage: {
			promptTokens: a.usage.promptTokens + b.usage.promptTokens,
			completionTokens: a.usage.completionTokens + b.usage.completionTokens,
			totalTokens: a.usage.totalTokens + b.usage.totalTokens,
		},
		costUsd: addUsd(a.costUsd, b.costUsd),
		...addReported(a, b),
		...addEstimates(a, b),
		requests: a.requests + b.requests,
		retries: a.retries + b.retries,
		...addFallbacks(a.fallbacks, b.fallbacks),
	};
}

function addUsd(a: number | null, b: number | null): number | null {
	return a === null || b === null ? null : roundUsd(a + b);
}

function addReported(a: Spending, b: Spending): Pick<Spending, 'reportedCostUsd'> {
	if (a.reportedCostUsd === undefined && b.reportedCostUsd === undefined) return {};
	const paid = [a, b].filter(({ requests, costUsd }) => requests > 0 || costUsd !== 0);
	if (paid.every(({ reportedCostUsd }) => reportedCostUsd === undefined)) return {};
	const reported = paid.map(({ reportedCostUsd = null }) => reportedCostUsd);
	return { reportedCostUsd: reported.reduce(addUsd, 0) };
}

function addEstimates(a: Spending, b: Spending): Pick<Spending, 'estimated'> {
	if (!a.estimated && !b.estimated) return {};
	const totalTokens = countedTokens(a) + countedTokens(b);
	return { estimated: { totalTokens, costUsd: addUsd(pricedUsd(a), pricedUsd(b)) } };
}

/** The tokens that a limit counts. A gateway may report a total that is less than its parts. */
export function countedTokens({ usage, estimated }: Pick<Spending, 'usage' | 'estimated'>): number {
	const { promptTokens, completionTokens, totalTokens } = usage;
	return estimated?.totalTokens ?? Math.max(totalTokens, promptTokens + completionTokens);
}

/** Whether anything was billed, or may have been. */
export function isSpent(spending: Pick<Spending, 'requests' | 'usage' | 'estimated'>): boolean {
	return spending.requests > 0 || countedTokens(spending) > 0;
}

/** US dollars by the price list, estimates included; null if a model has no known price. */
export function pricedUsd({
	costUsd,
	estimated,
}: Pick<Spending, 'costUsd' | 'estimated'>): number | null {
	return estimated ? estimated.costUsd : costUsd;
}

/**
 * The US dollars that a limit counts: by the prices, or as the gateway reports if that is more; null if
 * neither is known.
 */
export function countedUsd(
	spending: Pick<Spending, 'costUsd' | 'reportedCostUsd' | 'estimated'>,
): number | null {
	const priced = pricedUsd(spending);
	const reported = spending.reportedCostUsd ?? null;
	return reported === null ? priced : Math.max(priced ?? 0, reported);
}

function addFallbacks(a: readonly Fallback[] = NONE, b: readonly Fallback[] = NONE) {
	if (a.length + b.length === 0) return {};
	const isNew = ({ model, kind }: Fallback) =>
		!a.some((known) => known.model === model && known.kind === kind);
	return { fallbacks: [...a, ...b.filter(isNew)] };
}

const NONE: readonly Fallback[] = [];

export function sumSpending(list: readonly Spending[]): Spending {
	return list.reduce<Spending>(addSpending, noSpending());
}

/**
 * Adding prices as floats leaves noise in the last digits; a billionth of a dollar is precise enough.
 */
export function roundUsd(usd: number): number {
	return Math.round(usd * 1e9) / 1e9;
}

/**
 * A result that was paid for before: it is reused and costs nothing. Keys that it does not have are not
 * added.
 */
export function reused<Result extends object>(result: Result): Result & { reused: true } {
	const estimated = { totalTokens: 0, costUsd: 0 };
	const spent = { ...noSpending(), reportedCostUsd: 0, estimated, latencyMs: 0 };
	const own = Object.entries(spent).filter(([key]) => Object.hasOwn(result, key));
	return { ...result, ...Object.fromEntries(own), reused: true as const };
}
