import { TokenHubError, type ErrorKind } from '../errors';
import type { TokenHubClient } from './createClient';
import { wrapClient } from './wrapClient';

/** Failures of one model that another may not share. */
const WORTH_ANOTHER_MODEL: readonly ErrorKind[] = [
	'rateLimit',
	'overloaded',
	'notFound',
	'timeout',
	'badResponse',
];

/** A client that asks the next model when one fails for good for a reason of its own. */
export function withFallbacks(client: TokenHubClient, models: readonly string[]): TokenHubClient {
	if (models.length === 0) return client;
	return wrapClient(client, async (body, ask) => {
		for (const model of [body.model, ...models]) {
			try {
				return await ask({ ...body, model });
			} catch (error) {
				const passes = error instanceof TokenHubError && WORTH_ANOTHER_MODEL.includes(error.kind);
				if (!passes || model === models.at(-1)) throw error;
			}
		}
		return await ask(body);
	});
}
