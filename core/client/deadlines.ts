import { TokenHubError } from '../errors';
import type { Sleep } from './ports';

/** Milliseconds of one HTTP attempt. */
export interface Deadlines {
	/** From sending to the last byte. */
	timeoutMs: number;
	/** From sending to the first byte; without it only `timeoutMs` counts. */
	firstByteTimeoutMs?: number;
	/** Silence between two pieces of an answer. */
	idleTimeoutMs: number;
}

/** Watches one attempt: its signal aborts, in words that say why, when a deadline passes. */
export interface Watch {
	signal: AbortSignal;
	/** Bytes have come. */
	heard(this: void): void;
	/** The last byte has come, or none will. */
	stop(this: void): void;
	/** Ends the attempt and its connection. */
	fail(this: void, reason: TokenHubError): void;
}

const TOTAL = 'The answer was not complete';
const FIRST = 'No first byte of an answer came';
const STALL = 'The answer stalled: nothing more came';
const stalls = new WeakSet<Error>();

/** Whether an answer had begun and then stalled: another one may not. */
export function isStall(error: Error): boolean {
	return stalls.has(error);
}

/** A time limit, and when it is over. */
interface Due {
	at: number;
	ms: number;
	what: string;
}

/** @param outer The caller's signal, which ends the attempt as well. */
export function startWatch(deadlines: Deadlines, sleep: Sleep, outer?: AbortSignal | null): Watch {
	const attempt = new AbortController();
	const over = new AbortController();
	const stop = () => {
		over.abort();
		outer?.removeEventListener('abort', cancel);
	};
	const fail = (reason?: unknown) => {
		attempt.abort(reason);
		stop();
	};
	const cancel = () => fail();
	outer?.addEventListener('abort', cancel, { once: true });
	if (outer?.aborted) cancel();
	const sentAt = performance.now();
	let heardAt: number | undefined;
	const watch = async () => {
		while (!over.signal.aborted) {
			const due = nextDue(deadlines, { sentAt, heardAt });
			const left = Math.ceil(due.at - performance.now());
			if (left <= 0) return fail(expired(due));
			// However soon the first byte comes, its silence is not over before this.
			await sleep(Math.min(left, deadlines.idleTimeoutMs), over.signal);
		}
	};
	void watch().catch((error: unknown) => {
		// Of a clock that fails; one that was stopped may say so by an error.
		if (!over.signal.aborted) fail(error);
	});
	const heard = () => void (heardAt = performance.now());
	return { signal: attempt.signal, heard, stop, fail };
}

function nextDue(
	{ timeoutMs, firstByteTimeoutMs, idleTimeoutMs }: Deadlines,
	{ sentAt, heardAt }: { sentAt: number; heardAt?: number },
): Due {
	const total = { at: sentAt + timeoutMs, ms: timeoutMs, what: TOTAL };
	const silence =
		heardAt === undefined
			? { at: sentAt + (firstByteTimeoutMs ?? Infinity), ms: firstByteTimeoutMs ?? 0, what: FIRST }
			: { at: heardAt + idleTimeoutMs, ms: idleTimeoutMs, what: STALL };
	return silence.at < total.at ? silence : total;
}

function expired({ ms, what }: Due): TokenHubError {
	const error = new TokenHubError('timeout', `${what} within ${ms / 1000} s.`);
	if (what === STALL) stalls.add(error);
	return error;
}
