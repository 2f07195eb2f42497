/** Sends a request and gives the answer: the standard `fetch`, or one of the caller's own. */
export type Transport = typeof fetch;

/** When a request was sent and when the last byte of its answer came, in milliseconds since 1970. */
export interface Took {
	from: number;
	to: number;
}

/** Of one request: what ends it, and who hears how long it took, once it is over. */
export interface Sending {
	signal?: AbortSignal;
	took?(this: void, took: Took): void;
}

/** Sends one body and gives the answer, whatever its status. */
export type Send = (body: object, sending: Sending) => Promise<Response>;

/**
 * Resolves after so many milliseconds. It ends early when the signal aborts, by resolving or by
 * rejecting.
 */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/**
 * The library's clock, of what every runtime has. `AbortSignal.timeout` alone would let a process
 * end that has nothing else to do, in the middle of a wait; an open port keeps it alive.
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

/** One port for all that sleep. */
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
	// Only a port that is listened to counts.
	port1.addEventListener('message', () => undefined);
	port1.start();
	return port1;
}
