import { estimateTokens, promptTokens as promptTokensOf } from '../lib/text';
import type { Ledger, RequestBody } from '../ledger';
import { noSpending, roundUsd, type Spending, type Usage, type PriceOf } from '../usage';
import { mayBeBilled } from './refusalError';
import { readBill, type WireBill, type WireCompletion } from './completion';
import { withCost, type WireUsage } from './wireUsage';

/** An answer, as far as its cost can be told from it. */
type Billed = WireBill & Partial<Pick<WireCompletion, 'choices'>>;

interface AskedWith {
	body: RequestBody;
	priceOf: PriceOf;
}

/** What an answer has cost, by the model that gave it; by the one asked where that is not known. */
export function spendingOf(answer: Billed, { body, priceOf }: AskedWith): Spending {
	const usage = toUsage(answer.usage);
	const priced = (given: Usage) => priceOf(answer.model, given) ?? priceOf(body.model, given);
	const reported = answer.usage?.cost;
	const spending = {
		...{ ...noSpending(), usage, requests: 1 },
		...(reported === undefined ? {} : { reportedCostUsd: roundUsd(reported) }),
	};
	if (isCounted(answer)) return { ...spending, costUsd: priced(withRest(usage)) };
	// An answer that does not count its tokens has a price, but nobody knows it.
	const guess = estimatedUsage(answer, body);
	const estimated = { totalTokens: guess.totalTokens, costUsd: priced(guess) };
	return { ...spending, costUsd: null, estimated };
}

/**
 * No request is without tokens, and no answer that says something: a gateway that counts none does not
 * count.
 */
function isCounted(answer: Billed): boolean {
	const {
		prompt_tokens: sent,
		completion_tokens: written,
		total_tokens: total,
	} = answer.usage ?? {};
	if (sent === undefined || written === undefined || sent + written === 0) return false;
	// Some of them are counted in the total alone, and nobody says at which price.
	if ((total ?? 0) - sent - written > Math.max(FEW, (total ?? 0) / 100)) return false;
	return written > 0 || (answer.choices ?? []).every((choice) => saidIn(choice) === '');
}

/** Tokens of a total, beside a hundredth of it, that need not be told apart: at most a fraction of a cent. */
const FEW = 16;

/** What is in the total alone has the price of what is written, which is the highest. */
function withRest(usage: Usage): Usage {
	return { ...usage, completionTokens: usage.totalTokens - usage.promptTokens };
}

/** What is counted, and estimates of the rest. */
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

/** A request, and where what it costs is taken down. */
export type Billing = AskedWith & { ledger?: Ledger };

/** Reads an answer; one that cannot be used may be billed all the same, which goes into the ledger. */
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

/** Failures of answers that said what they cost. */
const takenDown = new WeakSet<Error>();

/** Who pays for what has failed: nobody, what is taken down already, or perhaps us for all that was asked for. */
export function billFor(error: unknown): 'none' | 'takenDown' | 'unknown' {
	if (error instanceof Error && takenDown.has(error)) return 'takenDown';
	return mayBeBilled(error) ? 'unknown' : 'none';
}

/** Waits for an answer; one that fails once its request has left may be billed all the same. */
export async function whileBilled<Answer>(
	ask: () => Promise<Answer>,
	{ ledger, signal, ...asked }: Billing & { signal?: AbortSignal | null },
): Promise<Answer> {
	// Nothing leaves any more.
	const isOver = signal?.aborted === true;
	try {
		return await ask();
	} catch (error) {
		const isUnknown = !isOver && billFor(error) === 'unknown';
		if (isUnknown) ledger?.add(unknownSpending(asked), asked.body.model);
		throw error;
	}
}

/** What an answer has cost that never came: nobody knows. A limit counts the longest one that was allowed. */
export function unknownSpending({ body, priceOf }: AskedWith): Spending {
	const promptTokens = promptTokensOf(body);
	const totalTokens = promptTokens + body.max_tokens;
	const longest = { promptTokens, completionTokens: body.max_tokens, totalTokens };
	const estimated = { totalTokens, costUsd: priceOf(body.model, longest) };
	return { ...noSpending(), costUsd: null, estimated };
}

/** What one streamed answer has cost that came to its end, or did not. */
export function streamSpending(
	completion: WireCompletion,
	{ isWhole, bill, ...asked }: AskedWith & { isWhole: boolean; bill: ReturnType<typeof billFor> },
): Spending {
	if (!isWhole && bill === 'takenDown') return noSpending();
	const spending = spendingOf(completion, asked);
	if (isWhole || spending.usage.totalTokens > 0) return spending;
	// One that broke off before it counted its tokens may have been paid for: nobody knows.
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
