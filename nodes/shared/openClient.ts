import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { createClient, type TokenHubClient } from '../../core/client/createClient';
import { withFallbacks } from '../../core/client/withFallbacks';
import { readInput } from '../../core/readInput';
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
	{ concurrency, maxRetries, timeoutSeconds, fallbackModels, fallbackOn }: RunOptions,
): Promise<TokenHubClient> {
	const stored = await context.getCredentials(CREDENTIAL, 0);
	const { apiKey, baseUrl } = readInput(credentialSchema, stored, 'TokenHub credential');
	const timeoutMs = timeoutSeconds * 1000;
	const client = createClient({
		...{ apiKey, baseUrl, maxRetries, timeoutMs, maxConcurrency: concurrency },
	});
	const models = fallbackModels.filter((model) => model.trim() !== '');
	return withFallbacks(client, { models, on: fallbackOn });
}
