import type { ErrorKind } from '../errorKinds';
import { isRecord } from '../lib/isRecord';
import { plainError } from '../redaction/plainError';
import { redactedEvents } from '../redaction/redactedEvents';
import type { Redactor } from '../redaction/redactor';
import type { Sleep } from '../transport/ports';
import { tryJson } from '../json/tryJson';
import type { Spending } from '../usage';
import {
	billFor,
	readBilled,
	spendingOf,
	streamSpending,
	whileBilled,
	type Billing,
} from '../wire/billed';
import { collectChunks, endedEarly, type Collector } from '../wire/collectChunks';
import {
	readCompletion,
	readChunk,
	usualReason,
	type WireChunk,
	type WireCompletion,
} from '../wire/completion';
import { openEvents, readAnswer } from '../wire/readAnswer';
import { attemptFailure, isRedirect, refusalError } from '../wire/refusalError';
import { statedError } from '../wire/statedError';
import type { WireCall } from '../wire/wireCalls';
import { withCost, type WireUsage } from '../wire/wireUsage';
import { uniqueIds } from './toolCalls';

interface Reading {
	/** The request, and the ledger that records its cost. */
	billing: Billing;
	redactor: Redactor;
	/** Whether a stream was requested. */
	isStream: boolean;
	sleep: Sleep;
	receive: ReceiveCall;
}

/**
 * An answer as a reader of OpenAI's format expects it: read as our own client reads it, and written
 * again. What is not a completion becomes a refusal with a status and a message.
 */
export async function modelAnswer(response: Response, reading: Reading): Promise<Response> {
	const { redactor } = reading;
	try {
		if (!response.ok) return await plainRefusal(response);
		const read = reading.isStream ? streamed : whole;
		return await whileBilled(() => read(response, reading), reading.billing);
	} catch (thrown) {
		const { error, retryable } = attemptFailure(thrown);
		const plain = plainError(error, redactor);
		const status = STATUS[error.kind] ?? 502;
		const headers = { 'x-should-retry': String(retryable) };
		return Response.json(refusalBody(plain.message, error.kind), { status, headers });
	}
}

/** The status for a refusal of each kind. */
const STATUS: Partial<Record<ErrorKind, number>> = {
	...{ auth: 401, credit: 402, rateLimit: 429, overloaded: 503, badRequest: 400 },
	...{ contextLength: 400, notFound: 404, timeout: 504 },
};

/** A refusal in OpenAI's format is not changed. */
async function plainRefusal(response: Response): Promise<Response> {
	const { status, headers } = response;
	if (isRedirect(status)) return new Response(null, { status, headers });
	const text = await response.text();
	if (statedError(tryJson(text))?.isOpenAi) return new Response(text, { status, headers });
	const { message, kind } = refusalError({ status, headers, text });
	return Response.json(refusalBody(message, kind), { status, headers: withoutBody(headers) });
}

/** The headers without those about the original body. */
function withoutBody(given: Headers): Headers {
	const headers = new Headers(given);
	for (const name of ['content-length', 'content-encoding', 'content-type']) headers.delete(name);
	return headers;
}

async function whole(response: Response, reading: Reading): Promise<Response> {
	const { billing } = reading;
	const raw = await readAnswer(response, reading);
	const { status, headers } = response;
	const completion = readBilled(readCompletion, raw, { ...billing, headers });
	takeDown(billing, completion, spendingOf(withCost(completion, headers), billing));
	const body = plainCompletion(raw, completion, reading.receive);
	return Response.json(reading.redactor.value(body), { status, headers: withoutBody(headers) });
}

function takeDown({ ledger, body }: Billing, { model }: WireCompletion, spent: Spending): void {
	ledger?.add(spent, model || body.model);
}

async function streamed(response: Response, reading: Reading): Promise<Response> {
	const { redactor, sleep } = reading;
	const events = redactedEvents(await openEvents(response, sleep), redactor);
	const first = await events.next();
	if (!first.done) readBilled(readChunk, first.value[0], reading.billing);
	const headers = withoutBody(response.headers);
	headers.set('content-type', 'text/event-stream');
	// With status 200, whatever it was: some of the others may have no body.
	return new Response(ReadableStream.from(modelEvents({ first, events }, reading)), { headers });
}

interface Opened {
	first: IteratorResult<unknown[], void>;
	events: AsyncGenerator<unknown[], void, undefined>;
}

/**
 * The events of a stream as a reader of OpenAI's format expects them: text as it arrives, whole calls
 * before the end, and an error as the last event, even for a stream that just stopped.
 */
