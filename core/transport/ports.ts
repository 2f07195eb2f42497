/** Sends a request and returns the answer: the standard `fetch`, or the caller's own. */
export type Transport = typeof fetch;

/** When a request was sent and when the last byte of its answer arrived, in milliseconds since 1970. */
export interface Took {
	from: number;
	to: number;
}

/** For one request: the signal that ends it, and a callback for the time it took. */
export interface Sending {
	signal?: AbortSignal;
	took?(this: void, took: Took): void;
}

/** Sends one body and returns the answer, whatever its status. */
export type Send = (body: object, sending: Sending) => Promise<Response>;

/**
 * Resolves after this many milliseconds. If the signal aborts, it ends early, by resolving or
 * rejecting.
 */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/**
 * The library's clock, built from what every runtime has. `AbortSignal.timeout` alone would let a
 * process end in the middle of a wait if it has nothing else to do; an open port keeps it alive.
 */
export const systemSleep: Sleep = async (milliseconds, signal) => {
	if (signal?.aborted) return;
	const time = AbortSignal.timeout(Math.ceil(milliseconds));
	const letGo = keepAlive();
	await new Promise<void>((resolve) => {
		const end = () => {
			time.removeEventListener('abort', end);
			signal?.removeEventListener('abort', end);
			letGo();
			resolve();
		};
		time.addEventListener('abort', end);
		signal?.addEventListener('abort', end);
	});
};

let sleepers = 0;
let port: ReturnType<typeof openPort> | undefined;

/** One port for everything that sleeps. */
function keepAlive(): () => void {
	sleepers += 1;
	port ??= openPort();
	return () => {
		sleepers -= 1;
		if (sleepers > 0) return;
		port?.close();
		port = undefined;
	};
}

function openPort() {
	const { port1 } = new MessageChannel();
	// A port only counts if somebody listens to it.
	port1.addEventListener('message', () => undefined);
	port1.start();
	return port1;
}
