import { attemptFailure } from '../wire/attemptFailure';
import { spendingOf } from '../wire/billed';
import type { CallOptions, TokenHubClient } from '../client/createClient';
import { isStall } from '../transport/deadlines';
import type { WireChunk, WireCompletion } from '../wire/wire';
import type { Metered } from '../door';
import { TokenHubError } from '../errors';
import { noSpending, type Spending } from '../usage';
import { whilePayable } from '../purse';
import type { RequestBody } from './chatRequest';
import { collectChunks, endedEarly, type Collector } from '../wire/collectChunks';
import type { Seam } from './seam';
import type { Broken, StreamRoute } from './streamRoute';

/** Hears each piece of one stream, of arguments as well. */
export type Hear = (chunk: WireChunk) => void;

interface Asking {
	client: TokenHubClient;
	body: RequestBody;
	/** Between what was said before and this stream. */
	seam: Seam;
}

interface StreamCall extends Metered<CallOptions> {
	hear: Hear | undefined;
	route: Pick<StreamRoute, 'call' | 'opened'>;
}

/** One stream, opened when its pieces are read. */
export interface StreamedOnce {
	/** What it adds to the text. @throws TokenHubError for what another stream would not help. */
	pieces: AsyncGenerator<string, void, undefined>;
	completion(this: void): WireCompletion;
	/** Why it broke off, where another one may not. */
	broken(this: void): Broken | undefined;
}

export function streamOnce(asking: Asking, call: StreamCall): StreamedOnce {
	const collector = collectChunks();
	const state: Reading['state'] = {};
	const payment = { client: asking.client, body: asking.body, signal: call.signal };
	return {
		pieces: whilePayable(call.ledger, payment, () => read(asking, call, { collector, state })),
		completion: collector.completion,
		broken: () => state.broken,
	};
}

interface Reading {
	collector: Collector;
	state: { broken?: Broken };
}

async function* read(
	{ client, body, seam }: Asking,
	{ signal, ledger, hear, route }: StreamCall,
	{ collector, state }: Reading,
): AsyncGenerator<string, void, undefined> {
	const { chunks, ...opened } = await client.openStream(body, {
		...{ signal, ledger, ...route.call() },
	});
	route.opened(opened.fallbacks?.length ?? 0);
	let isWhole = false;
	try {
		for await (const together of chunks) {
			for (const chunk of together) {
				const fresh = seam.add(collector.add(chunk));
				hear?.(chunk);
				if (fresh !== '') yield fresh;
			}
		}
		if (!collector.finished()) throw endedEarly();
		isWhole = true;
	} catch (error) {
		if (!(error instanceof TokenHubError)) throw error;
		const isPassing = mayPass(error, signal);
		if (!isPassing && (collector.finished() || !client.passesOn(error))) throw error;
		// What comes after the end of an answer takes nothing from it.
		isWhole = collector.finished();
		if (!isWhole) state.broken = { error, mayPass: isPassing };
	} finally {
		const spending = spentBy(collector.completion(), { isWhole, body, client });
		ledger.add({ ...spending, ...opened }, collector.completion().model || body.model);
	}
	const rest = isWhole ? seam.end() : '';
	if (rest !== '') yield rest;
}

/** Whether another stream may come to its end. */
function mayPass(error: TokenHubError, signal?: AbortSignal): boolean {
	// A gateway whose events are whole, and no chunks of a completion, writes and bills the same again.
	const isForeign = error.kind === 'badResponse' && error.details.raw !== undefined;
	return isStall(error) || (!isForeign && attemptFailure(error, signal).retryable);
}

interface Asked {
	isWhole: boolean;
	body: RequestBody;
	client: TokenHubClient;
}

/** A stream that broke off before it counted its tokens may have been paid for: nobody knows. */
function spentBy(completion: WireCompletion, { isWhole, body, client }: Asked): Spending {
	const spending = spendingOf(completion, { body, priceOf: client.priceOf });
	if (isWhole || spending.usage.totalTokens > 0) return spending;
	const { content, refusal, tool_calls: calls } = completion.choices[0]?.message ?? {};
	const hasBegun = Boolean(content) || Boolean(refusal) || Boolean(calls?.length);
	return hasBegun ? { ...spending, requests: 0 } : noSpending();
}
