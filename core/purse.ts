import { openPromise } from './lib/async';
import { TokenHubError } from './errors';
import {
	SPENDING_LIMITS,
	type Ledger,
	type Payment,
	type Seller,
	type Settle,
	type SpentLimit,
} from './ledger';
import { promptTokens as countPrompt } from './lib/text';
import { unlessCancelled } from './transport/pause';
import { countedTokens, countedUsd, type Spending } from './usage';

/**
 * The cost of an answer of the usual length, and of one as long as `maxTokens` allows, in US dollars or
 * tokens.
 */
export interface Price {
	usual: number;
	most: number;
}

/** What several requests may spend together, in the unit of its limit. */
interface Purse {
	spent(this: void): number;
	/**
	 * Waits until the most expensive answer can be paid for on top of those in flight. A request that is
	 * alone may exceed the limit; undefined if not even the usual answer can be paid for then.
	 */
	reserve(
		this: void,
		price: Price,
		asked?: Pick<Payment, 'signal' | 'mayExceed'>,
	): Promise<Settle | undefined>;
}

/** `spent` includes what was billed for answers that could not be used. */
export function openPurse(limit: number, spent: () => number): Purse {
	let [inReserve, inFlight] = [0, 0];
	// How many times more expensive an answer was than the most expensive one expected.
	let overrun = 1;
	const waiting: Array<() => void> = [];
	const settle = (reserved: number, most: number, taken: number | null) => {
		inFlight -= 1;
		inReserve -= reserved;
		if (most > 0) overrun = Math.max(overrun, (taken ?? 0) / most);
		for (const wake of waiting.splice(0)) wake();
	};
	return {
		spent,
		async reserve({ usual, most }, { signal, mayExceed = false } = {}) {
			while (inFlight > 0 && spent() + inReserve + most * overrun > limit) {
				const { promise, resolve } = openPromise<void>();
				waiting.push(resolve);
				await unlessCancelled(promise, signal);
			}
			const isLeft = spent() < limit && spent() + usual * overrun <= limit;
			if (!isLeft && !mayExceed) return undefined;
			const reserved = most * overrun;
			inFlight += 1;
			inReserve += reserved;
			return (taken) => settle(reserved, most, taken);
		},
	};
}

/**
 * Lets the requests of all calls below a ledger begin only while they can be paid for on top of those
 * in flight.
 */
export function limitRequests(ledger: Ledger, limits: SpendingLimits): void {
	const { maxCostUsd, maxTotalTokens } = limits;
	limitSpending(ledger, limits);
	if (maxCostUsd !== undefined) {
		const spentUsd = () => countedUsd(ledger.spent()) ?? 0;
		const purse = openPurse(maxCostUsd, spentUsd);
		reserveFrom(ledger, purse, { most: mostUsd, error: () => spentError(spentUsd(), maxCostUsd) });
	}
	if (maxTotalTokens !== undefined) {
		const purse = openPurse(maxTotalTokens, () => countedTokens(ledger.spent()));
		reserveFrom(ledger, withoutOverrun(purse), { most: mostTokens, error: tokensError });
	}
}

interface Reserving {
	most: (payment: Payment) => number;
	error: () => TokenHubError;
}

function reserveFrom(ledger: Ledger, purse: Purse, { most, error }: Reserving): void {
	const { reserve } = ledger;
	ledger.reserve = async (payment) => {
		const settle = await purse.reserve({ usual: 0, most: most(payment) }, payment);
		if (!settle) throw error();
		try {
			const settleOuter = await reserve(payment);
			return (usd) => [settle, settleOuter].forEach((end) => end(usd));
		} catch (thrown) {
			settle(null);
			throw thrown;
		}
	};
}

/** Settles with an amount in US dollars. */
function withoutOverrun(purse: Purse): Purse {
	return {
		...purse,
		async reserve(price, asked) {
			const settle = await purse.reserve(price, asked);
			return settle && (() => settle(null));
		},
	};
}

