import { isRecord } from '../isRecord';
import { connectionFacts } from './connectionFacts';
import { hiddenAnswer } from './fetchError';
import type { Transport } from './ports';

/** The other end had closed it before: it says so as soon as the request arrives. */
const STALE_MS = 2_000;
const CLOSED: readonly unknown[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];

/**
 * A fetch that sends a request once more where a kept connection had died: that is no failure to be
 * counted. A fetch does not tell whether a connection was new; before the first answer all are.
 */
export function secondTry(fetch: Transport): Transport {
	let hasKept = false;
	return async (url, init) => {
		const sentAt = performance.now();
		try {
			const response = await fetch(url, init);
			hasKept = true;
			return response;
		} catch (error) {
			const hidden = hiddenAnswer(error);
			if (hidden) return hidden;
			const isEarly = performance.now() - sentAt < STALE_MS;
			if (!hasKept || !isEarly || !isClosed(error) || init?.signal?.aborted) throw error;
			return await fetch(url, init);
		}
	};
}

function isClosed(error: unknown): boolean {
	return connectionFacts(error).some(({ code, socket }) => {
		// undici says what a connection had read before.
		const isNew = isRecord(socket) && socket.bytesRead === 0;
		return CLOSED.includes(code) && !isNew;
	});
}
