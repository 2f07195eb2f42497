import { breathe } from './async';

/** Work that can pause: others may run at each `yield`. */
export type Steps<Result> = Generator<undefined, Result>;

export function inOneGo<Result>(steps: Steps<Result>): Result {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

const TURN_MS = 20;

/**
 * The same, but every few milliseconds the process does other work.
 * @throws Error if the signal aborts first.
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

const BLOCK = 16_000;
/** Around a block, so that a match at its border is seen whole, with its surroundings. */
const MARGIN = 200;
const MATCHES_PER_STEP = 500;

/**
 * Every match of a global pattern, none of them longer than the margin, with its place in the text:
 * block by block, because nothing can pause while a pattern searches a long text.
 */
export function* eachMatch(
	text: string,
	pattern: RegExp,
	visit: (match: RegExpExecArray, index: number) => void,
): Steps<void> {
	let after = 0;
	for (let start = 0; start < text.length; start += BLOCK) {
		yield;
		const from = Math.max(0, start - MARGIN);
		const to = Math.min(text.length, start + BLOCK + MARGIN);
		const block = text.slice(from, to);
		let count = 0;
		for (let match = execFrom(pattern, block, Math.max(start, after) - from); match;) {
			const index = from + match.index;
			const end = index + match[0].length;
			if (index >= start + BLOCK) break;
			after = end;
			if (end < to || to === text.length) visit(match, index);
			if ((count += 1) % MATCHES_PER_STEP === 0) yield;
			match = execFrom(pattern, block, end - from);
		}
	}
}

/** Set again each time, because others may use the same pattern during a pause. */
function execFrom(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
	pattern.lastIndex = from;
	return pattern.exec(text);
}

/** A value that is created when it is first needed, and kept. */
export function once<Value>(make: () => Value): () => Value {
	let made: { value: Value } | undefined;
	return () => (made ??= { value: make() }).value;
}

/** A range of a text: the positions of its first character, and after its last one. */
export type Range = [start: number, end: number];
