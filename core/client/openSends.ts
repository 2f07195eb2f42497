import { redactedFetch } from '../redaction/redactedFetch';
import type { Redactor } from '../redaction/redactor';
import type { ClientConfig } from './clientConfig';
import { openaiFetch } from '../transport/openaiFetch';
import type { Transport } from '../transport/ports';
import { secondTry } from '../transport/secondTry';
import { watchedFetch } from '../transport/watchedFetch';

/** Sends one body and gives the answer, whatever its status. */
export type Send = (body: object, signal?: AbortSignal) => Promise<Response>;

/** One that waits for the whole of an answer, and one that hands it on as it comes. */
export function openSends(
	config: ClientConfig,
	redactor: Redactor,
): { whole: Send; streamed: Send } {
	const transport = transportOf(config);
	const url = `${config.baseUrl}/chat/completions`;
	const headers = {
		accept: 'application/json',
		authorization: `Bearer ${config.apiKey}`,
		'content-type': 'application/json',
		'user-agent': 'n8n-nodes-tokenhub',
	};
	const sendBy = (isStreamed: boolean): Send => {
		const fetch = redactedFetch(watchedFetch(transport, { ...config, isStreamed }), redactor);
		return async (body, signal) =>
			await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
	};
	return { whole: sendBy(false), streamed: sendBy(true) };
}

function transportOf({ openai, fetch: own = fetch }: ClientConfig): Transport {
	return openai ? openaiFetch(openai) : secondTry(own);
}
