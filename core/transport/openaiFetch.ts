import { isRecord } from '../lib/isRecord';
import type { Transport } from './ports';

/** The parts of the official SDK that are relied on, or of a tracing product's wrapper around it. */
export interface OpenAISdk {
	apiKey?: unknown;
	baseURL: string;
	chat: { completions: { create: (...terms: never[]) => unknown } };
}

export function isOpenAISdk(value: unknown): value is OpenAISdk {
	if (!isRecord(value) || typeof value.baseURL !== 'string' || !isRecord(value.chat)) return false;
	const { completions } = value.chat;
	return isRecord(completions) && typeof completions.create === 'function';
}

/** Retries, timeouts and redirects are ours: there is only one layer. */
const OURS = {
	maxRetries: 0,
	timeout: 2_147_483_647,
	fetchOptions: { redirect: 'manual' },
} as const;

/**
 * The caller's own SDK as a fetch. Calls go through its method for completions, because that is what
 * tracing products wrap; address, key and headers are the SDK's own.
 */
export function openaiFetch(openai: OpenAISdk): Transport {
	return async (_url, { body, signal } = {}) => {
		const request: unknown = typeof body === 'string' ? JSON.parse(body) : {};
		const { completions } = openai.chat;
		try {
			const terms = [request, { ...OURS, signal }];
			const asked: unknown = Reflect.apply(completions.create, completions, terms);
			return hasResponse(asked) ? await asked.asResponse() : answerFrom(await asked);
		} catch (error) {
			const refusal = refusalIn(error);
			if (refusal) return refusal;
			throw error;
		}
	};
}

function hasResponse(asked: unknown): asked is { asResponse(): Promise<Response> } {
	return isRecord(asked) && typeof asked.asResponse === 'function';
}

/** From a wrapped SDK that returns the parsed answer instead of the response. */
function answerFrom(answer: unknown): Response {
	if (!isChunks(answer)) return Response.json(answer);
	const headers = { 'content-type': 'text/event-stream' };
	return new Response(ReadableStream.from(eventsOf(answer)), { headers });
}

function isChunks(answer: unknown): answer is AsyncIterable<unknown> {
	return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}

async function* eventsOf(chunks: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
	const encoder = new TextEncoder();
	for await (const chunk of chunks) yield encoder.encode(`data: ${JSON.stringify(chunk)}\n\n`);
	yield encoder.encode('data: [DONE]\n\n');
}

/** The SDK throws if the gateway refuses; undefined for an error without an answer. */
function refusalIn(error: unknown): Response | undefined {
	if (!isRecord(error)) return undefined;
	const { status, headers, message, error: stated } = error;
	if (typeof status !== 'number' || status < 300 || status > 599) return undefined;
	const text = JSON.stringify({ error: stated ?? { message } });
	const facts = { status, headers: headers instanceof Headers ? headers : undefined };
	return new Response(status === 304 ? null : text, facts);
}
