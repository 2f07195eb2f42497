import { mendBody } from './mendBody';
import type { Fetch } from '../client/http/overFetch';
import { retryingFetch } from '../client/retryingFetch';
import { isRecord } from '../isRecord';
import { tryJson } from '../tryJson';

/** What n8n's model sends, as TokenHub takes it, and sent again where that may help. */
export function modelFetch(maxRetries: number, inner: Fetch = fetch): Fetch {
	const retrying = retryingFetch(inner, maxRetries);
	return async (url, init) => {
		const body = typeof init?.body === 'string' ? tryJson(init.body) : undefined;
		if (!isRecord(body)) return await retrying(url, init);
		const headers = new Headers(init?.headers);
		// The length is that of another text.
		headers.delete('content-length');
		return await retrying(url, { ...init, headers, body: JSON.stringify(mendBody(body)) });
	};
}
