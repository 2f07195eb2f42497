import type { TokenHubClient } from '../client/createClient';
import { perObject } from '../perObject';
import { reused } from '../usage';
import { answer, type Answer, type AnswerOptions } from './answer';
import { toRequestBody, type ChatRequest } from './chatRequest';

/** By what is sent. */
const memory = perObject((_account: object) => new Map<string, Promise<Answer>>());

/**
 * The same as `answer`, but a request that was sent before in the run is not sent again: its answer
 * is reused (`reused: true`) and costs nothing. One that failed is sent anew.
 */
export async function answerOnce(
	client: TokenHubClient,
	request: ChatRequest,
	options: AnswerOptions = {},
): Promise<Answer & { reused?: true }> {
	const known = memory(client.account);
	const key = JSON.stringify([toRequestBody(request), options.autoContinue]);
	const before = known.get(key);
	if (before) {
		const given = await before.catch(() => undefined);
		if (given) return reused(given);
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
