import type {
	IExecuteFunctions,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { createClient, type TokenHubClient } from '../../../core/client/createClient';
import { withFallbacks } from '../../../core/chat/asking/withFallbacks';
import { assertReachable } from './n8nDispatcher';
import { n8nPorts, credentialTestPorts } from './n8nPorts';
import { readCredential, type Access, credentialSchema } from './readCredential';
import type { RunOptions } from '../form/runOptions';
import { checkAccess } from '../../../core/access/checkAccess';
import { readInput } from '../../../core/readInput';

/**
 * One client for all items with the same credential, so that they share connections and back off
 * together: a credential with an expression may differ from item to item.
 */
export function openClients(
	context: IExecuteFunctions,
): (itemIndex: number, options: RunOptions) => Promise<TokenHubClient> {
	const clients = new Map<string, Promise<TokenHubClient>>();
	return async (itemIndex, options) => {
		const access = await readCredential(context, itemIndex);
		const key = JSON.stringify(access);
		const client = clients.get(key) ?? openClient(context, access, options);
		clients.set(key, client);
		return await client;
	};
}

async function openClient(
	context: IExecuteFunctions,
	access: Access,
	{ fallbackModels, fallbackOn, prices, ...options }: RunOptions,
): Promise<TokenHubClient> {
	await assertReachable(context, access.baseUrl);
	const client = createClient({
		...{ ...access, ...(await n8nPorts(context, access)) },
		...{ maxRetries: options.maxRetries, maxConcurrency: options.concurrency },
		prices: Object.fromEntries(prices.values.map(({ model, ...price }) => [model, price])),
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

/** The credential's test button: tells a good key from a bad one without a paid request. */
export async function tokenHubApiTest(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	// A field that is not filled in yet has its own message.
	const values = { apiKey: '', ...data };
	const { apiKey, baseUrl } = readInput(credentialSchema, values, 'TokenHub credential');
	const { ok, message } = await checkAccess({ apiKey, baseUrl, ...credentialTestPorts(this) });
	return { status: ok ? 'OK' : 'Error', message };
}
