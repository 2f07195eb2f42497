import type { PriceOf } from '../wire/billed';
import type { Experience, ModelRecord, Odds } from './experience';

export function recordOf({ models }: Experience, model: string): ModelRecord {
	const none = () => ({ tries: 0, wins: 0 });
	const record = models.get(model) ?? { first: none(), repair: none(), refusesTool: false };
	models.set(model, record);
	return record;
}

export function count(odds: Odds, isWin: boolean): void {
	odds.tries += 1;
	if (isWin) odds.wins += 1;
}

/** A first answer gets the benefit of the doubt for longer: a few bad items may come together. */
const TRIES_BEFORE_JUDGING = { first: 8, repair: 3 } as const;

/**
 * Whether asking a model before the next, more expensive one can save money: it does as long as it wins more
 * often than its share of the more expensive price. Where a price is not known, it is always asked.
 */
export function isWorthAsking(
	record: ModelRecord,
	kind: keyof typeof TRIES_BEFORE_JUDGING,
	{ model, next, priceOf }: { model: string; next: string; priceOf: PriceOf },
): boolean {
	const { tries, wins } = record[kind];
	const [own, other] = [priceOf(model, USUAL), priceOf(next, USUAL)];
	const share = own === null || other === null || other === 0 ? undefined : own / other;
	return share === undefined || tries < TRIES_BEFORE_JUDGING[kind] || wins / tries >= share;
}

/** A usual extraction: mostly prompt. */
const USUAL = { promptTokens: 1000, completionTokens: 300, totalTokens: 1300 };
