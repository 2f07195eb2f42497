import { addSpending, noSpending, type Spending, type PriceOf } from './usage';

/**
 * The body of a request, as far as its sender reads it: everything else is sent unchanged.
 * `chatRequest` decides what it may contain.
 */
export interface RequestBody {
	model: string;
	messages: readonly object[];
	max_tokens: number;
	tools?: readonly object[];
}

/** Who answers, and at what price. */
export interface Seller {
	/**
	 * By the caller's own prices, otherwise by the price list.
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
	/** Whether it may exceed the limit, such as the last answer of a loop. */
	mayExceed?: boolean;
}

/** A limit of spending. */
export type SpentLimit = 'tokenBudget' | 'costBudget';
export const SPENDING_LIMITS: Record<SpentLimit, string> = {
	tokenBudget: 'Max Total Tokens',
	costBudget: 'Max Cost',
};

/** Ends a reservation once the cost of the request is recorded. */
export type Settle = (usd: number | null) => void;

/** What one call of a public function has paid for so far: its error reports it, however it fails. */
export interface Ledger {
	/** Records an answer that is billed, with its model, whether it can be used or not. */
	add(this: void, spending: Spending, model?: string): void;
	/** Records what was paid before this call, which does not concern outer ledgers. */
	begin(this: void, spending: Spending): void;
	spent(this: void): Spending;
	/** The same without what was paid before this call. */
	added(this: void): Spending;
	/** The limit that the call has reached, if any: after that, nothing else is sent. */
	reached(this: void): SpentLimit | undefined;
	/**
	 * Waits until a request can be paid for on top of those in flight. @throws TokenHubError `budget` if
	 * nothing is left for it, `cancelled`.
	 */
	reserve(this: void, payment: Payment): Promise<Settle>;
	/** The tool calls that have run, if the call is a loop or has run one. */
	steps?(this: void): unknown[];
	/** Tells the outer call where to find the tool calls of this one. */
	nest(this: void, steps: () => unknown[]): void;
}

/** What is recorded here is recorded in the outer ledger too, and has to be paid from it. */
export function openLedger(outer?: Ledger): Ledger {
	let [before, added] = [noSpending(), noSpending()];
	// Limits look at it many times between two answers.
	let spent: Spending | undefined = added;
	return {
		add(spending, model) {
			added = addSpending(added, spending);
			spent = undefined;
			outer?.add(spending, model);
		},
		begin(spending) {
			before = addSpending(before, spending);
			spent = undefined;
		},
		spent: () => (spent ??= addSpending(before, added)),
		added: () => added,
		reached: () => outer?.reached(),
		nest: (steps) => outer?.nest(steps),
		reserve: async (payment) => (await outer?.reserve(payment)) ?? (() => undefined),
	};
}

/** What results and errors of public functions have cost, if no outer ledger has counted it. */
const ledgers = new WeakMap<object, { ledger: Ledger; openedAt: number }>();

/** Called when a door opens; returns the function that everything leaving by it passes through. */
export function openUncounted(ledger: Ledger): <Leaving>(value: Leaving) => Leaving {
	const openedAt = performance.now();
	return (value) => {
		if (typeof value === 'object' && value !== null) ledgers.set(value, { ledger, openedAt });
		return value;
	};
}

/**
 * The cost of a value, if a public function returned it since then: to be counted once, and by nobody
 * else.
 */
export function claimUncounted(value: unknown, since: number): Spending {
	if (typeof value !== 'object' || value === null) return noSpending();
	const known = ledgers.get(value);
	if (!known || known.openedAt < since) return noSpending();
	ledgers.delete(value);
	return known.ledger.added();
}
