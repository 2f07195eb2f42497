import { unlessCancelled } from './client/pause';
import { TokenHubError } from './errors';
import type { Ledger, Payment, Settle } from './ledger';
import { openPromise } from './openPromise';
import { promptTokens as countPrompt } from './promptTokens';
import { countedUsd } from './usage';

/** What an answer of the usual length costs, and one as long as Max Tokens allows. */
export interface Price {
	usualUsd: number;
	mostUsd: number;
}

/** What several requests may cost together. */
export interface Purse {
	spentUsd(this: void): number;
	/**
	 * Waits until the dearest answer can be paid beside those in flight. Alone, a request may go over the
	 * limit; undefined when not even the usual answer can be paid then.
	 */
	reserve(
		this: void,
		price: Price,
		asked?: Pick<Payment, 'signal' | 'mayExceed'>,
	): Promise<Settle | undefined>;
}

/** `spentUsd` counts what was billed for answers that could not be used as well. */
export function openPurse(maxCostUsd: number, spentUsd: () => number): Purse {
	let [reservedUsd, inFlight] = [0, 0];
	// How much dearer an answer has turned out to be than the dearest that was thought of.
	let overrun = 1;
	const waiting: Array<() => void> = [];
	const settle = (reserved: number, mostUsd: number, usd: number | null) => {
		inFlight -= 1;
		reservedUsd -= reserved;
		if (mostUsd > 0) overrun = Math.max(overrun, (usd ?? 0) / mostUsd);
		for (const wake of waiting.splice(0)) wake();
	};
	return {
		spentUsd,
		async reserve({ usualUsd, mostUsd }, { signal, mayExceed = false } = {}) {
			while (inFlight > 0 && spentUsd() + reservedUsd + mostUsd * overrun > maxCostUsd) {
				const { promise, resolve } = openPromise<void>();
				waiting.push(resolve);
				await unlessCancelled(promise, signal);
			}
			const isLeft = spentUsd() < maxCostUsd && spentUsd() + usualUsd * overrun <= maxCostUsd;
			if (!isLeft && !mayExceed) return undefined;
			const reserved = mostUsd * overrun;
			inFlight += 1;
			reservedUsd += reserved;
			return (usd) => settle(reserved, mostUsd, usd);
		},
	};
}

/**
 * Lets the requests of all calls that a ledger is the outer one of begin only while they can be paid
 * beside those in flight.
 */
export function limitRequests(ledger: Ledger, maxCostUsd: number): void {
	const { isSpent, reserve } = ledger;
	const purse = openPurse(maxCostUsd, () => countedUsd(ledger.spent()) ?? 0);
	ledger.isSpent = () => isSpent() || purse.spentUsd() >= maxCostUsd;
	ledger.reserve = async (payment) => {
		const settle = await purse.reserve({ usualUsd: 0, mostUsd: mostUsd(payment) }, payment);
		if (!settle) throw spentError(purse.spentUsd(), maxCostUsd);
		try {
			const settleOuter = await reserve(payment);
			return (usd) => [settle, settleOuter].forEach((end) => end(usd));
		} catch (error) {
			settle(null);
			throw error;
		}
	};
}

/** Of the dearest model that may answer, by the estimate of the tokens that are sent. */
function mostUsd({ client, body }: Payment): number {
	const promptTokens = countPrompt(body);
	const usage = { promptTokens, completionTokens: body.max_tokens, totalTokens: 0 };
	return Math.max(
		...client.modelsFor(body.model).map((model) => client.priceOf(model, usage) ?? 0),
	);
}

export function spentError(spentUsd: number, maxCostUsd: number): TokenHubError {
	const spent = `${spentUsd.toFixed(4)} of ${maxCostUsd} USD`;
	return new TokenHubError('budget', `Max Cost is reached: the run has spent ${spent}.`);
}

/** Sends a request as soon as it can be paid. */
export async function whenPayable<Answer>(
	ledger: Ledger,
	payment: Payment,
	ask: () => Promise<Answer>,
): Promise<Answer> {
	const settle = await settling(ledger, payment);
	try {
		return await ask();
	} finally {
		settle();
	}
}

/** The same for an answer that comes in pieces. */
export async function* whilePayable<Piece>(
	ledger: Ledger,
	payment: Payment,
	ask: () => AsyncGenerator<Piece, void, undefined>,
): AsyncGenerator<Piece, void, undefined> {
	const settle = await settling(ledger, payment);
	try {
		yield* ask();
	} finally {
		settle();
	}
}

async function settling(ledger: Ledger, payment: Payment): Promise<() => void> {
	const usd = () => countedUsd(ledger.spent());
	const settle = await ledger.reserve(payment);
	const before = usd() ?? 0;
	return () => settle((usd() ?? before) - before);
}
