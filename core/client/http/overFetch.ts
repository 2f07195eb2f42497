import type { Watch } from './deadlines';

export type Fetch = typeof globalThis.fetch;

/**
 * Sends one attempt: tells the watch of every byte and of the end, and stops when the watch or the
 * caller's signal says so. Redirects are not followed, so the key stays where it was sent.
 */
export type Send = (url: URL, init: RequestInit, watch: Watch) => Promise<Response>;

/** By a fetch that the caller gave. */
export function overFetch(fetch: Fetch): Send {
	return async (url, init, watch) => {
		const signals = [watch.signal, ...(init.signal ? [init.signal] : [])];
		const options = { ...init, redirect: 'manual' as const, signal: AbortSignal.any(signals) };
		const response = await fetch(url, options);
		if (!response.body) {
			watch.stop();
			return response;
		}
		const { status, statusText, headers } = response;
		const body = ReadableStream.from(watchedChunks(response.body, watch));
		return new Response(body, { status, statusText, headers });
	};
}

export async function* watchedChunks(body: AsyncIterable<Uint8Array>, watch: Watch) {
	try {
		watch.heard();
		for await (const chunk of body) {
			watch.heard();
			yield chunk;
		}
	} finally {
		watch.stop();
	}
}
