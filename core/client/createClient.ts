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

/** A call that takes down what it pays for. */
export interface ClientCall extends CallOptions {
	ledger?: Ledger;
	/** How often it may still be sent again; by default as the client says. */
	maxRetries?: number;
	/** How many of the models that may answer are not asked any more. */
	passedOver?: number;
	/** Hears of each request how long it took. */
	took?(this: void, took: Took): void;
}

/** One account, its connections and its limits. Made by `createClient`, handed to every call. */
export interface TokenHubClient extends Seller {
	/** As it is used, with `/api/v1`. */
	readonly baseUrl: string;
	/** HTTP calls at once, at most. */
	readonly maxConcurrency: number;
	/**
	 * How often one call is sent again, at most.
	 * @hidden
	 */
	readonly maxRetries: number;
	/**
	 * Takes the key out of what is put together of several answers.
	 * @hidden
	 */
	readonly redactor: Redactor;
	/**
	 * The clock that everything of a call waits by.
	 * @hidden
	 */
	readonly sleep: Sleep;
	/**
	 * Takes down what everything costs that is asked through it.
	 * @hidden
	 */
	readonly ledger?: Ledger;
	/**
	 * What its calls are traced with, where they are.
	 * @hidden
	 */
	readonly tracing?: Tracing;
	/** The same for all clients that were made of one. @hidden */
	readonly account: object;
	/**
	 * Whether the next of them is asked after this failure.
	 * @hidden
	 */
	passesOn(error: TokenHubError): boolean;
	/**
	 * One answer, retried where that may help. @throws TokenHubError
	 * @hidden
	 */
	complete(body: RequestBody, options?: ClientCall): Promise<Completed>;
	/**
	 * The answer in pieces; retried until the first piece. @throws TokenHubError
	 * @hidden
	 */
	openStream(body: RequestBody, options?: ClientCall): Promise<OpenedStream>;
}

/**
 * A client for one account, to be shared by everything that runs in parallel: its concurrency
 * limit and its connections are common to all callers.
 * @throws TokenHubError `badConfig` for a key or a base URL that cannot be right.
 */
export function createClient(options: ClientOptions): TokenHubClient {
	return openClient(options, NO_FILES);
}

/** The same where there are files. */
export function openClient(options: ClientOptions, files: Files): TokenHubClient {
	return syncDoor(() => clientOf(readClientConfig(options, files)));
}

function clientOf(config: ClientConfig): TokenHubClient {
	const redactor = redactorOf(config.apiKey);
	const { whole, streamed } = openSends(config, redactor);
	const { maxRetries, sleep } = config;
	// What was waited for once is not waited for again.
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
