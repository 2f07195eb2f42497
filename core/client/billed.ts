import type { Ledger } from '../ledger';
import { findModel, priceOf } from '../models';
import { noSpending, type Spending, type Usage } from '../usage';
import { readBill, type WireBill, type WireUsage } from './wire';

/** What an answer has cost, by the model that gave it; by the one asked where that is not known. */
export function spendingOf({ model, usage }: WireBill, asked: string): Spending {
	const counted = toUsage(usage);
	const priced = findModel(model) ? model : asked;
	// An answer that does not count its tokens has a price, but nobody knows it.
	const isCounted = usage?.prompt_tokens !== undefined && usage.completion_tokens !== undefined;
	const costUsd = isCounted ? priceOf(priced, counted) : null;
	return { ...noSpending(), usage: counted, costUsd, requests: 1 };
}

/** Reads an answer; one that cannot be used may be billed all the same, which goes into the ledger. */
export function readBilled<Read>(
	read: (answer: unknown) => Read,
	answer: unknown,
	{ ledger, model }: { ledger?: Ledger; model: string },
): Read {
	try {
		return read(answer);
	} catch (error) {
		const bill = readBill(answer);
		const lost = bill?.usage && spendingOf(bill, model);
		if (lost && lost.usage.totalTokens > 0) ledger?.add(lost);
		throw error;
	}
}

function toUsage(usage: WireUsage): Usage {
	const promptTokens = usage?.prompt_tokens ?? 0;
	const completionTokens = usage?.completion_tokens ?? 0;
	const sum = promptTokens + completionTokens;
	return { promptTokens, completionTokens, totalTokens: Math.max(usage?.total_tokens ?? 0, sum) };
}
