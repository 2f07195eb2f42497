import { TokenHubError } from '../errors';
import { CALLED_OFF } from './pause';
import type { Sleep } from './ports';

/** Milliseconds for one HTTP attempt; without a number, there is no limit. */
export interface Deadlines {
	/** From sending to the last byte. */
	timeoutMs?: number;
	/** From sending to the first byte. */
	firstByteTimeoutMs?: number;
	/** Silence between two pieces of an answer. */
	idleTimeoutMs?: number;
}

/** Watches one attempt: when a deadline passes, its signal aborts with a reason that says which. */
export interface Watch {
	signal: AbortSignal;
	/** Bytes have arrived. */
	heard(this: void): void;
	/** The last byte has arrived, or none will. */
	stop(this: void): void;
	/** Ends the attempt and its connection. */
	fail(this: void, reason: unknown): void;
}

const TOTAL = 'The answer was not complete';
const FIRST = 'No first byte of an answer arrived';
const STALL = 'The answer stalled: nothing more arrived';
const stalls = new WeakSet<Error>();

/** Whether an answer had begun and then stalled: a retry may succeed. */
export function isStall(error: Error): boolean {
	return stalls.has(error);
}

/** @param outer The caller's signal, which also ends the attempt. */
export function startWatch(deadlines: Deadlines, sleep: Sleep, outer?: AbortSignal | null): Watch {
	const { timeoutMs, firstByteTimeoutMs, idleTimeoutMs } = deadlines;
	const attempt = new AbortController();
	const over = new AbortController();
	const stop = () => {
		over.abort(CALLED_OFF);
		outer?.removeEventListener('abort', cancel);
	};
	const fail = (reason?: unknown) => {
		attempt.abort(reason);
		stop();
	};
	const cancel = () => fail();
	if (outer?.aborted) cancel();
	else outer?.addEventListener('abort', cancel, { once: true });
	/** Rings unless the watch has ended; a clock that fails would not limit anything. */
	const after = (waited: Promise<void>, ring: () => void) => {
		waited
			.then(() => void (over.signal.aborted || ring()))
			.catch((error: unknown) => {
				if (!over.signal.aborted) fail(error);
			});
	};
	const heard = { count: 0, at: 0 };
	if (timeoutMs) after(sleep(timeoutMs, over.signal), () => fail(expired(timeoutMs, TOTAL)));
	if (firstByteTimeoutMs) {
		const ring = () => void (heard.count > 0 || fail(expired(firstByteTimeoutMs, FIRST)));
		after(sleep(firstByteTimeoutMs, over.signal), ring);
	}
	return {
		...{ signal: attempt.signal, stop, fail },
		heard() {
			heard.count += 1;
			heard.at = performance.now();
			if (heard.count > 1 || !idleTimeoutMs) return;
			const silence = silent(idleTimeoutMs, heard, (ms) => sleep(ms, over.signal));
			after(silence, () => fail(expired(idleTimeoutMs, STALL)));
		},
	};
}

/** Resolves after this much silence. */
async function silent(
	ms: number,
	heard: { count: number; at: number },
	sleep: (ms: number) => Promise<void>,
): Promise<void> {
	let left = ms;
	while (left > 0) {
		const before = heard.count;
		await sleep(left);
		// The clock decides whether the time is over, not the machine: it may be a test's clock.
		left = heard.count === before ? 0 : Math.ceil(heard.at + ms - performance.now());
	}
}

function expired(ms: number, what: string): TokenHubError {
	const error = new TokenHubError('timeout', `${what} within ${ms / 1000} s.`);
	return what === STALL ? markStall(error) : error;
}

/** Marks an error as a stall. */
export function markStall<Stall extends Error>(error: Stall): Stall {
	stalls.add(error);
	return error;
}
