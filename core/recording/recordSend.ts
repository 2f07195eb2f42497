import type { Send, Sending } from '../transport/ports';
import { isSecretName } from '../redaction/plainError';
import { redactedEvents } from '../redaction/redactedEvents';
import type { Redactor } from '../redaction/redactor';
import { ALL_SAID, LEFT_OPEN, TextResponse } from '../transport/watchedFetch';
import { tryJson } from '../json/tryJson';
import { readChunk, STREAM_END } from '../wire/completion';
import { collectChunks } from '../wire/collectChunks';
import { serverSentEvents } from '../wire/serverSentEvents';
import { plainRequest, recordedError, type RecordedAnswer, type TapeWriter } from './tape';

interface Recording {
	/** Without one, only the time is measured. */
	writer?: TapeWriter;
	redactor: Redactor;
}

/**
 * Sends as before, measures the time, and records request and answer, including refusals and broken
 * connections. Cancelled requests are not recorded: their end is not known.
 */
export function recordSend(send: Send, { writer, redactor }: Recording): Send {
	return async (body, sending) => {
		if (!writer && !sending.took) return await send(body, sending);
		const n = (await writer?.next()) ?? 0;
		const from = now();
		const write = async (answer: RecordedAnswer) => {
			const took = { from, to: now() };
			sending.took?.(took);
			await writer?.write({ n, ...took, request: plainRequest(body, redactor), answer });
		};
		try {
			const response = await send(body, { signal: sending.signal });
			return response.body
				? recordedStream(response, { sending, write, redactor })
				: await recordedWhole(response, write);
		} catch (error) {
			if (!sending.signal?.aborted) await write({ error: recordedError(error) });
			throw error;
		}
	};
}

/**
 * Whole milliseconds since 1970, as the process counts them, so that changes of the machine's clock do
 * not matter.
 */
const now = () => Math.round(performance.timeOrigin + performance.now());

type Write = (answer: RecordedAnswer) => Promise<void>;
type Streamed = Extract<RecordedAnswer, { pieces: string[] }>;
type WriteStreamed = (streamed: Pick<Streamed, 'pieces' | 'broken'>) => Promise<void>;

async function recordedWhole(response: Response, write: Write): Promise<Response> {
	const { status, statusText, headers } = response;
	const text = await response.text();
	const facts = { status, headers: shownHeaders(headers) };
	const json = tryJson(text);
	await write(JSON.stringify(json) === text ? { ...facts, json } : { ...facts, text });
	return new TextResponse(text, { status, statusText, headers });
}

interface Copying {
	sending: Sending;
	write: Write;
	redactor: Redactor;
}

function recordedStream(response: Response, copying: Copying): Response {
	const { status, statusText, headers, body } = response;
	const facts = { status, headers: shownHeaders(headers) };
	const write: WriteStreamed = async (streamed) => await copying.write({ ...facts, ...streamed });
	const copied = body && copiedBody(body, { ...copying, write });
	return new Response(copied, { status, statusText, headers });
}

/** Passes the bytes on as they arrive; they are recorded before their end is passed on. */
function copiedBody(
	body: ReadableStream<Uint8Array>,
	{ sending, write, redactor }: Omit<Copying, 'write'> & { write: WriteStreamed },
): ReadableStream<Uint8Array> {
	const pieces: string[] = [];
	const decoder = new TextDecoder();
	const reader = body.getReader();
	const writeAll = async (error?: unknown) => {
		const rest = decoder.decode();
		const all = rest === '' ? pieces : [...pieces, rest];
		const broken = error === undefined ? {} : { broken: recordedError(error) };
		await write({ pieces: await cleanPieces(all, redactor), ...broken });
	};
	const read = async () => {
		try {
			return await reader.read();
		} catch (error) {
			if (!sending.signal?.aborted) await writeAll(error);
			throw error;
		}
	};
	const source = {
		async pull(controller: ReadableStreamDefaultController<Uint8Array>) {
			const { done, value } = await read();
			if (done) {
				await writeAll();
				return controller.close();
			}
			pieces.push(decoder.decode(value, { stream: true }));
			controller.enqueue(value);
		},
		async cancel(reason: unknown) {
			// A reader that has seen the end of an answer does not wait for the end of its connection.
			const isEnded = reason === ALL_SAID || reason === LEFT_OPEN;
			if (isEnded || (!sending.signal?.aborted && (await isFailed(pieces)))) await writeAll();
			await reader.cancel(reason);
		},
	};
	return new ReadableStream(source, { highWaterMark: 0 });
}

/** Headers of one connection: they mean nothing when the answer is replayed. */
export const OF_CONNECTION =
	/^(?:content-(?:length|encoding)|transfer-encoding|connection|keep-alive|date)$/;

function shownHeaders(headers: Headers): Record<string, string> {
	const shown = [...headers].filter(([name]) => !OF_CONNECTION.test(name) && !isSecretName(name));
	return Object.fromEntries(shown);
}

/**
 * The pieces of a stream without the key: unchanged if they do not contain it, otherwise written again
 * as events, because the key may be spread over several of them.
 */
async function cleanPieces(pieces: readonly string[], redactor: Redactor): Promise<string[]> {
	const whole = pieces.join('');
	const events = await writtenEvents(pieces, redactor);
	const isPlain = redactor.text(whole) === whole && marksIn(events.join('')) <= marksIn(whole);
	if (isPlain) return [...pieces];
	return events.length > 0 ? events : [redactor.text(whole)];
}

/** How often a key was removed. */
const marksIn = (text: string) => text.split('th-…').length - 1;

async function writtenEvents(pieces: readonly string[], redactor: Redactor): Promise<string[]> {
	const written: string[] = [];
	try {
		for await (const together of redactedEvents(serverSentEvents(bytesOf(pieces)), redactor))
			written.push(together.map(eventText).join(''));
	} catch {
		// There are no events, or no proper end: what could be read counts.
	}
	return written;
}

const eventText = (value: unknown) =>
	`data: ${value === STREAM_END ? '[DONE]' : JSON.stringify(value)}\n\n`;

/**
 * Whether a reader leaves a stream because it cannot be read on, such as after an error event; one that
 * has read enough may leave anywhere.
 */
async function isFailed(pieces: readonly string[]): Promise<boolean> {
	const text = pieces.join('').replaceAll('\r\n', '\n');
	const events = text.slice(0, text.lastIndexOf('\n\n') + 2);
	if (events.trim() === '') return false;
	const collector = collectChunks();
	try {
		for await (const together of serverSentEvents(bytesOf([events])))
			for (const value of together) collector.add(readChunk(value));
		return false;
	} catch {
		return true;
	}
}

function bytesOf(pieces: readonly string[]): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return ReadableStream.from(pieces.map((piece) => encoder.encode(piece)));
}
