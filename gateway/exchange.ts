import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** A request that reached the gateway, whether it followed the contract or not. */
export interface SeenRequest {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	/** The parsed JSON, or the raw text if it is not JSON. */
	body: unknown;
	/** The status of the answer; null as long as there is none. */
	status: number | null;
	/** When it arrived, in ms since 1970. */
	at: number;
	/** When the client left, if its answer was not complete. */
	abortedAt?: number;
}

/** One request and the way to answer it. */
export interface Exchange {
	seen: SeenRequest;
	requestId: string;
	response: ServerResponse;
	/** Aborted as soon as the connection is gone. */
	signal: AbortSignal;
}

/**
 * Keeps the request in `requests` from its first byte on, so that the order is the order of arrival.
 */
export function openExchange(
	requests: SeenRequest[],
	request: IncomingMessage,
	response: ServerResponse,
): Exchange {
	const { method = 'GET', url: path = '/', headers } = request;
	const seen: SeenRequest = { method, path, headers, body: '', status: null, at: Date.now() };
	requests.push(seen);
	const requestId = `req-tokenhub-${String(requests.length).padStart(6, '0')}`;
	const gone = new AbortController();
	response.on('close', () => {
		if (!response.writableFinished && !response.errored) seen.abortedAt = Date.now();
		gone.abort();
	});
	return { seen, requestId, response, signal: gone.signal };
}
