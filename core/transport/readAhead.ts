import { breathe, openPromise } from '../async';
import { TokenHubError } from '../errors';
import { openSize } from './answerSize';
import type { Watch } from './deadlines';
import { fetchError } from './connectionErrors';
import { alarm, CALLED_OFF } from './pause';
import type { Sleep } from './ports';

/** The bytes of an answer, which are taken from its connection as they come. */
export interface Ahead {
	/** All that has come since; undefined at the end. @throws what ended the attempt. */
	next(this: void): Promise<Uint8Array | undefined>;
	/** Nobody reads on. Where all was said, the connection is left fit to be used again. */
	leave(this: void, isSaid: boolean): Promise<void>;
}

interface Reading {
	body: ReadableStream<Uint8Array>;
	status: number;
	watch: Watch;
	sleep: Sleep;
}

/** What comes after the end of an answer is a line at most. */
const REST_MS = 1_000;

/**
 * Bytes that nobody takes stop the parser of Node's fetch, and when the other side then closes, it
 * throws where nothing can catch it: the process would end. Nor is a reader who takes his time a
 * silence of the gateway.
 */
export function readAhead({ body, status, watch, sleep }: Reading): Ahead {
	const state: State = { pieces: [], isOver: false, wake: () => undefined };
	const { signal, stop, fail } = watch;
	const reader = body.getReader();
	// Also where whatever is beneath does not look at its signal.
	const close = () => void reader.cancel().catch(() => undefined);
	const end = () => {
		// Who has cancelled wants no more of it; what came before a limit is the reader's.
		if (!(signal.reason instanceof TokenHubError)) state.pieces = [];
		close();
	};
	signal.addEventListener('abort', end, { once: true });
	const finish = (failure?: { error: unknown }) => {
		signal.removeEventListener('abort', end);
		Object.assign(state, { failure, isOver: true });
		state.wake();
	};
	const over = takeAll(reader, { state, watch, size: openSize(status >= 300) })
		.then((isWhole) => {
			finish();
			return isWhole ? stop() : fail(CALLED_OFF);
		})
		.catch((error: unknown) => {
			const reason: unknown = signal.aborted ? signal.reason : fetchError(error);
			finish({ error: reason });
			close();
			fail(reason);
		});
	return {
		next: async () => await nextOf(state),
		async leave(isSaid) {
			if (state.isOver) return;
			const callOff = alarm(sleep, REST_MS, () => fail(CALLED_OFF));
			if (isSaid) await over;
			else fail(CALLED_OFF);
			callOff();
		},
	};
}

interface State {
	pieces: Uint8Array[];
	failure?: { error: unknown };
	isOver: boolean;
	/** Tells whoever waits for more. */
	wake(this: void): void;
}

interface Taking {
	state: State;
	watch: Watch;
	size: ReturnType<typeof openSize>;
}

/** Whether the answer came to its end. */
async function takeAll(
	reader: ReadableStreamDefaultReader<Uint8Array>,
	{ state, watch, size }: Taking,
): Promise<boolean> {
	const pause = openPauses();
	watch.heard();
	for (let next = await reader.read(); !next.done; next = await reader.read()) {
		await pause(next.value.length);
		if (next.value.length === 0) continue;
		const { taken, isFull } = size(next.value);
		watch.heard();
		state.pieces.push(taken);
		state.wake();
		if (isFull) return false;
	}
	if (watch.signal.aborted) throw watch.signal.reason;
	// A fetch has the connection back a turn of the event loop later; else the next opens another.
	await breathe();
	return true;
}

/** More than a connection gives in one turn of the event loop, in pieces of any size. */
const OF_NO_CONNECTION = { pieces: 20_000, bytes: 8 * 1024 * 1024 };

/**
 * A body that has its pieces at hand would let nothing else run, its own deadline included. One of a
 * connection waits for turns of its own, and for no other: its parser would stop meanwhile.
 */
function openPauses(): (length: number) => Promise<void> {
	let [pieces, bytes, hasTurned] = [0, 0, true];
	return async (length) => {
		pieces += 1;
		bytes += length;
		if (pieces < OF_NO_CONNECTION.pieces && bytes < OF_NO_CONNECTION.bytes) return;
		[pieces, bytes] = [0, 0];
		if (!hasTurned) return await breathe();
		hasTurned = false;
		void breathe().then(() => {
			hasTurned = true;
		});
	};
}

async function nextOf(state: State): Promise<Uint8Array | undefined> {
	for (;;) {
		const { pieces, failure } = state;
		if (pieces.length > 0) {
			state.pieces = [];
			return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
		}
		if (failure) throw failure.error;
		if (state.isOver) return undefined;
		const { promise, resolve } = openPromise<void>();
		state.wake = () => resolve(undefined);
		await promise;
	}
}
