import { z } from 'zod/v4';
import { TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import { readInput } from '../readInput';
import { isTape, type Files, type Tape } from '../recording/tape';
import { redactorOf } from '../redaction/redactor';
import type { Tracer } from '../tracing/inSpan';
import { isOpenAISdk, type OpenAISdk } from '../transport/openaiFetch';
import { type Sleep, type Transport, systemSleep } from '../transport/ports';

export const DEFAULT_BASE_URL = 'https://tokenhub.store/api/v1';
export const CLIENT_DEFAULTS = {
	timeoutMs: 300_000,
	idleTimeoutMs: 120_000,
	maxRetries: 3,
	maxConcurrency: 8,
} as const;

/** The highest values allowed; the forms use them too. */
export const CLIENT_LIMITS = { maxRetries: 20, maxConcurrency: 1_000 } as const;

const isFunction = (value: unknown) => typeof value === 'function';
const isTracer = (value: unknown) =>
	typeof value === 'object' && value !== null && isFunction(Reflect.get(value, 'startActiveSpan'));
const milliseconds = z.number().int().positive().max(2_147_483_647);

/** Free models exist, models that pay you do not. */
const usd = z.number().min(0).max(1e6);
const priceSchema = z.strictObject({
	/** US dollars per million prompt tokens. */
	inputUsd: usd,
	/** US dollars per million completion tokens. */
	outputUsd: usd,
});

const isPlace = (value: unknown) => typeof value === 'string' || isTape(value);
/** The path of a file, or an object that reads and appends. */
const placeSchema = z.custom<string | Tape>(isPlace, 'expected a path, or read and append');

const NO_LOOKUP =
	"the client no longer has its own connections: pass a fetch that uses undici's Agent({ connect: { lookup } })";

export const clientOptionsSchema = z.strictObject({
	/** The `th-` key of the TokenHub dashboard. It is sent to the origin of `baseUrl` only. */
	apiKey: z
		.string({ error: 'the API key is missing' })
		.min(1, 'the API key is empty')
		.regex(/^\S*$/, 'the API key contains a space or a line break: paste it again')
		.startsWith('th-', 'a TokenHub API key starts with "th-"')
		.regex(
			/^[\x21-\x7e]{4,}$/,
			'the API key is incomplete or contains a character that no key has',
		),
	/** The URL of the API. A missing `/api/v1` is added, and a pasted `/chat/completions` is removed. */
	baseUrl: z.string().default(DEFAULT_BASE_URL),
	/** Milliseconds of one HTTP attempt, from sending to the last byte. */
	timeoutMs: milliseconds.default(CLIENT_DEFAULTS.timeoutMs),
	/** Milliseconds from sending to the first byte; by default only `timeoutMs` counts. */
	firstByteTimeoutMs: milliseconds.optional(),
	/** Milliseconds of silence between two pieces of an answer. */
	idleTimeoutMs: milliseconds.default(CLIENT_DEFAULTS.idleTimeoutMs),
	/** How many times one call is retried after a temporary failure. */
	maxRetries: z
		.number()
		.int()
		.min(0)
		.max(CLIENT_LIMITS.maxRetries)
		.default(CLIENT_DEFAULTS.maxRetries),
	/** Parallel HTTP calls; backs off automatically when the gateway throttles. */
	maxConcurrency: z
		.number()
		.int()
		.min(1)
		.max(CLIENT_LIMITS.maxConcurrency)
		.default(CLIENT_DEFAULTS.maxConcurrency),
	/** HTTP calls in any minute, including retries; by default any number. */
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
	/**
	 * Sends the requests, with the signature of the standard `fetch`; by default the global one. Pass
	 * your own for a proxy or a connection pool.
	 */
	fetch: z.custom<Transport>(isFunction, 'fetch is not a function').optional(),
	/**
	 * An instance of the official `openai` SDK, possibly wrapped by a tracing product: it sends the
	 * requests, with its own key and base URL. Retries and timeouts remain those of this client.
	 */
	openai: z
		.custom<OpenAISdk>(isOpenAISdk, 'openai is not an instance of the openai SDK')
		.optional(),
	/** Waits instead of the client's own clock: for runtimes with another clock, and for tests. */
	sleep: z.custom<Sleep>(isFunction, 'sleep is not a function').optional(),
	/**
	 * Records every request and its answer, without the key: the path of a file, which is appended to, or
	 * an object of your own.
	 */
	record: placeSchema.optional(),
	/**
	 * Answers from what `record` recorded, without a key or a connection. A request that is not in the
	 * recording fails and says what differs; with `record` as well, it is sent and added.
	 */
	replay: placeSchema.optional(),
	/**
	 * An OpenTelemetry tracer, such as `trace.getTracer('my-app')`: loops, tool calls, extractions and
	 * requests become spans that follow OpenTelemetry's conventions for generative AI.
	 */
	tracer: z.custom<Tracer>(isTracer, 'tracer has no startActiveSpan').optional(),
	/** Whether spans also contain prompts, answers, arguments and results. */
	traceContents: z.boolean().default(false),
	/**
	 * Refused: the client has no connections of its own.
	 * @deprecated Pass a `fetch` that looks up: undici's, with an `Agent({ connect: { lookup } })`.
	 */
	lookup: z.custom<unknown>((value) => value === undefined, NO_LOOKUP).optional(),
});

type Given = z.input<typeof clientOptionsSchema>;

/**
 * Options of `createClient`. `apiKey` may be omitted if `openai` has one, or with `replay` alone.
 * @interface
 */
export type ClientOptions = Omit<Given, 'apiKey'> & Partial<Pick<Given, 'apiKey'>>;
export type ClientConfig = Omit<z.output<typeof clientOptionsSchema>, 'record' | 'replay'> & {
	sleep: Sleep;
	record?: Tape;
	replay?: Tape;
};

/** @throws TokenHubError `badConfig` that names the option, before any request is made. */
export function readClientConfig(options: ClientOptions, files = NO_FILES): ClientConfig {
	const config = readInput(clientOptionsSchema, withSdkFacts(options), 'client options');
	const { openai, fetch } = config;
	if (openai && fetch) throw badOption('openai', 'give either openai or fetch, not both');
	const baseUrl = normaliseBaseUrl(config.baseUrl);
	// The key would be shown wherever the address is.
	if (redactorOf(config.apiKey).text(baseUrl) !== baseUrl) throw badUrl('it contains the API key');
	if (openai && openai.baseURL.replace(/\/+$/, '') !== baseUrl) {
		throw badUrl(`the openai instance has a different one: create it with baseURL "${baseUrl}"`);
	}
	return { ...config, sleep: config.sleep ?? systemSleep, baseUrl, ...openTapes(config, files) };
}

/** In n8n, and wherever core is used without the library. */
export const NO_FILES: Files = {
	toRecord: () => noFile('record'),
	toReplay: () => noFile('replay'),
};

function noFile(option: string): never {
	throw badOption(option, 'files cannot be opened here: pass an object with read and append');
}

function openTapes(
	{ record, replay }: z.output<typeof clientOptionsSchema>,
	{ toRecord, toReplay }: Files,
) {
	const isNew = record !== undefined;
	return {
		record: typeof record === 'string' ? toRecord(record) : record,
		replay: typeof replay === 'string' ? toReplay(replay, isNew) : replay,
	};
}

/** The caller's SDK knows its key and address; what it does not reveal has to be given. */
function withSdkFacts(options: ClientOptions): unknown {
	if (!isRecord(options)) return options;
	const { apiKey: given, replay, record } = options;
	// Nothing is sent.
	if (given === undefined && replay && !record) return { ...options, apiKey: 'th-replayed' };
	if (!isOpenAISdk(options.openai)) return options;
	const { apiKey: key, baseURL } = options.openai;
	const { apiKey = key, baseUrl = baseURL } = options;
	const isKnown = typeof key === 'string' && key.startsWith('th-');
	if (isKnown && apiKey !== key)
		throw badOption('apiKey', 'the openai instance has a different one');
	return { ...options, apiKey, baseUrl };
}

function badOption(name: string, reason: string): TokenHubError {
	return new TokenHubError('badConfig', `Invalid client options: "${name}": ${reason}`, {
		failures: [{ path: `/${name}`, message: reason }],
	});
}

const API_PATH = '/api/v1';

/** Paths that people copy from documentation, which the client adds itself or never requests. */
const ENDPOINTS = /\/(?:chat(?:\/completions)?|completions|messages|models|responses)$/;

/**
 * The base URL as the client needs it: no trailing slash, no pasted `/chat/completions`, and `/api/v1`
 * if only a host was given. A path of the caller's own is kept.
 * @throws TokenHubError `badConfig` for anything that is not plain http(s).
 */
export function normaliseBaseUrl(text: string): string {
	const url = parseUrl(text.trim());
	const path = url.pathname.replace(/\/+$/, '').replace(ENDPOINTS, '');
	return url.origin + (path === '' || path === '/api' ? API_PATH : path);
}

function parseUrl(text: string): URL {
	if (isWithoutScheme(text)) throw badUrl('start it with https:// (or http://)', text);
	if (!URL.canParse(text)) throw badUrl('it is not a URL', text);
	const url = new URL(text);
	if (url.protocol !== 'https:' && url.protocol !== 'http:')
		throw badUrl('it is not http(s)', text);
	if (OTHERS.test(url.hostname)) throw badUrl('it belongs to another provider', text);
	// A user name in the URL hides the real host from the reader: https://tokenhub.store@evil.example
	if (url.username !== '' || url.password !== '') throw badUrl('it contains a user name');
	if (url.search !== '' || url.hash !== '') throw badUrl('it contains a query or a fragment');
	return url;
}

/** They would be sent a TokenHub key, and could only refuse it. */
const OTHERS = /(?:^|\.)(?:openai\.com|anthropic\.com|openrouter\.ai|googleapis\.com)$/;

/** A host alone is read as a scheme, such as `localhost:3000`. */
const isWithoutScheme = (text: string) =>
	/^(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:\/|$)/i.test(text);

/** Scheme and host of something that was meant as a URL. */
const HARMLESS =
	/^(?:[a-z]{2,10}:\/{1,2}[\w.-]{1,60}|[\w-]{1,30}(?:\.[\w-]{1,30}){0,3}\.[a-z]{2,10}\b)/i;

/** The rest of the text is not repeated: people paste keys and passwords into it. */
function badUrl(reason: string, text = ''): TokenHubError {
	const shown = /th-|@/i.test(text) ? undefined : HARMLESS.exec(text)?.[0];
	return new TokenHubError(
		'badConfig',
		`Invalid Base URL${shown ? ` "${shown}"` : ''}: ${reason}.`,
		{
			hint: 'Use https://tokenhub.store/api/v1, or the address of your own gateway.',
			failures: [{ path: '/baseUrl', message: reason }],
		},
	);
}
