import { TokenHubError } from '../errors';
import { CALLED_OFF } from './pause';
import type { Sleep } from './ports';

/** Milliseconds of one HTTP attempt; without a number, as many as it takes. */
export interface Deadlines {
	/** From sending to the last byte. */
	timeoutMs?: number;
	/** From sending to the first byte. */
	firstByteTimeoutMs?: number;
	/** Silence between two pieces of an answer. */
	idleTimeoutMs?: number;
}

/** Watches one attempt: its signal aborts, in words that say why, when a deadline passes. */
export interface Watch {
	signal: AbortSignal;
	/** Bytes have come. */
	heard(this: void): void;
	/** The last byte has come, or none will. */
	stop(this: void): void;
	/** Ends the attempt and its connection. */
	fail(this: void, reason: unknown): void;
}

const TOTAL = 'The answer was not complete';
const FIRST = 'No first byte of an answer arrived';
const STALL = 'The answer stalled: nothing more arrived';
const stalls = new WeakSet<Error>();

/** Whether an answer had begun and then stalled: another one may not. */
export function isStall(error: Error): boolean {
	return stalls.has(error);
}

/** @param outer The caller's signal, which ends the attempt as well. */
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
	/** Rings unless it is over before; a clock that fails would be no limit at all. */
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

/** Resolves when nothing was heard for so long. */
async function silent(
	ms: number,
	heard: { count: number; at: number },
	sleep: (ms: number) => Promise<void>,
): Promise<void> {
	let left = ms;
	while (left > 0) {
		const before = heard.count;
		await sleep(left);
		// The clock says that the time is over, not the machine's: it may be one of a test.
		left = heard.count === before ? 0 : Math.ceil(heard.at + ms - performance.now());
	}
}

function expired(ms: number, what: string): TokenHubError {
	const error = new TokenHubError('timeout', `${what} within ${ms / 1000} s.`);
	return what === STALL ? markStall(error) : error;
}

/** Says of an error that it is a stall. */
export function markStall<Stall extends Error>(error: Stall): Stall {
	stalls.add(error);
	return error;
}
