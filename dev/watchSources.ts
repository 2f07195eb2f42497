import { watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** An editor writes a file in several steps, and "save all" writes several files. */
const QUIET_MS = 100;

/**
 * Calls `rebuild` after changes in the folders, never twice at once: changes made meanwhile cause one
 * more call. Ends with the signal.
 */
export function watchSources(
	folders: readonly string[],
	rebuild: (file: string) => Promise<void>,
	signal: AbortSignal,
): void {
	let changed: string | undefined;
	let busy = false;
	const work = async () => {
		if (busy) return;
		busy = true;
		while (changed !== undefined && !signal.aborted) {
			await sleep(QUIET_MS);
			const file = changed;
			changed = undefined;
			await rebuild(file);
		}
		busy = false;
	};
	for (const folder of folders) {
		watch(folder, { recursive: true, signal }, (_event, file) => {
			changed = file ?? folder;
			void work();
		});
	}
}
