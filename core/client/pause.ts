import { openPromise } from '../openPromise';
import { assertNotCancelled } from './clientConfig';

/** @throws TokenHubError `cancelled` as soon as the signal aborts. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	await new Promise<void>((resolve) => {
		const end = () => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', end);
			resolve();
		};
		const timer = setTimeout(end, ms);
		if (signal?.aborted) end();
		signal?.addEventListener('abort', end, { once: true });
	});
	assertNotCancelled(signal);
}

/** To be called between pieces of a long work: lets everything else go first, 40 times a second. */
export function breaths(): () => Promise<void> {
	let last = performance.now();
	return async () => {
		if (performance.now() - last < 25) return;
		await pause(0);
		last = performance.now();
	};
}

/** The same promise, unless the signal aborts before. @throws TokenHubError `cancelled` */
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
