import { estimateTokens, promptTokens as promptTokensOf } from '../lib/text';
import type { Ledger, RequestBody } from '../ledger';
import { noSpending, roundUsd, type Spending, type Usage, type PriceOf } from '../usage';
import { mayBeBilled } from './refusalError';
import { readBill, type WireBill, type WireCompletion } from './completion';
import { withCost, type WireUsage } from './wireUsage';

/** The parts of an answer from which its cost can be read. */
type Billed = WireBill & Partial<Pick<WireCompletion, 'choices'>>;

interface AskedWith {
	body: RequestBody;
	priceOf: PriceOf;
}

/**
 * What an answer has cost, at the price of the model that answered; if that is unknown, of the model
 * that was asked.
 */
export function spendingOf(answer: Billed, { body, priceOf }: AskedWith): Spending {
	const usage = toUsage(answer.usage);
	const priced = (given: Usage) => priceOf(answer.model, given) ?? priceOf(body.model, given);
	const reported = answer.usage?.cost;
	const spending = {
		...{ ...noSpending(), usage, requests: 1 },
		...(reported === undefined ? {} : { reportedCostUsd: roundUsd(reported) }),
	};
	if (isCounted(answer)) return { ...spending, costUsd: priced(withRest(usage)) };
	// An answer that does not count its tokens has a price, but it is not known.
	const guess = estimatedUsage(answer, body);
	const estimated = { totalTokens: guess.totalTokens, costUsd: priced(guess) };
	return { ...spending, costUsd: null, estimated };
}

/**
 * Every request has tokens, and so has every answer with content: a gateway that reports zero does not
 * count.
 */
function isCounted(answer: Billed): boolean {
	const {
		prompt_tokens: sent,
		completion_tokens: written,
		total_tokens: total,
	} = answer.usage ?? {};
	if (sent === undefined || written === undefined || sent + written === 0) return false;
	// Some tokens are counted only in the total, and nothing says at which price.
	if ((total ?? 0) - sent - written > Math.max(FEW, (total ?? 0) / 100)) return false;
	return written > 0 || (answer.choices ?? []).every((choice) => saidIn(choice) === '');
}

/**
 * Up to this many tokens of a total, or a hundredth of it, need no explanation: they cost a fraction of
 * a cent at most.
 */
const FEW = 16;

/** What only the total contains has the price of completion tokens, which is the highest. */
function withRest(usage: Usage): Usage {
	return { ...usage, completionTokens: usage.totalTokens - usage.promptTokens };
}

/** The numbers that were counted, and estimates for the rest. */
function estimatedUsage({ usage, choices = [] }: Billed, body: RequestBody): Usage {
	const sent = usage?.prompt_tokens || promptTokensOf(body);
	const total = usage?.total_tokens ?? 0;
	const said = estimateTokens(choices.map(saidIn).join(''));
	const written = Math.max(usage?.completion_tokens || said, total - sent);
	return {
		promptTokens: sent,
		completionTokens: written,
		totalTokens: Math.max(total, sent + written),
	};
}

function saidIn({ message }: WireCompletion['choices'][number]): string {
	const { content, refusal, tool_calls: calls } = message;
	return `${content}${refusal}${calls.length > 0 ? JSON.stringify(calls) : ''}`;
}

/** A request, and the ledger that records its cost. */
export type Billing = AskedWith & { ledger?: Ledger };

/**
 * Reads an answer. If it cannot be used, it may have been billed anyway, so its cost goes into the
 * ledger.
 */
export function readBilled<Read>(
	read: (answer: unknown) => Read,
	answer: unknown,
	{ ledger, headers, ...asked }: Billing & { headers?: Headers },
): Read {
	try {
		return read(answer);
	} catch (error) {
		const bill = withCost(readBill(answer) ?? { model: '' }, headers);
		const lost = spendingOf(bill, asked);
		const isSaid = lost.usage.totalTokens > 0 || lost.reportedCostUsd !== undefined;
		if (isSaid && error instanceof Error) takenDown.add(error);
		if (isSaid) ledger?.add(lost);
		throw error;
	}
}

/** Failures of answers whose cost is recorded already. */
const takenDown = new WeakSet<Error>();

/**
 * Who pays for a failure: nobody, nobody any more because it is recorded, or perhaps we for everything
 * that was asked for.
 */
export function billFor(error: unknown): 'none' | 'takenDown' | 'unknown' {
	if (error instanceof Error && takenDown.has(error)) return 'takenDown';
	return mayBeBilled(error) ? 'unknown' : 'none';
}

/** Waits for an answer; if it fails once its request has been sent, it may have been billed. */
export async function whileBilled<Answer>(
	ask: () => Promise<Answer>,
	{ ledger, signal, ...asked }: Billing & { signal?: AbortSignal | null },
): Promise<Answer> {
	// Nothing is sent any more.
	const isOver = signal?.aborted === true;
	try {
		return await ask();
	} catch (error) {
		const isUnknown = !isOver && billFor(error) === 'unknown';
		if (isUnknown) ledger?.add(unknownSpending(asked), asked.body.model);
		throw error;
	}
}

/**
 * The cost of an answer that never arrived: it is not known. A limit counts the longest answer allowed.
 */
export function unknownSpending({ body, priceOf }: AskedWith): Spending {
	const promptTokens = promptTokensOf(body);
	const totalTokens = promptTokens + body.max_tokens;
	const longest = { promptTokens, completionTokens: body.max_tokens, totalTokens };
	const estimated = { totalTokens, costUsd: priceOf(body.model, longest) };
	return { ...noSpending(), costUsd: null, estimated };
}

/** What a streamed answer has cost, whether it came to its end or not. */
export function streamSpending(
	completion: WireCompletion,
	{ isWhole, bill, ...asked }: AskedWith & { isWhole: boolean; bill: ReturnType<typeof billFor> },
): Spending {
	if (!isWhole && bill === 'takenDown') return noSpending();
	const spending = spendingOf(completion, asked);
	if (isWhole || spending.usage.totalTokens > 0) return spending;
	// If it broke off before it counted its tokens, it may have been billed: nobody knows.
	const { content, refusal, tool_calls: calls } = completion.choices[0]?.message ?? {};
	const hasBegun = Boolean(content) || Boolean(refusal) || Boolean(calls?.length);
	if (hasBegun) return { ...spending, requests: 0 };
	return bill === 'none' ? noSpending() : unknownSpending(asked);
}

function toUsage(usage: WireUsage | undefined): Usage {
	const promptTokens = usage?.prompt_tokens ?? 0;
	const completionTokens = usage?.completion_tokens ?? 0;
	const sum = promptTokens + completionTokens;
	return { promptTokens, completionTokens, totalTokens: Math.max(usage?.total_tokens ?? 0, sum) };
}
