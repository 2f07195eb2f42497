import { spendingOf } from '../wire/billed';
import type { CallOptions, TokenHubClient } from '../client/createClient';
import { door, type Metered } from '../door';
import { openLedger, type Ledger } from '../ledger';
import { isTooDeep, TOO_DEEP } from '../nesting';
import { whenPayable } from '../purse';
import {
	readChatRequest,
	type ChatRequest,
	type ReadRequest,
	type ReadChatRequest,
} from './chatRequest';
import { adaptTools } from './adaptTools';
import { tracedChat } from '../tracing/chatSpans';
import { toChatResult, type ChatResult } from './chatResult';

/** Options of `chat`. */
export interface ChatOptions extends CallOptions {
	/** Adds the gateway's answer as `raw`; by default it is left out. */
	includeRaw?: boolean;
}

/**
 * One chat completion: one request, its answer and its cost.
 * @throws TokenHubError `badConfig` before any request if the request violates the contract; the kind
 * of the last failure if all retries are used up.
 */
export async function chat(
	client: TokenHubClient,
	request: ChatRequest,
	options: ChatOptions = {},
): Promise<ChatResult> {
	return await door(client, options, async (call) => {
		const adapted = adaptTools(request);
		const { read } = adapted;
		return adapted.received(await completeChat(client, adapted.request, { ...call, read }));
	});
}

/** The same inside a metered call. */
export async function completeChat(
	client: TokenHubClient,
	request: ChatRequest,
	call: Metered<ChatOptions> & { read?: ReadRequest },
): Promise<ChatResult> {
	const { read = readChatRequest } = call;
	const asked = { ...(await read(request)), ledger: openLedger(call.ledger) };
	const { tracing } = client;
	return tracing
		? await tracedChat(tracing, asked, () => completeBody(client, asked, call))
		: await completeBody(client, asked, call);
}

async function completeBody(
	client: TokenHubClient,
	{ body, warnings, ledger }: ReadChatRequest & { ledger: Ledger },
	{ signal, includeRaw }: ChatOptions,
): Promise<ChatResult> {
	const startedAt = performance.now();
	const { completion, raw } = await whenPayable(ledger, { client, body, signal }, async () => {
		const answered = await client.complete(body, { signal, ledger });
		const { retries, fallbacks } = answered;
		const spending = spendingOf(answered.completion, { body, priceOf: client.priceOf });
		ledger.add({ ...spending, retries, fallbacks }, answered.completion.model || body.model);
		return answered;
	});
	const latencyMs = Math.round(performance.now() - startedAt);
	const result = toChatResult(completion, {
		...{ requestedModel: body.model, spending: ledger.spent(), latencyMs, warnings },
	});
	return includeRaw ? { ...result, raw: isTooDeep(raw) ? `(left out: ${TOO_DEEP})` : raw } : result;
}
