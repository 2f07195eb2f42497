import type { CallOptions, TokenHubClient } from '../client/createClient';
import { backoffMs } from '../client/withRetries';
import { callersOwn, type Metered, streamDoor } from '../door';
import { TokenHubError, withFacts } from '../errors';
import { type Ledger, openLedger } from '../ledger';
import { whilePayable } from '../purse';
import { tracedStream } from '../tracing/chatSpans';
import { isStall } from '../transport/deadlines';
import { pause } from '../transport/pause';
import type { RequestBody } from '../ledger';
import { noSpending } from '../usage';
import { streamSpending } from '../wire/billed';
import { collectChunks, endedEarly, type Collector } from '../wire/collectChunks';
import type { WireChunk, WireCompletion } from '../wire/completion';
import { attemptFailure } from '../wire/refusalError';
import {
	type ChatRequest,
	readChatRequest,
	type ReadChatRequest,
	type ReadRequest,
} from './chatRequest';
import { type ChatEvent, type ChatResult, toChatResult } from './chatResult';
import { adaptTools } from './adaptTools';
import { askToGoOn, openSeam, openText, type Seam } from './seam';

/**
 * One chat completion as a stream: text as it arrives, whole tool calls, then the result. A stream that
 * breaks off is opened again, as often as `maxRetries` allows, and then requested from the next model,
 * if there is one: text that was already yielded is continued where it broke, and never yielded twice.
 * @throws TokenHubError like `chat`, with the partial text as `raw`.
 */
export function streamChat(
	client: TokenHubClient,
	request: ChatRequest,
	options: CallOptions = {},
): AsyncGenerator<ChatEvent, void, undefined> {
	return streamDoor(client, options, (call) => ownEvents(client, request, call));
}

/** With the caller's own names in tool calls. */
async function* ownEvents(
	client: TokenHubClient,
	given: ChatRequest,
	call: StreamCall,
): AsyncGenerator<ChatEvent, void, undefined> {
	const { request, read, receive, received } = adaptTools(given);
	for await (const event of chatEvents(client, request, { ...call, read })) {
		if (event.type === 'toolCall') yield { type: 'toolCall', ...receive(event) };
		else yield event.type === 'done' ? { type: 'done', result: received(event.result) } : event;
	}
}

interface StreamCall extends Metered<CallOptions> {
	/** Called for each stream that is opened, including those after a break. */
	listen?: () => Hear;
	/**
	 * Nobody sees the text before its end, so a stream that breaks starts over instead of being
	 * continued.
	 */
	isUnseen?: boolean;
	read?: ReadRequest;
}

/** The same inside a metered call. */
export async function* chatEvents(
	client: TokenHubClient,
	request: ChatRequest,
	call: StreamCall,
): AsyncGenerator<ChatEvent, void, undefined> {
	const { read = readChatRequest, signal } = call;
	const ledger = openLedger(call.ledger);
	const asked = { ...(await read(request)), ledger };
	const events = bodyEvents(client, asked, call);
	const { tracing } = client;
	yield* tracing ? tracedStream(tracing, { ...asked, signal, events }) : events;
}

async function* bodyEvents(
	client: TokenHubClient,
	{ body: asked, warnings, ledger }: ReadChatRequest & { ledger: Ledger },
	call: StreamCall,
): AsyncGenerator<ChatEvent, void, undefined> {
	const { signal } = call;
	const text = openText(client.redactor);
	const route = openRoute({ client, model: asked.model, ledger, signal });
	const startedAt = performance.now();
	try {
		for (;;) {
			const said = text.said();
			const messages = said === '' ? asked.messages : askToGoOn(asked.messages, said);
			const stream = streamOnce(
				{ client, body: { ...asked, messages }, seam: openSeam(said) },
				{ signal, ledger, hear: call.listen?.(), route },
			);
			for await (const piece of stream.pieces) {
				const delta = text.add(piece);
				if (delta !== '') yield { type: 'text', delta };
			}
			const broken = stream.broken();
			if (!broken) {
				yield* textEvents(text.end());
				const latencyMs = Math.round(performance.now() - startedAt);
				const spending = ledger.spent();
				const answered = { requestedModel: asked.model, spending, latencyMs, warnings };
				const result = toChatResult(stream.completion(), answered);
				return yield* wholeEvents({ ...result, text: client.redactor.text(text.said()) });
			}
			await route.goOn(broken);
			if (call.isUnseen || !text.isShown()) text.forget();
		}
	} catch (error) {
		yield* textEvents(text.end());
		throw withPartialText(error, client.redactor.text(text.said()));
	}
}

function* textEvents(delta: string): Generator<ChatEvent, void, undefined> {
	if (delta !== '') yield { type: 'text', delta };
}

function* wholeEvents(result: ChatResult): Generator<ChatEvent, void, undefined> {
	for (const call of result.toolCalls ?? []) yield { type: 'toolCall', ...call };
	yield { type: 'done', result };
}

/** What was received is not lost with the connection. */
function withPartialText(error: unknown, raw: string): unknown {
	return raw !== '' && error instanceof TokenHubError ? withFacts(error, { raw }) : error;
}

