import OpenAI from 'openai';
import type { RequestBody } from '../chat/chatRequest';
import { promptTokens } from '../promptTokens';
import type { Fallback } from '../usage';
import { attemptFailure } from './attemptFailure';
import { readClientConfig, type ClientConfig, type ClientOptions } from './clientConfig';
import { createLimiter, type Release } from './limiter';
import { overFetch } from './http/overFetch';
import { overHttp } from './http/overHttp';
import { watchedFetch } from './http/watchedFetch';
import { serverSentEvents } from './http/serverSentEvents';
import { readChunk, readCompletion, type WireChunk, type WireCompletion } from './wire';
import { withRetries, type RetryRules } from './withRetries';

/** Options that every call takes. */
export interface CallOptions {
	/**
	 * Aborts the request in flight, the wait before a retry and the wait in the queue: the call fails
	 * with kind `cancelled`.
	 */
	signal?: AbortSignal;
}

/** One account, its connections and its limits. Made by `createClient`, handed to every call. */
export interface TokenHubClient {
	/** As it is used, with `/api/v1`. */
	readonly baseUrl: string;
	/** HTTP calls at once, at the most. */
	readonly maxConcurrency: number;
	/**
	 * One answer, retried where that may help. @throws TokenHubError
	 * @hidden
	 */
	complete(body: RequestBody, options?: CallOptions): Promise<Completed>;
	/**
	 * The answer in pieces; retried until the first piece. @throws TokenHubError
	 * @hidden
	 */
	openStream(body: RequestBody, options?: CallOptions): Promise<OpenedStream>;
}

interface Completed {
	fallbacks?: Fallback[];
	completion: WireCompletion;
	/** The answer word for word. */
	raw: unknown;
	retries: number;
}

interface OpenedStream {
	fallbacks?: Fallback[];
	/** All that came together in one list. */
	chunks: AsyncIterable<WireChunk[]>;
	retries: number;
}

/**
 * A client for one account, to be shared by everything that runs at the same time: its concurrency
 * limit and its connections are common to all callers.
 * @throws TokenHubError `badConfig` for a key or a base URL that cannot be right.
 */
export function createClient(options: ClientOptions): TokenHubClient {
	const config = readClientConfig(options);
	const sdk = openSdk(config);
	const limiter = createLimiter(config.maxConcurrency, config);
	const rules = (body: RequestBody, call?: CallOptions) => ({
		...{ maxRetries: config.maxRetries, limiter, signal: call?.signal },
		tokens: config.tokensPerMinute && promptTokens(body) + body.max_tokens,
	});
	return {
		baseUrl: config.baseUrl,
		maxConcurrency: config.maxConcurrency,
		complete: (body, call) => complete(sdk, body, rules(body, call)),
		openStream: (body, call) => openStream(sdk, body, rules(body, call)),
	};
}

const LONGEST_TIMER_MS = 2_147_483_647;

function openSdk(config: ClientConfig): OpenAI {
	return new OpenAI({
		apiKey: config.apiKey,
		baseURL: config.baseUrl,
		// Retries, timeouts and errors are ours: one layer only.
		maxRetries: 0,
		timeout: LONGEST_TIMER_MS,
		fetch: watchedFetch(config.fetch ? overFetch(config.fetch) : overHttp(config), config),
		// Otherwise the SDK takes these from the environment and sends or logs them.
		organization: null,
		project: null,
		adminAPIKey: null,
		webhookSecret: null,
		logLevel: 'off',
	});
}

// The SDK's own method would refuse images in tool messages.
const PATH = '/chat/completions';

async function complete(sdk: OpenAI, body: RequestBody, rules: RetryRules): Promise<Completed> {
	const attempt = async () => {
		const raw = await sdk.post<unknown>(PATH, { body, signal: rules.signal });
		return { raw, completion: readCompletion(raw) };
	};
	const { value, retries, release } = await withRetries(attempt, rules);
	release('ok', value.completion.usage?.total_tokens);
	return { ...value, retries };
}

async function openStream(
	sdk: OpenAI,
	body: RequestBody,
	rules: RetryRules,
): Promise<OpenedStream> {
	const attempt = async () => {
		const stop = new AbortController();
		const signals = [stop.signal, ...(rules.signal ? [rules.signal] : [])];
		const request = { ...body, stream: true, stream_options: { include_usage: true } };
		const options = { body: request, signal: AbortSignal.any(signals) };
		const response = await sdk.post<unknown>(PATH, options).asResponse();
		const events = serverSentEvents(response.body ?? ReadableStream.from<Uint8Array>([]));
		return { events, first: await events.next(), stop };
	};
	const { value, retries, release } = await withRetries(attempt, rules);
	return { chunks: readStream(value, release, rules.signal), retries };
}

interface Opened {
	events: AsyncGenerator<unknown[], void, undefined>;
	first: IteratorResult<unknown[], void>;
	stop: AbortController;
}

async function* readStream(
	{ events, first, stop }: Opened,
	release: Release,
	signal: AbortSignal | undefined,
): AsyncGenerator<WireChunk[]> {
	let outcome: Parameters<Release>[0] = 'failed';
	let tokens: number | undefined;
	try {
		for (let next = first; !next.done; next = await events.next()) {
			const chunks = next.value.map(readChunk);
			tokens = chunks.findLast(({ usage }) => usage)?.usage?.total_tokens ?? tokens;
			yield chunks;
		}
		outcome = 'ok';
	} catch (thrown) {
		throw attemptFailure(thrown, signal).error;
	} finally {
		release(outcome, tokens);
		if (outcome !== 'ok') stop.abort();
		await events.return();
	}
}
