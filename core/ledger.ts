import { addSpending, noSpending, type Spending, type PriceOf } from './usage';

/**
 * The body of a request, as far as its sender looks into it: the rest goes out as it is. What may stand
 * in it is for `chatRequest` to say.
 */
export interface RequestBody {
	model: string;
	messages: readonly object[];
	max_tokens: number;
	tools?: readonly object[];
}

/** Who answers, and for how much. */
export interface Seller {
	/**
	 * By the caller's own prices, else by the price list.
	 * @hidden
	 */
	priceOf: PriceOf;
	/**
	 * The models that may answer a request to this one.
	 * @hidden
	 */
	modelsFor(model: string): readonly string[];
}

/** A request that is about to be sent. */
export interface Payment {
	client: Seller;
	body: RequestBody;
	signal?: AbortSignal;
	/** It may be asked beyond the limit, such as the last answer of a loop. */
	mayExceed?: boolean;
}

/** A limit of spending. */
export type SpentLimit = 'tokenBudget' | 'costBudget';

/** Ends a reservation, once what the request has cost is taken down. */
export type Settle = (usd: number | null) => void;

/** What one call of a public function has paid for so far: its error tells, however it fails. */
export interface Ledger {
	/** Takes down an answer that is billed, and whose it is, whether it can be used or not. */
	add(this: void, spending: Spending, model?: string): void;
	/** Takes down what was paid before this call, which no outer ledger has to do with. */
	begin(this: void, spending: Spending): void;
	spent(this: void): Spending;
	/** The same without what was paid before. */
	added(this: void): Spending;
	/** The limit of what it may spend that the call has reached: then nothing is sent again. */
	reached(this: void): SpentLimit | undefined;
	/**
	 * Waits until a request can be paid beside those in flight.
	 * @throws TokenHubError `budget` when nothing is left for it, `cancelled`.
	 */
	reserve(this: void, payment: Payment): Promise<Settle>;
	/** The tool calls that have run, when the call is a loop, or has asked one. */
	steps?(this: void): unknown[];
	/** Tells the call that this one runs for where its tool calls are. */
	nest(this: void, steps: () => unknown[]): void;
}

/** What is taken down here is taken down in the outer ledger as well, and has to be paid from it. */
export function openLedger(outer?: Ledger): Ledger {
	let [before, added] = [noSpending(), noSpending()];
	return {
		add(spending, model) {
			added = addSpending(added, spending);
			outer?.add(spending, model);
		},
		begin(spending) {
			before = addSpending(before, spending);
		},
		spent: () => addSpending(before, added),
		added: () => added,
		reached: () => outer?.reached(),
		nest: (steps) => outer?.nest(steps),
		reserve: async (payment) => (await outer?.reserve(payment)) ?? (() => undefined),
	};
}

/** What results and errors of public functions have cost, where no outer ledger has counted it. */
const ledgers = new WeakMap<object, { ledger: Ledger; openedAt: number }>();

/** To be called when a door opens; gives what is to be done with all that leaves by it. */
export function openUncounted(ledger: Ledger): <Leaving>(value: Leaving) => Leaving {
	const openedAt = performance.now();
	return (value) => {
		if (typeof value === 'object' && value !== null) ledgers.set(value, { ledger, openedAt });
		return value;
	};
}

/**
 * What a value has cost, when a public function was called for it since then: to be counted once, and by
 * nobody else.
 */
export function claimUncounted(value: unknown, since: number): Spending {
	if (typeof value !== 'object' || value === null) return noSpending();
	const known = ledgers.get(value);
	if (!known || known.openedAt < since) return noSpending();
	ledgers.delete(value);
	return known.ledger.added();
}
