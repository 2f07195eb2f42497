import type { IExecuteFunctions } from 'n8n-workflow';
import { createClient, type TokenHubClient } from '../../core/client/createClient';
import { withFallbacks } from '../../core/client/withFallbacks';
import { egressLookup } from './egress';
import { readCredential } from './readCredential';
import type { RunOptions } from './runOptions';

/** One client for all items of a run, so that they share connections and back off together. */
export async function openClient(
	context: IExecuteFunctions,
	{ fallbackModels, fallbackOn, ...options }: RunOptions,
): Promise<TokenHubClient> {
	const access = await readCredential(context, 0);
	const client = createClient({
		...{ ...access, lookup: await egressLookup(context, access.baseUrl) },
		...{ maxRetries: options.maxRetries, maxConcurrency: options.concurrency },
		timeoutMs: options.timeoutSeconds * 1000,
		idleTimeoutMs: options.idleTimeoutSeconds * 1000,
		// An empty number field is 0: no limit.
		firstByteTimeoutMs: options.firstByteTimeoutSeconds * 1000 || undefined,
		requestsPerMinute: options.requestsPerMinute || undefined,
		tokensPerMinute: options.tokensPerMinute || undefined,
	});
	const models = fallbackModels.filter((model) => model.trim() !== '');
	return withFallbacks(client, { models, on: fallbackOn });
}
