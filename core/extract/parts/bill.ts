import { TokenHubError } from '../../errors';
import { openPurse, type Price } from '../../purse';
import type { Steps } from '../../lib/steps';
import { countedUsd, type Spending } from '../../usage';
import { toChatRequest, type Conversation } from '../attempt';
import { costFactor, expectedUsage, promptTokensOf, expectedAnswer } from './estimate';
import type { ExtractJob } from '../attempt';
import { requestFor, type TextPart } from './chunk';

/** What the parts of a text cost, and what the extraction may spend. */
export interface Bill {
	/** @throws TokenHubError `budget` if the remaining parts cannot be paid for. */
	assertPayable(): void;
	/**
	 * Asks as soon as the most expensive answer can be paid for on top of those in flight.
	 * @throws TokenHubError `budget` if it cannot be paid for, before the request.
	 */
	pay<Asked extends Billed>(conversation: Conversation, ask: () => Promise<Asked>): Promise<Asked>;
	/** Records what a part has cost, which improves the estimates of the run. */
	paid(part: TextPart, costUsd: number | null): void;
	/** Its parts are read instead. */
	split(part: TextPart, into: readonly TextPart[]): void;
}

interface Billed {
	answer: Spending;
}

/** Estimates may be off by this factor: if they exceed the limit by more, nothing else is started. */
const TOLERANCE = 1.1;

/** @throws TokenHubError `budget` if the whole cannot be paid for, before any request. */
export function* openBill(job: ExtractJob, parts: readonly TextPart[]): Steps<Bill> {
	const { trackRecord } = job;
	const { maxCostUsd = Infinity } = job.request;
	const open = new Map<TextPart, number>();
	for (const part of parts) {
		yield;
		open.set(part, expectedUsd(job, part));
	}
	const purse = openPurse(maxCostUsd, () => countedUsd(job.call.ledger.spent()) ?? 0);
	const left = () => sumOf(open.values()) * costFactor(trackRecord);
	const tooDear = (usd: number) => budgetError(usd, maxCostUsd, parts.length);
	if (left() > maxCostUsd) throw tooDear(left());
	return {
		assertPayable() {
			const whole = purse.spent() + left();
			if (whole > maxCostUsd * TOLERANCE) throw tooDear(whole);
		},
		async pay(conversation, ask) {
			if (maxCostUsd === Infinity) return await ask();
			const price = priceFor(conversation);
			const settle = await purse.reserve(price, job.call);
			if (!settle) throw tooDear(purse.spent() + price.usual);
			const asked = await ask().catch((error: unknown) => {
				settle(null);
				throw error;
			});
			settle(countedUsd(asked.answer));
			return asked;
		},
		paid(part, costUsd) {
			trackRecord.spentUsd += costUsd ?? 0;
			trackRecord.expectedUsd += costUsd === null ? 0 : (open.get(part) ?? 0);
			open.delete(part);
		},
		split(part, into) {
			open.delete(part);
			for (const one of into) open.set(one, expectedUsd(job, one));
		},
	};
}

function expectedUsd({ client, request, ...job }: ExtractJob, part: TextPart): number {
	const own = { ...job, client, request: requestFor(request, part) };
	return client.priceOf(request.model, expectedUsage(own)) ?? 0;
}

const sumOf = (amounts: Iterable<number>) => [...amounts].reduce((sum, usd) => sum + usd, 0);

function priceFor(conversation: Conversation): Price {
	const request = toChatRequest(conversation);
	const promptTokens = promptTokensOf(request);
	const usd = (completionTokens: number) =>
		conversation.client.priceOf(conversation.model, {
			promptTokens,
			completionTokens,
			totalTokens: 0,
		}) ?? 0;
	const { target, request: asked } = conversation;
	const usual = expectedAnswer(target.schema, asked.text ?? '');
	const most = request.maxTokens ?? usual;
	return { usual: usd(Math.min(most, usual)), most: usd(most) };
}

function budgetError(costUsd: number, maxCostUsd: number, requests: number): TokenHubError {
	const size = requests === 1 ? '1 request' : `${requests} requests`;
	const message = `The text would cost about ${costUsd.toFixed(4)} USD (${size}); Max Cost leaves ${maxCostUsd.toFixed(4)} USD.`;
	return new TokenHubError('budget', message, {
		hint: 'Raise Max Cost, choose a cheaper model, or shorten the text.',
	});
}
