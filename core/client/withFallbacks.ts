import { TokenHubError, type ErrorKind } from '../errors';
import type { Fallback, TokenHubClient } from './createClient';
import { wrapClient } from './wrapClient';

/** Failures of one model that another may not share. */
const WORTH_ANOTHER_MODEL: readonly ErrorKind[] = [
	'rateLimit',
	'overloaded',
	'notFound',
	'timeout',
	'badResponse',
];

/**
 * A client that asks the next model when one fails for good for a reason of its own; the answer tells
 * which were passed over.
 */
export function withFallbacks(client: TokenHubClient, models: readonly string[]): TokenHubClient {
	if (models.length === 0) return client;
	return wrapClient(client, async (body, ask) => {
		const fallbacks: Fallback[] = [];
		const inOrder = [body.model, ...models];
		for (const [index, model] of inOrder.entries()) {
			try {
				const answer = await ask({ ...body, model });
				return fallbacks.length > 0 ? { ...answer, fallbacks } : answer;
			} catch (error) {
				const passes = error instanceof TokenHubError && WORTH_ANOTHER_MODEL.includes(error.kind);
				if (!passes || index === inOrder.length - 1) throw error;
				fallbacks.push({ model, kind: error.kind, message: error.message });
			}
		}
		return await ask(body);
	});
}
