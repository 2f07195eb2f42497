import { tryJson } from '../tryJson';
import { refusalError } from './attemptFailure';
import { serverSentEvents } from './serverSentEvents';

/**
 * The value of an answer that came as a whole; a text where it is no JSON.
 * @throws TokenHubError for a refusal.
 */
export async function readAnswer(response: Response): Promise<unknown> {
	const text = await response.text();
	if (!response.ok) throw refusalError({ ...factsOf(response), text });
	// Some gateways do not say that it is JSON.
	return tryJson(text) ?? text;
}

/**
 * The events of an answer that comes in pieces, those that came together in one list.
 * @throws TokenHubError for a refusal.
 */
export async function openEvents(
	response: Response,
): Promise<AsyncGenerator<unknown[], void, undefined>> {
	if (!response.ok) throw refusalError({ ...factsOf(response), text: await response.text() });
	return serverSentEvents(response.body ?? ReadableStream.from<Uint8Array>([]));
}

function factsOf({ status, headers }: Response) {
	return { status, headers };
}
