import type { CallOptions, TokenHubClient } from '../client/createClient';
import { toRequestBody, type ChatRequest } from './chatRequest';
import { toChatResult, type ChatResult } from './chatResult';

/** Options of `chat`. */
export interface ChatOptions extends CallOptions {
	/** Adds the gateway's answer as `raw`; by default it is left out. */
	includeRaw?: boolean;
}

/**
 * One chat completion: one request, its answer and what it cost.
 * @throws TokenHubError `badConfig` before any request when the request breaks the contract; the
 *   kind of the last failure when all retries are used up.
 */
export async function chat(
	client: TokenHubClient,
	request: ChatRequest,
	options: ChatOptions = {},
): Promise<ChatResult> {
	const body = toRequestBody(request);
	const startedAt = performance.now();
	const { completion, raw, retries, fallbacks } = await client.complete(body, options);
	const latencyMs = Math.round(performance.now() - startedAt);
	const result = toChatResult(completion, {
		...{ requestedModel: body.model, retries, latencyMs, fallbacks },
	});
	return options.includeRaw ? { ...result, raw } : result;
}