/** At the price of the most expensive model that may answer, with the prompt's tokens estimated. */
function mostUsd({ client, body }: Payment): number {
	const promptTokens = countPrompt(body);
	const usage = { promptTokens, completionTokens: body.max_tokens, totalTokens: 0 };
	return Math.max(
		...client.modelsFor(body.model).map((model) => client.priceOf(model, usage) ?? 0),
	);
}

function mostTokens({ body }: Payment): number {
	return countPrompt(body) + body.max_tokens;
}

export function spentError(spentUsd: number, maxCostUsd: number): TokenHubError {
	// Four decimal places would show nothing of a small limit.
	const spent = `${Number(spentUsd.toPrecision(4))} of ${maxCostUsd} USD`;
	return new TokenHubError(
		'budget',
		`${SPENDING_LIMITS.costBudget} is reached: the run has spent ${spent}.`,
		{
			hint: 'Raise Max Cost, or run the remaining items later.',
		},
	);
}

function tokensError(): TokenHubError {
	return new TokenHubError(
		'budget',
		`${SPENDING_LIMITS.tokenBudget} is reached: the run has used all of them.`,
	);
}

/** Sends a request as soon as it can be paid for. */
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

/** The same for a streamed answer. */
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

/** What a call may spend; without a number, there is no limit. */
interface SpendingLimits {
	/** US dollars. */
	maxCostUsd?: number;
	/** Prompt and completion tokens. */
	maxTotalTokens?: number;
}

/**
 * A limit that cannot count would not limit anything. @throws TokenHubError `badConfig`, before any
 * request, for models without a price.
 */
export function assertPriced(
	client: Seller,
	models: readonly string[],
	maxCostUsd: number | undefined,
): void {
	if (maxCostUsd === undefined) return;
	if (!(maxCostUsd > 0)) {
		throw new TokenHubError('badConfig', 'Max Cost must be a number of US dollars above 0.', {
			failures: [{ path: '/maxCostUsd', message: 'it is not a number above 0' }],
		});
	}
	const asked = [...new Set(models.flatMap((model) => client.modelsFor(model)))];
	const unpriced = asked.filter((model) => client.priceOf(model, NOTHING) === null);
	if (unpriced.length === 0) return;
	const names = unpriced.map((model) => `"${model}"`).join(', ');
	throw new TokenHubError('badConfig', `Max Cost cannot be applied: ${names} has no known price.`, {
		hint: 'Give its price per million tokens under Prices (library: "prices" of createClient), or remove Max Cost and limit tokens instead.',
		failures: unpriced.map((model) => ({
			path: '/maxCostUsd',
			message: `there is no price for "${model}"`,
		})),
	});
}

const NOTHING = { promptTokens: 0, completionTokens: 0, totalTokens: 0 };

/** The limit that has been reached, if any. */
export function spentLimit(
	spending: Spending,
	{ maxCostUsd = Infinity, maxTotalTokens = Infinity }: SpendingLimits,
): SpentLimit | undefined {
	if (countedTokens(spending) >= maxTotalTokens) return 'tokenBudget';
	return (countedUsd(spending) ?? 0) >= maxCostUsd ? 'costBudget' : undefined;
}

/** Once a limit is reached, nothing else is sent, whichever layer would send it. */
export function limitSpending(ledger: Ledger, limits: SpendingLimits): void {
	const { reached } = ledger;
	ledger.reached = () => spentLimit(ledger.spent(), limits) ?? reached();
}

/** What a caller should know about limits that counted estimates. */
export function estimateWarnings(
	{ estimated }: Pick<Spending, 'estimated'>,
	{ maxCostUsd, maxTotalTokens }: SpendingLimits,
): string[] {
	if (!estimated) return [];
	const names = [
		...(maxCostUsd === undefined ? [] : ['Max Cost']),
		...(maxTotalTokens === undefined ? [] : ['Max Total Tokens']),
	];
	if (names.length === 0) return [];
	return [
		`${names.join(' and ')} counted an estimate: an answer did not come or did not say how many tokens it used, or its model has no known price.`,
	];
}
