import { TokenHubError } from '../errors';
import type { Sleep, Transport } from '../transport/ports';
import { createLimiter } from '../client/limiter';
import { refusalError } from '../wire/refusalError';
import { withRetries } from '../client/withRetries';
import type { Redactor } from '../redaction/redactor';

export interface Retrying {
	maxRetries: number;
	redactor: Redactor;
	sleep: Sleep;
}

/**
 * A fetch for clients that do not retry, or not well: sent again where that may help, as our own
 * client does, `Retry-After` honoured. What fails for good comes back as it came.
 */
export function retryingFetch(inner: Transport, terms: Retrying): Transport {
	const limiter = createLimiter(Number.MAX_SAFE_INTEGER);
	return async (url, init) => {
		let last: Response | undefined;
		const attempt = async () => {
			last = undefined;
			const response = await inner(url, init);
			if (response.ok) return response;
			last = response;
			const text = await response.clone().text();
			throw refusalError({ status: response.status, headers: response.headers, text });
		};
		const signal = init?.signal ?? undefined;
		try {
			const rules = { ...terms, limiter, signal };
			const { value, release } = await withRetries(attempt, rules);
			release('ok');
			return value;
		} catch (error) {
			if (last) return last;
			throw error instanceof TokenHubError && error.cause ? error.cause : error;
		}
	};
}
