import type { Send, Sending } from '../client/openSends';
import { isSecretName } from '../redaction/plainError';
import type { Redactor } from '../redaction/redactor';
import { tryJson } from '../tryJson';
import { TextResponse } from '../transport/watchedFetch';
import { cleanPieces } from './cleanPieces';
import { plainRequest } from './plainRequest';
import { recordedError } from './recordedError';
import type { RecordedAnswer } from './tape';
import type { TapeWriter } from './tapeWriter';

interface Recording {
	/** Without one, only the time is taken. */
	writer?: TapeWriter;
	redactor: Redactor;
}

/**
 * Sends as before, takes the time, and writes down what was asked and answered, also by a refusal or
 * a broken connection. What the caller has cancelled is not written down: nobody knows its end.
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
			const isWhole = !response.ok || response instanceof TextResponse || !response.body;
			return isWhole
				? await recordedWhole(response, write)
				: recordedStream(response, { sending, write, redactor });
		} catch (error) {
			if (!sending.signal?.aborted) await write({ error: recordedError(error) });
			throw error;
		}
	};
}

/** Whole milliseconds since 1970, as the process counts them: no step of the machine's clock is in them. */
const now = () => Math.round(performance.timeOrigin + performance.now());

type Write = (answer: RecordedAnswer) => Promise<void>;

async function recordedWhole(response: Response, write: Write): Promise<Response> {
	const { status, statusText, headers } = response;
	const text = await response.text();
	const facts = { status, headers: shownHeaders(headers) };
	const json = tryJson(text);
	await write(JSON.stringify(json) === text ? { ...facts, json } : { ...facts, text });
	return new TextResponse(text, { status, statusText, headers });
}

interface Streaming {
	sending: Sending;
	write: Write;
	redactor: Redactor;
}

function recordedStream(response: Response, streaming: Streaming): Response {
	const { status, statusText, headers, body } = response;
	const stream = body && copiedBody(body, { ...streaming, headers, status });
	return new Response(stream, { status, statusText, headers });
}

/** The bytes as they come; what they were is written down before their end is handed on. */
function copiedBody(
	body: ReadableStream<Uint8Array>,
	{ sending, write, redactor, ...head }: Streaming & { status: number; headers: Headers },
): ReadableStream<Uint8Array> {
	const pieces: string[] = [];
	const decoder = new TextDecoder();
	const reader = body.getReader();
	const facts = { status: head.status, headers: shownHeaders(head.headers) };
	const writeAll = async (error?: unknown) => {
		const broken = error === undefined ? {} : { broken: recordedError(error) };
		await write({ ...facts, pieces: await cleanPieces(pieces, redactor), ...broken });
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
			// A reader that has seen the end of an answer does not wait for that of its connection.
			if (hasEnded(pieces)) await writeAll();
			await reader.cancel(reason);
		},
	};
	return new ReadableStream(source, { highWaterMark: 0 });
}

const hasEnded = (pieces: readonly string[]) =>
	/data: ?\[DONE\]|"(?:finish|stop)_reason": ?"/.test(pieces.slice(-5).join(''));

const OF_CONNECTION =
	/^(?:content-(?:length|encoding)|transfer-encoding|connection|keep-alive|date)$/;

function shownHeaders(headers: Headers): Record<string, string> {
	const shown = [...headers].filter(([name]) => !OF_CONNECTION.test(name) && !isSecretName(name));
	return Object.fromEntries(shown);
}
