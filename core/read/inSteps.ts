import { breathe } from '../breathe';

/** Work that can pause: each `yield` is a place where others may run. */
export type Steps<Result> = Generator<undefined, Result>;

export function inOneGo<Result>(steps: Steps<Result>): Result {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

const TURN_MS = 20;

/**
 * The same, but the process does other work after every few milliseconds.
 * @throws Error when the signal comes first.
 */
export async function inTurns<Result>(steps: Steps<Result>, signal?: AbortSignal): Promise<Result> {
	let since = performance.now();
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
		if (performance.now() - since < TURN_MS) continue;
		await breathe();
		if (signal?.aborted) throw new Error(String(signal.reason));
		since = performance.now();
	}
}
