import { openAhead, openPauses, type Ahead as Queue } from '../lib/ahead';
import { breathe } from '../lib/async';
import { TokenHubError } from '../errors';
import { openSize } from './answerSize';
import type { Watch } from './deadlines';
import { fetchError } from './connectionErrors';
import { alarm, CALLED_OFF } from './pause';
import type { Sleep } from './ports';

/** The bytes of an answer, which are read from its connection as they arrive. */
export interface Ahead {
	/** Everything since the last call; undefined at the end. @throws whatever ended the attempt. */
	next(this: void): Promise<Uint8Array | undefined>;
	/** Nobody reads on. If everything was said, the connection is left ready for reuse. */
	leave(this: void, isSaid: boolean): Promise<void>;
}

interface Reading {
	body: ReadableStream<Uint8Array>;
	status: number;
	watch: Watch;
	sleep: Sleep;
}

/** What follows the end of an answer is a line at most. */
const REST_MS = 1_000;

/** The bytes of an answer are read at once: a slow reader is not a silent gateway. */
export function readAhead({ body, status, watch, sleep }: Reading): Ahead {
	const ahead = openAhead<Uint8Array>();
	const { signal, stop, fail } = watch;
	const reader = body.getReader();
	const close = () => void reader.cancel().catch(() => undefined);
	// Also if the layer below ignores its signal.
	const end = () => {
		// After a cancel, nothing more is wanted; what arrived before a limit belongs to the reader.
		if (!(signal.reason instanceof TokenHubError)) ahead.drop();
		close();
	};
	signal.addEventListener('abort', end, { once: true });
	const finish = (failure?: { error: unknown }) => {
		signal.removeEventListener('abort', end);
		ahead.end(failure);
	};
	const over = takeAll(reader, { ahead, watch, size: openSize(status >= 300) })
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
		async next() {
			const pieces = await ahead.next();
			return pieces?.length === 1 ? pieces[0] : pieces && Buffer.concat(pieces);
		},
		async leave(isSaid) {
			if (ahead.isOver()) return;
			const callOff = alarm(sleep, REST_MS, () => fail(CALLED_OFF));
			if (isSaid) await over;
			else fail(CALLED_OFF);
			callOff();
		},
	};
}

interface Taking {
	ahead: Queue<Uint8Array>;
	watch: Watch;
	size: ReturnType<typeof openSize>;
}

/** Whether the answer reached its end. */
async function takeAll(
	reader: ReadableStreamDefaultReader<Uint8Array>,
	{ ahead, watch, size }: Taking,
): Promise<boolean> {
	const pause = openPauses();
	watch.heard();
	for (let next = await reader.read(); !next.done; next = await reader.read()) {
		await pause(next.value.length);
		if (next.value.length === 0) continue;
		const { taken, isFull } = size(next.value);
		watch.heard();
		ahead.push(taken);
		if (isFull) return false;
	}
	if (watch.signal.aborted) throw watch.signal.reason;
	// A fetch gets the connection back one turn of the event loop later; without the wait, the next
	// request would open another one.
	await breathe();
	return true;
}
