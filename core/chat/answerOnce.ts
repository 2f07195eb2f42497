import type { TokenHubClient } from '../client/createClient';
import { perClient } from '../client/perClient';
import { noSpending } from '../usage';
import { answer, type Answer, type AnswerOptions } from './answer';
import { toRequestBody, type ChatRequest } from './chatRequest';

/** By what is sent. */
const memory = perClient(() => new Map<string, Promise<Answer>>());

/**
 * The same as `answer`, but a request that was sent before in the run is not sent again: its answer
 * comes again, `reused`, and costs nothing. One that failed is sent anew.
 */
export async function answerOnce(
	client: TokenHubClient,
	request: ChatRequest,
	options: AnswerOptions = {},
): Promise<Answer & { reused?: true }> {
	const known = memory(client);
	const key = JSON.stringify([toRequestBody(request), options.autoContinue]);
	const before = known.get(key);
	if (before) {
		const given = await before.catch(() => undefined);
		if (given) return { ...given, ...noSpending(), latencyMs: 0, reused: true };
		return await answerOnce(client, request, options);
	}
	const own = answer(client, request, options);
	known.set(key, own);
	try {
		return await own;
	} catch (error) {
		known.delete(key);
		throw error;
	}
}
