import { openAhead, openPauses, type Ahead as Queue } from '../lib/ahead';
import { breathe } from '../lib/async';
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

/** The bytes of an answer are taken at once: a reader who takes his time is no silence of the gateway. */
export function readAhead({ body, status, watch, sleep }: Reading): Ahead {
	const ahead = openAhead<Uint8Array>();
	const { signal, stop, fail } = watch;
	const reader = body.getReader();
	const close = () => void reader.cancel().catch(() => undefined);
	// Also where whatever is beneath does not look at its signal.
	const end = () => {
		// Who has cancelled wants no more of it; what came before a limit is the reader's.
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

/** Whether the answer came to its end. */
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
	// A fetch has the connection back a turn of the event loop later; else the next opens another.
	await breathe();
	return true;
}
