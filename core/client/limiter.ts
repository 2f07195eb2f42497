import { openPromise } from '../lib/async';
import { assertNotCancelled, pause, unlessCancelled } from '../transport/pause';
import type { Sleep } from '../transport/ports';

/** A place for one HTTP call; `release` says how it ended, and how many tokens it used. */
export type Release = (outcome: 'ok' | 'throttled' | 'failed', tokens?: number) => void;

export interface Limiter {
	/** `tokens` is the estimate for the call. */
	acquire(signal?: AbortSignal, tokens?: number): Promise<Release>;
}

/**
 * At most `max` parallel calls. Throttled calls halve the limit, answered ones slowly raise it again
 * (AIMD, as in TCP). Calls that started before the last cut do not cut again. `enterMinute` also
 * enforces rates.
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

const NO_WAIT = Promise.resolve<Used>(() => undefined);
const noRates: Enter = async () => await NO_WAIT;

/** Waits in line; leaves the line if cancelled. */
async function enter(waiting: Set<() => void>, wakeNext: () => void, signal?: AbortSignal) {
	const { promise, resolve, reject } = openPromise<void>();
	const leave = () => {
		// Already woken: the place is taken, and the call itself will see the signal.
		if (waiting.delete(resolve)) reject(new Error('cancelled'));
	};
	// In this order: if listening throws, nobody is left in the line.
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

/** What an account may do in any minute; without a number, there is no limit. */
export interface Rates {
	requestsPerMinute?: number;
	tokensPerMinute?: number;
}

/** Replaces the estimate of a request with what it really used. */
type Used = (tokens: number) => void;

/** Waits until a request of about so many tokens fits into the minute. */
type Enter = (tokens: number, signal?: AbortSignal) => Promise<Used>;

const MINUTE_MS = 60_000;

/** Enforces the rates for any window of a minute, not only for the clock's minutes. */
export function createPace(rates: Rates, sleep: Sleep): Enter {
	const { requestsPerMinute: requests = Infinity, tokensPerMinute: tokens = Infinity } = rates;
	if (requests === Infinity && tokens === Infinity) return noRates;
	const sent: Sent[] = [];
	/** In order of arrival, so that small requests do not pass a large one forever. */
	let line: Promise<unknown> = Promise.resolve();
	/** Lets the first in line check again. */
	let wake = () => {};

	const turn = async (wanted: number, signal?: AbortSignal): Promise<Used> => {
		for (;;) {
			assertNotCancelled(signal);
			const ms = waitMs(sent, { requests, tokens: tokens - wanted });
			if (ms <= 0) break;
			const woken = new AbortController();
			wake = () => woken.abort();
			const signals = [woken.signal, ...(signal ? [signal] : [])];
			await pause(sleep, ms, AbortSignal.any(signals)).catch(() => undefined);
		}
		const entry = { at: performance.now(), tokens: wanted };
		sent.push(entry);
		return (used) => {
			entry.tokens = used;
			wake();
		};
	};
	return async (wanted, signal) => {
		const mine = line.then(async () => await turn(wanted, signal));
		line = mine.catch(() => undefined);
		return await unlessCancelled(mine, signal);
	};
}

interface Sent {
	at: number;
	tokens: number;
}

/**
 * Until enough of the oldest requests are a minute old; one that is larger than the whole rate goes
 * alone.
 */
function waitMs(sent: Sent[], room: { requests: number; tokens: number }): number {
	const now = performance.now();
	while (sent[0] && sent[0].at <= now - MINUTE_MS) sent.shift();
	let sum = sent.reduce((all, { tokens }) => all + tokens, 0);
	let last: Sent | undefined;
	for (const [index, entry] of sent.entries()) {
		if (sent.length - index < room.requests && sum <= room.tokens) break;
		sum -= entry.tokens;
		last = entry;
	}
	return last ? last.at + MINUTE_MS - now : 0;
}
