import { attemptFailure, type AttemptFailure } from '../wire/refusalError';
import type { Limiter, Release } from './limiter';
import { pause } from '../transport/pause';
import type { Sleep } from '../transport/ports';
import { plainError } from '../redaction/plainError';
import type { Redactor } from '../redaction/redactor';

export interface RetryRules {
	maxRetries: number;
	limiter: Limiter;
	/** Waits between attempts. */
	sleep: Sleep;
	/** Removes the key from the messages of failures. */
	redactor: Redactor;
	signal?: AbortSignal;
	/** The spending limit that has been reached, if any: a failed attempt may have been billed. */
	reached?(this: void): unknown;
	/** The estimated tokens of the call, for the rate limit. */
	tokens?: number;
}

/** If a gateway asks for a longer wait, the item fails and says why. */
const LONGEST_WAIT_MS = 120_000;

/**
 * Runs `attempt` until it succeeds, fails for good, or the retries are used up. It holds a place in the
 * limiter during an attempt, never while waiting; after success, the caller releases it.
 * @throws TokenHubError of the last failure.
 */
export async function withRetries<Value>(
	attempt: () => Promise<Value>,
	rules: RetryRules,
): Promise<{ value: Value; retries: number; release: Release }> {
	for (let retries = 0; ; retries += 1) {
		const release = await rules.limiter.acquire(rules.signal, rules.tokens);
		try {
			return { value: await attempt(), retries, release };
		} catch (thrown) {
			const failure = released(() => attemptFailure(thrown, rules.signal), release);
			const waitMs = failure.waitMs ?? backoffMs(retries);
			const mayPass = failure.retryable && waitMs <= LONGEST_WAIT_MS;
			if (!mayPass || retries >= rules.maxRetries || rules.reached?.()) {
				throw plainError(failure.error, rules.redactor);
			}
			await pause(rules.sleep, waitMs, rules.signal);
		}
	}
}

/** The failure of an attempt, whose place is released even if a caller's signal throws. */
function released(read: () => AttemptFailure, release: Release): AttemptFailure {
	let outcome: Parameters<Release>[0] = 'failed';
	try {
		const failure = read();
		if (isThrottling(failure)) outcome = 'throttled';
		return failure;
	} finally {
		release(outcome);
	}
}

function isThrottling({ error }: AttemptFailure): boolean {
	return error.kind === 'rateLimit' || error.details.status === 529;
}

/** 0.5 s, 1 s, 2 s … 8 s, less up to a quarter so that many items do not return at once. */
export function backoffMs(retries: number): number {
	return Math.min(8_000, 500 * 2 ** retries) * (1 - Math.random() / 4);
}
