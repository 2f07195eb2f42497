import { TokenHubError } from '../../errors';

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
	heard(): void;
	/** The last byte has come, or none will. */
	stop(): void;
	/** Ends the attempt and its connection. */
	fail(this: void, reason: TokenHubError): void;
}

const STALL = 'The answer stalled: nothing more came';
const stalls = new WeakSet<Error>();

/** Whether an answer had begun and then stalled: another one may not. */
export function isStall(error: Error): boolean {
	return stalls.has(error);
}

function expired(ms: number, what: string): TokenHubError {
	const error = new TokenHubError('timeout', `${what} within ${ms / 1000} s.`);
	if (what === STALL) stalls.add(error);
	return error;
}

export function startWatch({ timeoutMs, firstByteTimeoutMs, idleTimeoutMs }: Deadlines): Watch {
	const controller = new AbortController();
	const expire = (ms: number, what: string) =>
		setTimeout(() => {
			controller.abort(expired(ms, what));
		}, ms);
	const total = expire(timeoutMs, 'The answer was not complete');
	let silence = firstByteTimeoutMs
		? expire(firstByteTimeoutMs, 'No first byte of an answer came')
		: undefined;
	let isIdleWatched = false;
	return {
		signal: controller.signal,
		heard() {
			if (isIdleWatched) return void silence?.refresh();
			isIdleWatched = true;
			clearTimeout(silence);
			silence = expire(idleTimeoutMs, STALL);
		},
		stop() {
			clearTimeout(total);
			clearTimeout(silence);
		},
		fail: (reason) => controller.abort(reason),
	};
}