/** The result of a streamed answer; its text is passed on as it arrives. */
export async function collectStream(
	events: AsyncIterable<ChatEvent>,
	onText?: (delta: string) => void,
): Promise<ChatResult> {
	for await (const event of events) {
		if (event.type === 'done') return event.result;
		if (event.type === 'text') callersOwn('onText', () => onText?.(event.delta));
	}
	throw new TokenHubError('badResponse', 'The stream ended without a result.');
}

/** Hears each piece of one stream, of arguments as well, and the text that it adds. */
type Hear = (chunk: WireChunk, text: string) => void;

interface Asking {
	client: TokenHubClient;
	body: RequestBody;
	/** Between the text so far and this stream. */
	seam: Seam;
}

interface OnceCall extends Metered<CallOptions> {
	hear: Hear | undefined;
	route: Pick<StreamRoute, 'call' | 'opened'>;
}

/** One stream, opened when its chunks are read. */
interface StreamedOnce {
	/** What it adds to the text. @throws TokenHubError if another stream would not help. */
	pieces: AsyncGenerator<string, void, undefined>;
	completion(this: void): WireCompletion;
	/** Why it broke off, if another stream may not. */
	broken(this: void): Broken | undefined;
}

function streamOnce(asking: Asking, call: OnceCall): StreamedOnce {
	const collector = collectChunks();
	const state: Reading['state'] = {};
	const payment = { client: asking.client, body: asking.body, signal: call.signal };
	return {
		pieces: whilePayable(call.ledger, payment, () => read(asking, call, { collector, state })),
		completion: collector.completion,
		broken: () => state.broken,
	};
}

interface Reading {
	collector: Collector;
	state: { broken?: Broken };
}

async function* read(
	{ client, body, seam }: Asking,
	{ signal, ledger, hear, route }: OnceCall,
	{ collector, state }: Reading,
): AsyncGenerator<string, void, undefined> {
	const { chunks, bill, ...opened } = await client.openStream(body, {
		...{ signal, ledger, ...route.call() },
	});
	route.opened(opened.fallbacks?.length ?? 0);
	let isWhole = false;
	try {
		for await (const together of chunks) {
			for (const chunk of together) {
				const text = collector.add(chunk);
				hear?.(chunk, text);
				yield* unlessEmpty(seam.add(text));
			}
		}
		if (!collector.finished()) throw endedEarly();
		isWhole = true;
	} catch (error) {
		yield* unlessEmpty(seam.add(collector.rest()));
		if (!(error instanceof TokenHubError)) throw error;
		const isPassing = mayPass(error, signal);
		if (!isPassing && (collector.finished() || !client.passesOn(error))) throw error;
		// What follows the end of an answer does not affect it.
		isWhole = collector.finished();
		if (!isWhole) state.broken = { error, mayPass: isPassing };
	} finally {
		const { priceOf } = client;
		const asked = { isWhole, bill: bill(), body, priceOf };
		const spending = streamSpending(collector.completion(), asked);
		ledger.add({ ...spending, ...opened }, collector.completion().model || body.model);
	}
	yield* unlessEmpty(seam.add(collector.rest()) + (isWhole ? seam.end() : ''));
}

function* unlessEmpty(text: string): Generator<string, void, undefined> {
	if (text !== '') yield text;
}

/** Whether another stream may reach its end. */
function mayPass(error: TokenHubError, signal?: AbortSignal): boolean {
	// A gateway with whole events that are not chunks of a completion would write and bill the same
	// again.
	const isForeign = error.kind === 'badResponse' && error.details.raw !== undefined;
	return isStall(error) || (!isForeign && attemptFailure(error, signal).retryable);
}

/** Why a stream broke off, and whether another stream of the same model may reach its end. */
interface Broken {
	error: TokenHubError;
	mayPass: boolean;
}

/** Which model the next stream of an answer is requested from, and how often. */
interface StreamRoute {
	/** For the next stream. */
	call(this: void): { maxRetries: number; passedOver: number };
	/** A stream is open, after this many more models have failed. */
	opened(this: void, passedOver: number): void;
	/**
	 * Waits before the next stream, or continues with the next model.
	 * @throws the error if there is none.
	 */
	goOn(this: void, broken: Broken): Promise<void>;
}

interface Routing {
	client: TokenHubClient;
	model: string;
	ledger: Ledger;
	signal?: AbortSignal;
}

/** Each model gets all retries, as in a request without a stream. */
function openRoute({ client, model, ledger, signal }: Routing): StreamRoute {
	const models = client.modelsFor(model);
	let [passedOver, retriesBefore] = [0, 0];
	const retries = () => ledger.spent().retries - retriesBefore;
	const pass = (count: number) => {
		passedOver += count;
		if (count > 0) retriesBefore = ledger.spent().retries;
	};
	return {
		call: () => ({ maxRetries: client.maxRetries - retries(), passedOver }),
		opened: pass,
		async goOn({ error, mayPass }) {
			if (ledger.reached()) throw error;
			if (mayPass && retries() < client.maxRetries) {
				await pause(client.sleep, backoffMs(retries()), signal);
				return ledger.add({ ...noSpending(), retries: 1 });
			}
			const failed = models[passedOver];
			const isLast = passedOver + 1 >= models.length;
			if (isLast || failed === undefined || !client.passesOn(error)) throw error;
			const { kind, message } = error;
			ledger.add({ ...noSpending(), fallbacks: [{ model: failed, kind, message }] });
			pass(1);
		},
	};
}
