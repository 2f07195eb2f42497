import { assertNotCancelled } from './clientConfig';

/** A place for one HTTP call; `release` tells how it went. */
export type Release = (outcome: 'ok' | 'throttled' | 'failed') => void;

export interface Limiter {
	acquire(signal?: AbortSignal): Promise<Release>;
}

/**
 * At most `max` calls at once. Throttled calls halve the limit, answered ones raise it slowly again
 * (AIMD, as TCP does). Calls that started before the last cut do not cut again.
 */
export function createLimiter(max: number): Limiter {
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
		async acquire(signal) {
			assertNotCancelled(signal);
			await enter(waiting, wakeNext, signal);
			const ticket = state.started++;
			return (outcome) => settle(ticket, outcome);
		},
	};
}

/** Waits in line; leaves the line when cancelled. */
async function enter(waiting: Set<() => void>, wakeNext: () => void, signal?: AbortSignal) {
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	const leave = () => {
		// Already woken: the place is taken, the call itself will see the signal.
		if (waiting.delete(resolve)) reject(new Error('cancelled'));
	};
	waiting.add(resolve);
	signal?.addEventListener('abort', leave, { once: true });
	wakeNext();
	try {
		await promise;
	} catch {
		assertNotCancelled(signal);
	} finally {
		signal?.removeEventListener('abort', leave);
	}
}
