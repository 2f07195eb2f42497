import { openPromise } from '../openPromise';
import { assertNotCancelled } from '../transport/pause';
import type { Enter } from './pace';

/** A place for one HTTP call; `release` tells how it went, and the tokens that it used. */
export type Release = (outcome: 'ok' | 'throttled' | 'failed', tokens?: number) => void;

export interface Limiter {
	/** `tokens` is what the call is estimated to use. */
	acquire(signal?: AbortSignal, tokens?: number): Promise<Release>;
}

/**
 * At most `max` calls at once. Throttled calls halve the limit, answered ones raise it slowly again
 * (AIMD, as TCP does). Calls that started before the last cut do not cut again. `enterMinute` holds rates besides.
 */
export function createLimiter(max: number, enterMinute: Enter = noRates): Limiter {
	const state = { limit: max, active: 0, lastCut: 0, started: 0 };
	const waiting = new Set<() => void>();
	const wakeNext = () => {
		for (const wake of waiting) {
			if (state.active >= Math.floor(state.limit)) return;
			waiting.delete(wake);
			state.active += 1;
			wake();
		}
	};
	const settle = (ticket: number, outcome: Parameters<Release>[0]) => {
		state.active -= 1;
		if (outcome === 'ok') state.limit = Math.min(max, state.limit + 1 / state.limit);
		if (outcome === 'throttled' && ticket >= state.lastCut) {
			state.limit = Math.max(1, state.limit / 2);
			state.lastCut = state.started;
		}
		wakeNext();
	};
	return {
		async acquire(signal, tokens = 0) {
			const used = await enterMinute(tokens, signal);
			assertNotCancelled(signal);
			await enter(waiting, wakeNext, signal);
			const ticket = state.started++;
			return (outcome, usedTokens = 0) => {
				used(usedTokens);
				settle(ticket, outcome);
			};
		},
	};
}

const NO_WAIT = Promise.resolve(() => undefined);
const noRates: Enter = async () => await NO_WAIT;

/** Waits in line; leaves the line when cancelled. */
async function enter(waiting: Set<() => void>, wakeNext: () => void, signal?: AbortSignal) {
	const { promise, resolve, reject } = openPromise<void>();
	const leave = () => {
		// Already woken: the place is taken, the call itself will see the signal.
		if (waiting.delete(resolve)) reject(new Error('cancelled'));
	};
	// In this order: where listening throws, nobody is left in the line.
	signal?.addEventListener('abort', leave, { once: true });
	waiting.add(resolve);
	wakeNext();
	try {
		await promise;
	} catch {
		assertNotCancelled(signal);
	} finally {
		signal?.removeEventListener('abort', leave);
	}
}
