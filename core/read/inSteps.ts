import { breathe } from '../async';

/** Work that can pause: each `yield` is a place where others may run. */
export type Steps<Result> = Generator<undefined, Result>;

export function inOneGo<Result>(steps: Steps<Result>): Result {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

const TURN_MS = 20;

/** The same, but the process does other work after every few milliseconds. */
export async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
	let since = performance.now();
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
		if (performance.now() - since < TURN_MS) continue;
		await breathe();
		since = performance.now();
	}
}
