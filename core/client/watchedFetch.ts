import { TokenHubError } from '../errors';

type Fetch = typeof globalThis.fetch;

export interface Deadlines {
	timeoutMs: number;
	firstByteTimeoutMs?: number;
	idleTimeoutMs: number;
}

/**
 * A fetch in which a stall ends: whole attempt, first byte, and silence inside the body each have
 * their own time and their own words. Redirects are not followed, so the key stays where it was sent.
 */
export function watchedFetch(inner: Fetch, deadlines: Deadlines): Fetch {
	return async (url, init) => {
		const watch = startWatch(deadlines);
		const signals = [watch.signal, ...(init?.signal ? [init.signal] : [])];
		try {
			const options = { ...init, redirect: 'manual' as const, signal: AbortSignal.any(signals) };
			const response = await inner(url, options);
			return watchBody(response, watch);
		} catch (error) {
			watch.stop();
			throw error;
		}
	};
}

interface Watch {
	signal: AbortSignal;
	heard(): void;
	stop(): void;
}

function startWatch({ timeoutMs, firstByteTimeoutMs, idleTimeoutMs }: Deadlines): Watch {
	const controller = new AbortController();
	const expire = (ms: number, what: string) =>
		setTimeout(() => {
			controller.abort(new TokenHubError('timeout', `${what} within ${ms / 1000} s.`));
		}, ms);
	const total = expire(timeoutMs, 'The answer was not complete');
	let silence = firstByteTimeoutMs
		? expire(firstByteTimeoutMs, 'No first byte of an answer came')
		: undefined;
	return {
		signal: controller.signal,
		heard() {
			clearTimeout(silence);
			silence = expire(idleTimeoutMs, 'The answer stalled: nothing more came');
		},
		stop() {
			clearTimeout(total);
			clearTimeout(silence);
		},
	};
}

function watchBody(response: Response, watch: Watch): Response {
	if (!response.body) {
		watch.stop();
		return response;
	}
	const body = ReadableStream.from(watchedChunks(response.body, watch));
	const { status, statusText, headers } = response;
	return new Response(body, { status, statusText, headers });
}

async function* watchedChunks(body: AsyncIterable<Uint8Array>, watch: Watch) {
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
