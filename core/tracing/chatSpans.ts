import type { Ledger } from '../ledger';
import { answerParts, contentJson, messageParts, type TracedAnswer } from './contents';
import {
	inSpan,
	streamInSpan,
	type Attributes,
	type Opening,
	type OpenSpan,
	type Tracing,
} from './inSpan';

/**
 * The spans of OpenTelemetry's conventions for generative AI, and their attributes; what has no name
 * there is under `tokenhub.`. Tokens and cost of a request are only on its own span
 * (`gen_ai.usage.cost` is the name that tools read), so that a sum over spans counts them once.
 */

/** The body of a chat completion request. */
interface TracedBody {
	model: string;
	max_tokens?: number;
	temperature?: number;
	top_p?: number;
	stop?: string[];
	response_format?: object;
	messages: readonly object[];
	tools?: readonly object[];
}

interface Asked {
	body: TracedBody;
	/** Of this request alone. */
	ledger: Ledger;
}

/** A chat completion, with its retries. */
export async function tracedChat<Result extends TracedAnswer>(
	tracing: Tracing,
	asked: Asked,
	run: () => Promise<Result>,
): Promise<Result> {
	return await inSpan(tracing, chatOpening(tracing, asked.body), async (span) => {
		try {
			const result = await run();
			span.set(answerFacts(result, tracing));
			return result;
		} finally {
			// Also for an answer that could not be used.
			span.set(paid(asked.ledger));
		}
	});
}

type TracedEvent = { type: 'text' | 'toolCall' } | { type: 'done'; result: TracedAnswer };

interface AskedStream<Event> extends Asked {
	signal?: AbortSignal;
	events: AsyncGenerator<Event, void, undefined>;
}

/** The same for a stream. */
export function tracedStream<Event extends TracedEvent>(
	tracing: Tracing,
	{ body, ledger, signal, events }: AskedStream<Event>,
): AsyncGenerator<Event, void, undefined> {
	const { attributes, ...opening } = chatOpening(tracing, body);
	const streamed = { ...opening, attributes: { ...attributes, 'gen_ai.request.stream': true } };
	async function* recordedEvents(span: OpenSpan) {
		const startedAt = performance.now();
		let isFirst = true;
		try {
			for await (const event of events) {
				const seconds = (performance.now() - startedAt) / 1000;
				if (isFirst) span.set({ 'gen_ai.response.time_to_first_chunk': seconds });
				isFirst = false;
				if (event.type === 'done') span.set(answerFacts(event.result, tracing));
				yield event;
			}
		} finally {
			span.set(paid(ledger));
		}
	}
	return streamInSpan(tracing, streamed, { open: recordedEvents, signal });
}

function chatOpening({ provider, hasContents }: Tracing, body: TracedBody): Opening {
	const { model } = body;
	return {
		name: `chat ${model}`,
		kind: 'CLIENT',
		attributes: {
			'gen_ai.operation.name': 'chat',
			...provider,
			'gen_ai.request.model': model,
			'gen_ai.request.max_tokens': body.max_tokens,
			'gen_ai.request.temperature': body.temperature,
			'gen_ai.request.top_p': body.top_p,
			'gen_ai.request.stop_sequences': body.stop,
			'gen_ai.output.type': body.response_format && 'json',
			...(hasContents
				? {
						'gen_ai.input.messages': contentJson(body.messages.map(messageParts)),
						'gen_ai.tool.definitions': body.tools && contentJson(body.tools),
					}
				: {}),
		},
	};
}

function answerFacts(result: TracedAnswer, { hasContents }: Tracing): Attributes {
	return {
		'gen_ai.response.model': result.model,
		'gen_ai.response.id': result.id,
		'gen_ai.response.finish_reasons': [result.finishReason],
		'tokenhub.retries': result.retries || undefined,
		...(hasContents ? { 'gen_ai.output.messages': contentJson([answerParts(result)]) } : {}),
	};
}

function paid(ledger: Ledger): Attributes {
	const { costUsd, requests } = ledger.added();
	if (requests === 0) return {};
	return { ...tokens(ledger), 'gen_ai.usage.cost': costUsd ?? undefined };
}

/** Only numbers that were counted: 0 would be wrong for answers that do not say. */
export function tokens(ledger: Ledger): Attributes {
	const { usage, estimated } = ledger.added();
	if (usage.totalTokens === 0 && estimated) return {};
	return {
		'gen_ai.usage.input_tokens': usage.promptTokens,
		'gen_ai.usage.output_tokens': usage.completionTokens,
	};
}
