import type { ErrorKind } from './errorKind';

/** Tokens of one or several calls, added up. */
export interface Usage {
	/** Tokens that were sent. */
	promptTokens: number;
	/** Tokens that the model wrote. */
	completionTokens: number;
	/** Both. */
	totalTokens: number;
}

/** A model that was passed over, and why. */
export interface Fallback {
	/** Its id. */
	model: string;
	/** The kind of its failure. */
	kind: ErrorKind;
	/** What it said. */
	message: string;
}

/** What calls have cost so far. */
export interface Spending {
	/** Tokens of the requests that succeeded. */
	usage: Usage;
	/** US dollars; null as soon as one model without a known price took part. */
	costUsd: number | null;
	/** HTTP calls that succeeded: TokenHub bills only those. */
	requests: number;
	/** HTTP calls that failed and were sent again. */
	retries: number;
	/** Models that others answered for, in n8n with Fallback Models: each failure once. */
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
		costUsd: a.costUsd === null || b.costUsd === null ? null : roundUsd(a.costUsd + b.costUsd),
		requests: a.requests + b.requests,
		retries: a.retries + b.retries,
		...addFallbacks(a.fallbacks, b.fallbacks),
	};
}

function addFallbacks(a: readonly Fallback[] = [], b: readonly Fallback[] = []) {
	const isNew = ({ model, kind }: Fallback) =>
		!a.some((known) => known.model === model && known.kind === kind);
	const fallbacks = [...a, ...b.filter(isNew)];
	return fallbacks.length > 0 ? { fallbacks } : {};
}

export function sumSpending(list: readonly Spending[]): Spending {
	return list.reduce<Spending>(addSpending, noSpending());
}

/** Adding prices up as floats leaves dust in the last places; a billionth of a dollar is enough. */
export function roundUsd(usd: number): number {
	return Math.round(usd * 1e9) / 1e9;
}
