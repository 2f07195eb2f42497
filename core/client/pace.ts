import { assertNotCancelled, pause, unlessCancelled } from '../transport/pause';
import type { Sleep } from '../transport/ports';

/** What an account may do in any minute; without a number, as much as it likes. */
export interface Rates {
	requestsPerMinute?: number;
	tokensPerMinute?: number;
}

/** Puts what a request really used in the place of its estimate. */
type Used = (tokens: number) => void;

/** Waits until a request of about so many tokens fits into the minute. */
export type Enter = (tokens: number, signal?: AbortSignal) => Promise<Used>;

const MINUTE_MS = 60_000;

/** Keeps to the rates over every minute that one may look at, not only over the clock's. */
export function createPace(rates: Rates, sleep: Sleep): Enter {
	const { requestsPerMinute: requests = Infinity, tokensPerMinute: tokens = Infinity } = rates;
	if (requests === Infinity && tokens === Infinity) return async () => await NO_WAIT;
	const sent: Sent[] = [];
	/** In the order in which they came: small requests do not pass a large one for ever. */
	let line: Promise<unknown> = Promise.resolve();
	/** Lets the first in line look again. */
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

const NO_WAIT = Promise.resolve<Used>(() => undefined);

interface Sent {
	at: number;
	tokens: number;
}

/** Until the fewest of the oldest are a minute old that have to be; one larger than all goes alone. */
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
