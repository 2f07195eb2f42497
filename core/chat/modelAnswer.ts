import type { ErrorKind } from '../errors';
import { plainError } from '../redaction/plainError';
import { redactedEvents } from '../redaction/redactedEvents';
import type { Redactor } from '../redaction/redactor';
import type { Sleep } from '../transport/ports';
import { tryJson } from '../tryJson';
import { attemptFailure } from '../wire/attemptFailure';
import { openEvents, readAnswer } from '../wire/readAnswer';
import { isRedirect, refusalError } from '../wire/refusalError';
import { statedError } from '../wire/statedError';
import { assertNoError, readCompletion } from '../wire/wire';
import { modelEvents } from './modelEvents';
import { plainCompletion, refusalBody, type ReceiveCall } from './plainAnswer';

interface Reading {
	redactor: Redactor;
	/** Whether a stream was asked for. */
	isStream: boolean;
	sleep: Sleep;
	receive: ReceiveCall;
}

/**
 * An answer as a reader of OpenAI's form expects it: read as our own client reads it, and written down
 * again. What is no completion is a refusal, with a status and in words.
 */
export async function modelAnswer(response: Response, reading: Reading): Promise<Response> {
	const { redactor } = reading;
	try {
		if (!response.ok) return await plainRefusal(response);
		return await (reading.isStream ? streamed(response, reading) : whole(response, reading));
	} catch (thrown) {
		const { error, retryable } = attemptFailure(thrown);
		const plain = plainError(error, redactor);
		const status = STATUS[error.kind] ?? 502;
		const headers = { 'x-should-retry': String(retryable) };
		return Response.json(refusalBody(plain.message, error.kind), { status, headers });
	}
}

/** What a refusal of the same kind has. */
const STATUS: Partial<Record<ErrorKind, number>> = {
	...{ auth: 401, credit: 402, rateLimit: 429, overloaded: 503, badRequest: 400 },
	...{ contextLength: 400, notFound: 404, timeout: 504 },
};

/** One that has OpenAI's form stays as it is. */
async function plainRefusal(response: Response): Promise<Response> {
	const { status, headers } = response;
	if (isRedirect(status)) return new Response(null, { status, headers });
	const text = await response.text();
	if (statedError(tryJson(text))?.isOpenAi) return new Response(text, { status, headers });
	const { message, kind } = refusalError({ status, headers, text });
	return Response.json(refusalBody(message, kind), { status, headers: withoutBody(headers) });
}

/** Those headers that do not speak of the body as it came. */
function withoutBody(given: Headers): Headers {
	const headers = new Headers(given);
	for (const name of ['content-length', 'content-encoding', 'content-type']) headers.delete(name);
	return headers;
}

async function whole(response: Response, reading: Reading): Promise<Response> {
	const raw = await readAnswer(response, reading);
	const { status, headers } = response;
	const body = plainCompletion(raw, readCompletion(raw), reading.receive);
	return Response.json(reading.redactor.value(body), { status, headers: withoutBody(headers) });
}

async function streamed(response: Response, reading: Reading): Promise<Response> {
	const { redactor, sleep } = reading;
	const events = redactedEvents(await openEvents(response, sleep), redactor);
	const first = await events.next();
	if (!first.done) assertNoError(first.value[0]);
	const { status, headers } = response;
	const kept = withoutBody(headers);
	kept.set('content-type', 'text/event-stream');
	const bytes = ReadableStream.from(modelEvents({ first, events }, reading));
	return new Response(bytes, { status, headers: kept });
}
