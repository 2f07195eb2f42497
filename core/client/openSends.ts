import { redactedFetch } from '../redaction/redactedFetch';
import type { Redactor } from '../redaction/redactor';
import { recordSend } from '../recording/recordSend';
import { openShelf, replaySend } from '../recording/replaySend';
import { tapeWriter } from '../recording/tape';
import type { ClientConfig } from './clientConfig';
import { openaiFetch } from '../transport/openaiFetch';
import type { Send, Transport } from '../transport/ports';
import { secondTry } from '../transport/connectionErrors';
import { watchedFetch } from '../transport/watchedFetch';

/** One that waits for the whole answer, and one that passes it on as it arrives. */
export interface Sends {
	whole: Send;
	streamed: Send;
}

export function openSends(config: ClientConfig, redactor: Redactor): Sends {
	const live = liveSends(config, redactor);
	const { record, replay } = config;
	const writer = record && tapeWriter(record);
	const recorded = (send: Send) => recordSend(send, { writer, redactor });
	if (!replay) return { whole: recorded(live.whole), streamed: recorded(live.streamed) };
	const shelf = openShelf(replay);
	const copyTo = record === replay ? undefined : writer;
	const replayed = (send: Send) =>
		replaySend({ shelf, redactor, copyTo, live: writer && recorded(send) });
	return { whole: replayed(live.whole), streamed: replayed(live.streamed) };
}

function liveSends(config: ClientConfig, redactor: Redactor): Sends {
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
		return async (body, { signal }) =>
			await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
	};
	return { whole: sendBy(false), streamed: sendBy(true) };
}

function transportOf({ openai, fetch: own = fetch }: ClientConfig): Transport {
	return openai ? openaiFetch(openai) : secondTry(own);
}
