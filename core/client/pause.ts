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
