import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a state outside the browser, where the browser's own waiting cannot look. */
export async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await sleep(50);
}
