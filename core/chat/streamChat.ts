import type { CallOptions, TokenHubClient } from '../client/createClient';
import { callersOwn, streamDoor, type Metered } from '../door';
import { TokenHubError, withFacts } from '../errors';
import { openLedger, type Ledger } from '../ledger';
import { tracedStream } from '../tracing/chatSpans';
import { readChatRequest, type ChatRequest, type ReadChatRequest } from './chatRequest';
import { toChatResult, type ChatResult, type ToolCall } from './chatResult';
import type { ReadRequest } from './growingRequests';
import { askToGoOn, openSeam } from './seam';
import { streamOnce, type Hear } from './streamOnce';
import { openRoute } from './streamRoute';
import { openText } from './streamedText';

/** What `streamChat` gives: pieces of the text, whole tool calls, and at the end the result. */
export type ChatEvent =
	| { type: 'text'; delta: string }
	| ({ type: 'toolCall' } & ToolCall)
	| { type: 'done'; result: ChatResult };

/**
 * One chat completion in pieces: text as it comes, whole tool calls, then the result. A stream that
 * breaks off is opened again, as often as `maxRetries` says, and then asked of the next model where there
 * is one: text that was given is continued where it broke, and never given twice.
 * @throws TokenHubError as `chat` does, with the partial text as `raw`.
 */
export function streamChat(
	client: TokenHubClient,
	request: ChatRequest,
	options: CallOptions = {},
): AsyncGenerator<ChatEvent, void, undefined> {
	return streamDoor(client, options, (call) => chatEvents(client, request, call));
}

export interface StreamCall extends Metered<CallOptions> {
	/** Called for each stream that is opened, those after a break included. */
	listen?: () => Hear;
	/** Nobody sees the text before its end: a stream that breaks is begun anew, not continued. */
	isUnseen?: boolean;
	read?: ReadRequest;
}

/** The same inside of a call that is metered. */
export async function* chatEvents(
	client: TokenHubClient,
	request: ChatRequest,
	call: StreamCall,
): AsyncGenerator<ChatEvent, void, undefined> {
	const { read = readChatRequest, signal } = call;
	const ledger = openLedger(call.ledger);
	const asked = { ...read(request), ledger };
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

/** The result of a streamed answer, its text told as it comes. */
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
