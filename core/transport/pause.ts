import { openPromise } from '../lib/async';
import { TokenHubError } from '../errors';
import type { Sleep } from './ports';

/** @throws TokenHubError `cancelled` as soon as the signal aborts. */
export async function pause(sleep: Sleep, ms: number, signal?: AbortSignal): Promise<void> {
	try {
		await unlessCancelled(sleep(ms, signal), signal);
	} catch (error) {
		assertNotCancelled(signal);
		throw error;
	}
}

/** One for all: creating an error each time costs as much as the wait. */
export const CALLED_OFF = new Error('called off');

/** Calls `ring` when the time is over, unless it is called off first. */
export function alarm(sleep: Sleep, ms: number, ring: () => void): () => void {
	const off = new AbortController();
	const ended = () => {
		if (!off.signal.aborted) ring();
	};
	// Otherwise, a clock that fails would not limit anything.
	sleep(ms, off.signal).then(ended, ended);
	return () => off.abort(CALLED_OFF);
}

/**
 * The same promise, unless the signal aborts first.
 * @throws TokenHubError `cancelled`
 */
export async function unlessCancelled<Value>(
	work: Promise<Value>,
	signal: AbortSignal | undefined,
): Promise<Value> {
	if (!signal) return await work;
	const { promise: aborted, resolve } = openPromise<undefined>();
	const end = () => resolve(undefined);
	if (signal.aborted) end();
	signal.addEventListener('abort', end, { once: true });
	try {
		await Promise.race([work, aborted]);
		assertNotCancelled(signal);
		return await work;
	} finally {
		signal.removeEventListener('abort', end);
	}
}

export function assertNotCancelled(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw new TokenHubError('cancelled', 'The run was cancelled.');
}