async function* modelEvents(
	{ first, events }: Opened,
	{ redactor, receive, billing }: Omit<Reading, 'isStream' | 'sleep'>,
): AsyncGenerator<Uint8Array, void, undefined> {
	const encoder = new TextEncoder();
	const write = (value: object) => encoder.encode(`data: ${JSON.stringify(value)}\n\n`);
	const collector = collectChunks();
	let head: Head = { object: OBJECT };
	// A stream that the reader leaves, or that stalls, has been requested.
	let bill: ReturnType<typeof billFor> = 'unknown';
	let rest = '';
	try {
		for (let next = first; !next.done; next = await events.next()) {
			for (const value of next.value) {
				const chunk = readBilled(readChunk, value, billing);
				const text = collector.add(chunk);
				head = { ...headOf(value), ...head };
				const delta = plainDelta(value, chunk, text);
				if (delta) yield write({ ...head, choices: [textChoice(delta)] });
			}
		}
		if (!collector.finished()) throw endedEarly();
	} catch (thrown) {
		bill = billFor(thrown);
		const { error } = attemptFailure(thrown);
		const { message } = plainError(error, redactor);
		// What follows the end of an answer does not affect it.
		if (!collector.finished()) return yield write(refusalBody(message, error.kind));
	} finally {
		rest = collector.rest();
		const completion = collector.completion();
		const isWhole = collector.finished();
		takeDown(billing, completion, streamSpending(completion, { ...billing, isWhole, bill }));
		await events.return();
	}
	if (rest !== '') yield write({ ...head, choices: [textChoice({ content: rest })] });
	for (const value of lastChunks(collector, { head, receive })) yield write(value);
	yield encoder.encode('data: [DONE]\n\n');
}

const textChoice = (delta: object) => ({ index: 0, delta, finish_reason: null });

const OBJECT = 'chat.completion.chunk';
type Head = Record<string, unknown>;

/** What all chunks of an answer have in common. */
function headOf(value: unknown): Head {
	if (!isRecord(value)) return {};
	const kept = ['id', 'created', 'model', 'system_fingerprint'].filter((name) => name in value);
	return Object.fromEntries(kept.map((name) => [name, value[name]]));
}

/** A delta without calls; undefined if it says nothing. */
function plainDelta(value: unknown, { choices }: WireChunk, text: string): object | undefined {
	if (choices.length === 0 || !isRecord(value) || !Array.isArray(value.choices)) return undefined;
	const choice: unknown = value.choices[0];
	const given = isRecord(choice) && isRecord(choice.delta) ? choice.delta : {};
	const { tool_calls: _calls, function_call: _legacy, content: _content, ...rest } = given;
	const delta = { ...rest, ...(text === '' ? {} : { content: text }) };
	return Object.keys(delta).length > 0 ? delta : undefined;
}

function lastChunks(
	{ completion }: Collector,
	{ head, receive }: { head: Head; receive: ReceiveCall },
): object[] {
	const { choices, usage: counted } = completion();
	const [choice] = choices;
	const calls = choice?.message.tool_calls.map(receive) ?? [];
	const delta = calls.length > 0 ? { tool_calls: plainCalls(calls) } : {};
	const end = { index: 0, delta, finish_reason: choice?.finish_reason ?? usualReason(calls) };
	const usage = plainUsage(undefined, counted);
	return [{ ...head, choices: [end] }, ...(usage ? [{ ...head, choices: [], usage }] : [])];
}

/** A call as the client knows it: with its own names. */
type ReceiveCall = (call: WireCall) => WireCall;

/** The answer in OpenAI's format, as far as it can be converted. */
function plainCompletion(
	raw: unknown,
	{ choices, usage, id, model }: WireCompletion,
	receive: ReceiveCall,
): object {
	const given = isRecord(raw) ? raw : {};
	const list: unknown[] = Array.isArray(given.choices) ? given.choices : [];
	return {
		...{ ...given, id, model, object: 'chat.completion' },
		choices: choices.map((choice, index) => ({
			...(isRecord(list[index]) ? list[index] : {}),
			...{ index, finish_reason: choice.finish_reason ?? usualReason(choice.message.tool_calls) },
			message: plainMessage(list[index], {
				...choice.message,
				tool_calls: choice.message.tool_calls.map(receive),
			}),
		})),
		usage: plainUsage(given.usage, usage),
	};
}

function plainMessage(
	choice: unknown,
	{ content, refusal, tool_calls: calls }: WireCompletion['choices'][number]['message'],
): object {
	const given = isRecord(choice) && isRecord(choice.message) ? choice.message : {};
	const { function_call: _legacy, ...message } = given;
	return {
		...{ ...message, role: 'assistant', content },
		...(refusal === '' ? {} : { refusal }),
		tool_calls: calls.length > 0 ? plainCalls(calls) : undefined,
	};
}

/** With ids that an agent can use in its answers. */
function plainCalls(calls: readonly WireCall[]) {
	const named = calls.map(({ id, function: called }) => ({ id, ...called }));
	return uniqueIds(named, new Set()).map(({ id, ...called }, index) => ({
		...{ index, id, type: 'function', function: called },
	}));
}

/** Unknown numbers are left out: a zero would be taken for a count. */
function plainUsage(given: unknown, usage: WireUsage | undefined): object | undefined {
	const { prompt_tokens: sent, completion_tokens: written } = usage ?? {};
	if (sent === undefined || written === undefined) return undefined;
	const total = Math.max(usage?.total_tokens ?? 0, sent + written);
	const counts = { prompt_tokens: sent, completion_tokens: written, total_tokens: total };
	return { ...(isRecord(given) ? given : {}), ...counts };
}

/** An error in OpenAI's format. */
export function refusalBody(message: string, type: string): object {
	return { error: { message, type, param: null, code: null } };
}
