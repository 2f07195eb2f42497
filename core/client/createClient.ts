import { syncDoor } from '../door';
import type { TokenHubError } from '../errors';
import type { Ledger, RequestBody, Seller } from '../ledger';
import { pricesOf } from '../models';
import { promptTokens } from '../lib/text';
import { NO_FILES, readClientConfig, type ClientConfig, type ClientOptions } from './clientConfig';
import type { Files } from '../recording/tape';
import { createLimiter, createPace } from './limiter';
import { redactorOf, type Redactor } from '../redaction/redactor';
import { openSends } from './openSends';
import { complete, openStream, type Completed, type OpenedStream } from './call';
import { openTracing, type Tracing } from '../tracing/inSpan';
import type { Sleep, Took } from '../transport/ports';

/** Options of every call. */
export interface CallOptions {
	/**
	 * Aborts the request in flight, the wait before a retry and the wait in the queue: the call fails
	 * with kind `cancelled`.
	 */
	signal?: AbortSignal;
}

/** A call that records what it pays for. */
export interface ClientCall extends CallOptions {
	ledger?: Ledger;
	/** How many more times it may be retried; by default as the client says. */
	maxRetries?: number;
	/** How many of the models that may answer are skipped. */
	passedOver?: number;
	/** Called for each request with the time it took. */
	took?(this: void, took: Took): void;
}

/** One account, its connections and its limits. Created by `createClient`, passed to every call. */
export interface TokenHubClient extends Seller {
	/** The base URL that is used, with `/api/v1`. */
	readonly baseUrl: string;
	/** The maximum number of parallel HTTP calls. */
	readonly maxConcurrency: number;
	/**
	 * How many times a call is retried at most.
	 * @hidden
	 */
	readonly maxRetries: number;
	/**
	 * Removes the key from text that is put together from several answers.
	 * @hidden
	 */
	readonly redactor: Redactor;
	/**
	 * The clock for all waits of a call.
	 * @hidden
	 */
	readonly sleep: Sleep;
	/**
	 * Records the cost of everything that is asked through this client.
	 * @hidden
	 */
	readonly ledger?: Ledger;
	/**
	 * Traces its calls, if a tracer was given.
	 * @hidden
	 */
	readonly tracing?: Tracing;
	/**
	 * The same for all clients that were made from one.
	 * @hidden
	 */
	readonly account: object;
	/**
	 * Whether the next model is asked after this failure.
	 * @hidden
	 */
	passesOn(error: TokenHubError): boolean;
	/**
	 * One answer, retried if that may help.
	 * @throws TokenHubError
	 * @hidden
	 */
	complete(body: RequestBody, options?: ClientCall): Promise<Completed>;
	/**
	 * The answer as a stream, retried until the first piece.
	 * @throws TokenHubError
	 * @hidden
	 */
	openStream(body: RequestBody, options?: ClientCall): Promise<OpenedStream>;
}

/**
 * A client for one account, to be shared by everything that runs in parallel: all callers share its
 * concurrency limit and its connections.
 * @throws TokenHubError `badConfig` for a key or a base URL that cannot be right.
 */
export function createClient(options: ClientOptions): TokenHubClient {
	return openClient(options, NO_FILES);
}

/** The same if files can be opened. */
export function openClient(options: ClientOptions, files: Files): TokenHubClient {
	return syncDoor(() => clientOf(readClientConfig(options, files)));
}

function clientOf(config: ClientConfig): TokenHubClient {
	const redactor = redactorOf(config.apiKey);
	const { whole, streamed } = openSends(config, redactor);
	const { maxRetries, sleep } = config;
	// A replay does not repeat the waits of the recording.
	const isReplay = config.replay !== undefined && config.record === undefined;
	const pace = isReplay ? undefined : createPace(config, sleep);
	const limiter = createLimiter(config.maxConcurrency, pace);
	const priceOf = pricesOf(config.prices);
	const rules = (body: RequestBody, call: ClientCall = {}) => ({
		...{ limiter, redactor, priceOf, signal: call.signal, ledger: call.ledger },
		...{ sleep: isReplay ? noWait : sleep, clock: sleep, took: call.took },
		...{ maxRetries: call.maxRetries ?? maxRetries, reached: call.ledger?.reached },
		tokens: config.tokensPerMinute && promptTokens(body) + body.max_tokens,
	});
	return {
		baseUrl: config.baseUrl,
		maxConcurrency: config.maxConcurrency,
		...{ maxRetries, redactor, sleep, priceOf, account: {} },
		...openTracing(config, redactor),
		modelsFor: (model) => [model],
		passesOn: () => false,
		complete: (body, call) => complete(whole, body, rules(body, call)),
		openStream: (body, call) => openStream(streamed, body, rules(body, call)),
	};
}

const noWait: Sleep = async () => await Promise.resolve();
