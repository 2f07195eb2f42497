import type { LookupFunction } from 'node:net';
import { z } from 'zod/v4';
import { TokenHubError } from '../errors';
import { readInput } from '../readInput';
import { badUrl, normaliseBaseUrl } from './normaliseBaseUrl';
import { redactorOf } from '../redaction/redactor';
import type { Fetch } from './http/overFetch';

export const DEFAULT_BASE_URL = 'https://tokenhub.store/api/v1';
export const CLIENT_DEFAULTS = {
	timeoutMs: 300_000,
	idleTimeoutMs: 120_000,
	maxRetries: 3,
	maxConcurrency: 8,
} as const;

const isFunction = (value: unknown) => typeof value === 'function';
const milliseconds = z.number().int().positive().max(2_147_483_647);

/** Free models exist, models that pay for being asked do not. */
const usd = z.number().min(0).max(1e6);
const priceSchema = z.strictObject({
	/** US dollars per million tokens that are sent. */
	inputUsd: usd,
	/** US dollars per million tokens that are written. */
	outputUsd: usd,
});

export const clientOptionsSchema = z.strictObject({
	/** The `th-` key of the TokenHub dashboard. It is sent to the origin of `baseUrl` only. */
	apiKey: z
		.string({ error: 'the API key is missing' })
		.min(1, 'the API key is empty')
		.regex(/^\S*$/, 'the API key contains a space or a line break: paste it again')
		.startsWith('th-', 'a TokenHub API key starts with "th-"')
		.regex(/^[\x21-\x7e]{4,}$/, 'the API key is cut short or holds a character no key has'),
	/** Where the API answers: a missing `/api/v1` is added, a pasted `/chat/completions` removed. */
	baseUrl: z.string().default(DEFAULT_BASE_URL),
	/** Milliseconds of one HTTP attempt, from sending to the last byte. */
	timeoutMs: milliseconds.default(CLIENT_DEFAULTS.timeoutMs),
	/** Milliseconds from sending to the first byte; by default only `timeoutMs` counts. */
	firstByteTimeoutMs: milliseconds.optional(),
	/** Milliseconds of silence between two pieces of an answer. */
	idleTimeoutMs: milliseconds.default(CLIENT_DEFAULTS.idleTimeoutMs),
	/** How often one call is sent again after a failure that may pass. */
	maxRetries: z.number().int().min(0).max(20).default(CLIENT_DEFAULTS.maxRetries),
	/** HTTP calls under way at once; backs off by itself when the gateway throttles. */
	maxConcurrency: z.number().int().min(1).max(1_000).default(CLIENT_DEFAULTS.maxConcurrency),
	/** HTTP calls in any minute, those that are sent again included; by default any number. */
	requestsPerMinute: z.number().int().min(1).optional(),
	/**
	 * Tokens in any minute, of prompts and answers: estimated before a call, counted after it. By
	 * default any number.
	 */
	tokensPerMinute: z.number().int().min(1).optional(),
	/**
	 * US dollars per million tokens, by model: for models that are not in TokenHub's price list, and in
	 * place of that list. `maxCostUsd` is refused for a model without a price.
	 */
	prices: z.record(z.string().min(1), priceSchema).optional(),
	/** Sends the requests, instead of the client's own kept connections and proxy settings. */
	fetch: z.custom<Fetch>(isFunction, 'fetch is no function').optional(),
	/** Looks the gateway's host up, as `lookup` of `node:net` does, and may refuse an address. */
	lookup: z.custom<LookupFunction>(isFunction, 'lookup is no function').optional(),
});

/**
 * Options of `createClient`.
 * @interface
 */
export type ClientOptions = z.input<typeof clientOptionsSchema>;
export type ClientConfig = z.output<typeof clientOptionsSchema>;

/** @throws TokenHubError `badConfig` that names the option, before any request is made. */
export function readClientConfig(options: ClientOptions): ClientConfig {
	const config = readInput(clientOptionsSchema, options, 'client options');
	const baseUrl = normaliseBaseUrl(config.baseUrl);
	// It would be shown wherever the address is.
	if (redactorOf(config.apiKey).text(baseUrl) !== baseUrl) throw badUrl('it holds the API key');
	return { ...config, baseUrl };
}

export function assertNotCancelled(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw new TokenHubError('cancelled', 'The run was cancelled.');
}
