import { spendingOf } from '../client/billed';
import type { CallOptions, TokenHubClient } from '../client/createClient';
import type { WireChunk, WireCompletion } from '../client/wire';
import { callersOwn, streamDoor, type Metered } from '../door';
import { TokenHubError, withFacts } from '../errors';
import { openLedger } from '../ledger';
import { noSpending, type Spending } from '../usage';
import { readChatRequest, type ChatRequest } from './chatRequest';
import { toChatResult, type ChatResult, type ToolCall } from './chatResult';
import { collectChunks, type Collector } from './collectChunks';

/** What `streamChat` gives: pieces of the text, whole tool calls, and at the end the result. */
export type ChatEvent =
	| { type: 'text'; delta: string }
	| ({ type: 'toolCall' } & ToolCall)
	| { type: 'done'; result: ChatResult };

/**
 * One chat completion in pieces: text as it comes, whole tool calls, then the result.
 * @throws TokenHubError as `chat` does; kind `network` with the partial text as `raw` when the
 *   stream breaks off.
 */
export function streamChat(
	client: TokenHubClient,
	request: ChatRequest,
	options: CallOptions = {},
): AsyncGenerator<ChatEvent, void, undefined> {
	return streamDoor(options, (call) => chatEvents(client, request, call));
}

/** The same inside of a call that is metered; `heard` is told of each piece, of arguments as well. */
export async function* chatEvents(
	client: TokenHubClient,
	request: ChatRequest,
	{ signal, ledger: outer, heard }: Metered<CallOptions> & { heard?: (chunk: WireChunk) => void },
): AsyncGenerator<ChatEvent, void, undefined> {
	const { body, warnings } = readChatRequest(request);
	const ledger = openLedger(outer);
	const startedAt = performance.now();
	const { chunks, retries, fallbacks } = await client.openStream(body, { signal, ledger });
	const collector = collectChunks();
	let isWhole = false;
	try {
		yield* textEvents(chunks, collector, heard);
		isWhole = true;
	} finally {
		const spending = spentBy(collector.completion(), { isWhole, model: body.model });
		ledger.add({ ...spending, retries, fallbacks });
	}
	const latencyMs = Math.round(performance.now() - startedAt);
	const answered = { requestedModel: body.model, spending: ledger.spent(), latencyMs, warnings };
	const result = toChatResult(collector.completion(), answered);
	for (const call of result.toolCalls ?? []) yield { type: 'toolCall', ...call };
	yield { type: 'done', result };
}

/** A stream that broke off before it counted its tokens may have been paid for: nobody knows. */
function spentBy(
	completion: WireCompletion,
	{ isWhole, model }: { isWhole: boolean; model: string },
): Spending {
	if (isWhole || completion.usage) return spendingOf(completion, model);
	const { content, refusal, tool_calls: calls = [] } = completion.choices[0]?.message ?? {};
	const hasBegun = Boolean(content) || Boolean(refusal) || (calls ?? []).length > 0;
	return { ...noSpending(), costUsd: hasBegun ? null : 0 };
}

async function* textEvents(
	chunks: Awaited<ReturnType<TokenHubClient['openStream']>>['chunks'],
	collector: Collector,
	heard?: (chunk: WireChunk) => void,
): AsyncGenerator<ChatEvent, void, undefined> {
	try {
		for await (const together of chunks) {
			for (const chunk of together) {
				const delta = collector.add(chunk);
				heard?.(chunk);
				if (delta !== '') yield { type: 'text', delta };
			}
		}
	} catch (error) {
		throw error instanceof TokenHubError ? withPartialText(error, collector) : error;
	}
	if (!collector.finished()) {
		throw withPartialText(
			new TokenHubError('network', 'The stream ended before the answer did.'),
			collector,
		);
	}
}

/** What was received is not lost with the connection. */
function withPartialText(error: TokenHubError, collector: Collector): TokenHubError {
	const raw = collector.completion().choices[0]?.message.content;
	return raw ? withFacts(error, { raw }) : error;
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
