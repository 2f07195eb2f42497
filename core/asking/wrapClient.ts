import type { Fallback } from '../usage';
import type { RequestBody } from '../chat/chatRequest';
import type { ClientCall, TokenHubClient } from '../client/createClient';

/** Asks, perhaps several times and with other bodies, and gives one answer. */
type Asking = <Answer extends { fallbacks?: Fallback[] }>(
	body: RequestBody,
	ask: (body: RequestBody) => Promise<Answer>,
	call?: ClientCall,
) => Promise<Answer>;

/** The same client with another way of asking, whole or streamed. */
export function wrapClient(client: TokenHubClient, asking: Asking): TokenHubClient {
	return {
		...client,
		complete: (body, call) => asking(body, (next) => client.complete(next, call), call),
		openStream: (body, call) => asking(body, (next) => client.openStream(next, call), call),
	};
}
