import { breathe } from '../breathe';
import { assertFewValues, sizedChunks } from '../wire/answerSize';
import { startWatch, type Deadlines, type Watch } from './deadlines';
import { fetchError } from './fetchError';
import { alarm, unlessCancelled } from './pause';
import type { Sleep, Transport } from './ports';
import { TextResponse } from './textResponse';

interface Watching extends Deadlines {
	sleep: Sleep;
	/** Whether an answer is handed on while it comes; else it is read to its end. */
	isStreamed: boolean;
}

/**
 * A fetch that ends: the whole, the first byte and silence each have their own time, and an answer
 * has a size. Redirects are not followed, so the key stays where it was sent.
 */
export function watchedFetch(fetch: Transport, { sleep, isStreamed, ...deadlines }: Watching) {
	const watched: Transport = async (url, init = {}) => {
		const watch = startWatch(deadlines, sleep, init.signal);
		const { signal } = watch;
		try {
			const sent = fetch(url, { ...init, redirect: 'manual', signal });
			const response = await unlessCancelled(sent, signal);
			return await readResponse(response, { watch, sleep, isStreamed });
		} catch (error) {
			watch.stop();
			throw signal.aborted ? signal.reason : fetchError(error);
		}
	};
	return watched;
}

interface Attempt extends Pick<Watching, 'sleep' | 'isStreamed'> {
	watch: Watch;
}

/** A refusal is always read to its end. */
async function readResponse(response: Response, { watch, sleep, isStreamed }: Attempt) {
	const { status, statusText, headers, body } = response;
	if (status < 200 || status > 599) throw new Error(`its answer has the status ${status}`);
	if (!body) {
		watch.stop();
		return response;
	}
	const facts = { status, statusText, headers };
	const chunks = sizedChunks({ body: watchedChunks(body, watch, sleep), status }, watch.fail);
	return isStreamed && response.ok
		? new Response(ReadableStream.from(chunks), facts)
		: new TextResponse(await gathered(chunks), facts);
}

async function gathered(chunks: AsyncIterable<Uint8Array>): Promise<string> {
	const all: Uint8Array[] = [];
	for await (const chunk of chunks) all.push(chunk);
	const text = Buffer.concat(all).toString('utf8');
	if (text.length > LONG) await breathe();
	assertFewValues(text);
	if (text.length > LONG) await breathe();
	return text;
}

/** What takes long enough to let others go first. */
const LONG = 4_000_000;

/** The pieces of a body; a reader who has seen enough leaves the connection fit to be used again. */
async function* watchedChunks(body: ReadableStream<Uint8Array>, watch: Watch, sleep: Sleep) {
	const reader = body.getReader();
	const { signal } = watch;
	const end = () => void reader.cancel().catch(() => undefined);
	// Also where whatever is beneath does not look at its signal.
	signal.addEventListener('abort', end, { once: true });
	let isOver = false;
	try {
		watch.heard();
		for (;;) {
			const { done, value } = await reader.read();
			if (signal.aborted) throw signal.reason;
			isOver = done;
			if (done) return;
			watch.heard();
			yield value;
		}
	} catch (error) {
		isOver = true;
		throw signal.aborted ? signal.reason : fetchError(error);
	} finally {
		signal.removeEventListener('abort', end);
		watch.stop();
		if (!isOver && !signal.aborted) await readRest(reader, sleep);
		// A fetch has the connection back a turn of the event loop later; else the next opens another.
		if (!signal.aborted) await breathe();
	}
}

/** What comes after the end of an answer is a line at most. */
const REST_MS = 1_000;
const REST_BYTES = 100_000;

async function readRest(reader: ReadableStreamDefaultReader<Uint8Array>, sleep: Sleep) {
	const end = () => void reader.cancel().catch(() => undefined);
	const stop = alarm(sleep, REST_MS, end);
	try {
		let left = REST_BYTES;
		for (let next = await reader.read(); !next.done && left > 0; next = await reader.read()) {
			left -= next.value.byteLength;
		}
	} catch {
		// The answer was complete before.
	}
	stop();
	end();
}
