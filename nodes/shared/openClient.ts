import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { createClient, type TokenHubClient } from '../../core/client/createClient';
import { withFallbacks } from '../../core/client/withFallbacks';
import { readClientConfig } from '../../core/client/clientConfig';
import { readInput } from '../../core/readInput';
import { egressLookup } from './egress';
import { optionalText } from './formFields';
import type { RunOptions } from './runOptions';

const CREDENTIAL = 'tokenHubApi';

export const credentialSchema = z.object({
	apiKey: z.string({ error: 'the API key is missing' }),
	baseUrl: optionalText.optional(),
});

/** One client for all items of a run, so that they share connections and back off together. */
export async function openClient(
	context: IExecuteFunctions,
	{ fallbackModels, fallbackOn, ...options }: RunOptions,
): Promise<TokenHubClient> {
	const stored = await context.getCredentials(CREDENTIAL, 0);
	const { apiKey, baseUrl } = readInput(credentialSchema, stored, 'TokenHub credential');
	const access = readClientConfig({ apiKey, baseUrl });
	const client = createClient({
		...{ apiKey, baseUrl, lookup: await egressLookup(context, access.baseUrl) },
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
