import type { INodeProperties } from 'n8n-workflow';
import { CLIENT_DEFAULTS } from '../../core/client/clientConfig';
import {
	FALLBACK_DEFAULT,
	FALLBACK_KINDS,
	type FallbackKind,
} from '../../core/asking/withFallbacks';
import { listProperty } from './listProperty';
import { numberProperty } from './numberProperty';
import { LONGEST_TIMEOUT } from './runOptions';

const { maxConcurrency, maxRetries, timeoutMs, idleTimeoutMs } = CLIENT_DEFAULTS;

const FALLBACK_WORDS: Record<FallbackKind, { name: string; description?: string }> = {
	rateLimit: { name: 'Rate Limit' },
	overloaded: { name: 'Overloaded or Failing' },
	notFound: { name: 'Model Not Found' },
	timeout: { name: 'Timeout' },
	badResponse: { name: 'No Usable Answer' },
	network: { name: 'Network', description: 'Seldom the fault of the model' },
	badRequest: {
		name: 'Request Refused',
		description: 'For example when a model does not support a parameter that the other one does',
	},
	contextLength: {
		name: 'Prompt Too Long',
		description: 'For a model that takes more. Request Refused includes it.',
	},
};

const usdPerMillion: INodeProperties['typeOptions'] = { numberPrecision: 6 };
const priceProperties: INodeProperties[] = [
	{
		displayName: 'Model ID',
		name: 'model',
		type: 'string',
		default: '',
		placeholder: 'e.g. anthropic/claude-next',
		description: 'Exactly as it is sent to TokenHub',
	},
	numberProperty(
		['Input (USD)', 'inputUsd', 0, 'US dollars per million prompt tokens'],
		usdPerMillion,
	),
	numberProperty(
		['Output (USD)', 'outputUsd', 0, 'US dollars per million completion tokens'],
		usdPerMillion,
	),
];

/** Options of the run as a whole. */
export const runOptionProperties: INodeProperties[] = [
	numberProperty(
		[
			...(['Concurrency', 'concurrency', maxConcurrency] as const),
			'How many items to process at once. Slows down by itself when TokenHub throttles.',
		],
		{ minValue: 1, maxValue: 1000 },
	),
	listProperty(
		{
			displayName: 'Fallback Models',
			name: 'fallbackModels',
			placeholder: 'e.g. anthropic/claude-haiku-4-5',
			description: 'Model IDs to try, in order, after a failure listed in Fallback On',
		},
		'Add Model',
	),
	{
		displayName: 'Fallback On',
		name: 'fallbackOn',
		type: 'multiOptions',
		default: [...FALLBACK_DEFAULT],
		description: 'Which failures, after all retries, make the next of Fallback Models try',
		options: FALLBACK_KINDS.map((value) => ({ value, ...FALLBACK_WORDS[value] })),
		displayOptions: { show: { fallbackModels: [{ _cnd: { exists: true } }] } },
	},
	numberProperty(
		[
			...(['First Byte Timeout (Seconds)', 'firstByteTimeoutSeconds', 0] as const),
			'How long to wait for the first byte of an answer. With Stream it arrives early. 0 means only Timeout applies.',
		],
		{ maxValue: LONGEST_TIMEOUT },
	),
	numberProperty(
		[
			...(['Idle Timeout (Seconds)', 'idleTimeoutSeconds', idleTimeoutMs / 1000] as const),
			'How long to wait between two pieces of an answer',
		],
		{ minValue: 1, maxValue: LONGEST_TIMEOUT },
	),
	numberProperty(
		[
			...(['Max Cost (USD)', 'maxCostUsd', 0] as const),
			'Once the run has spent this much, the remaining items fail without a request. Every model needs a price: see Prices. 0 means no limit.',
		],
		{ numberPrecision: 4 },
	),
	numberProperty(
		[
			...(['Max Retries', 'maxRetries', maxRetries] as const),
			'How many times to resend a request after a network failure, a rate limit or a service failure',
		],
		{ maxValue: 20 },
	),
	{
		displayName: 'Prices',
		name: 'prices',
		type: 'fixedCollection',
		placeholder: 'Add Price',
		typeOptions: { multipleValues: true },
		default: {},
		description:
			"Prices of models that are not in TokenHub's price list: Max Cost needs one for each model. They override the list.",
		options: [{ displayName: 'Price', name: 'values', values: priceProperties }],
	},
	numberProperty([
		...(['Requests per Minute', 'requestsPerMinute', 0] as const),
		'The maximum number of requests in any minute of the run, including retries. 0 means no limit.',
	]),
	{
		displayName: 'Reuse Results',
		name: 'reuseResults',
		type: 'boolean',
		default: false,
		description:
			'Whether to reuse the finished items of a failed execution when n8n retries it, instead of paying for them twice',
	},
	numberProperty(
		[
			...(['Timeout (Seconds)', 'timeoutSeconds', timeoutMs / 1000] as const),
			'How long one request may take, from sending it to the last byte',
		],
		{ minValue: 1, maxValue: LONGEST_TIMEOUT },
	),
	numberProperty([
		...(['Tokens per Minute', 'tokensPerMinute', 0] as const),
		'The maximum number of prompt and completion tokens in any minute of the run. 0 means no limit.',
	]),
];
