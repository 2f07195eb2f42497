import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { readClientConfig, type ClientConfig } from '../../core/client/clientConfig';
import { readInput } from '../../core/readInput';
import { optionalText } from './formFields';

export const credentialSchema = z.object({
	apiKey: z.string({ error: 'the API key is missing' }),
	baseUrl: optionalText.optional(),
});

/** Key and base URL for an item. @throws TokenHubError `badConfig` for what cannot be right */
export async function readCredential(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
	itemIndex: number,
): Promise<Pick<ClientConfig, 'apiKey' | 'baseUrl'>> {
	const stored = await context.getCredentials('tokenHubApi', itemIndex);
	const { apiKey, baseUrl } = readClientConfig(
		readInput(credentialSchema, stored, 'TokenHub credential'),
	);
	return { apiKey, baseUrl };
}
