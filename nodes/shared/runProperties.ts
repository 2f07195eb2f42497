import type { INodeProperties } from 'n8n-workflow';
import { CLIENT_DEFAULTS } from '../../core/client/clientConfig';
import {
	FALLBACK_DEFAULT,
	FALLBACK_KINDS,
	type FallbackKind,
} from '../../core/client/withFallbacks';
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
		description: 'For one when a model lacks a parameter that the other takes',
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
		description: 'As it is sent',
	},
	numberProperty(
		['Input (USD)', 'inputUsd', 0, 'US dollars per million tokens that are sent'],
		usdPerMillion,
	),
	numberProperty(
		['Output (USD)', 'outputUsd', 0, 'US dollars per million tokens that are written'],
		usdPerMillion,
	),
];

/** Options of the run as a whole. */
export const runOptionProperties: INodeProperties[] = [
	numberProperty(
		[
			...(['Concurrency', 'concurrency', maxConcurrency] as const),
			'How many items are worked on at once. It backs off by itself when TokenHub throttles.',
		],
		{ minValue: 1, maxValue: 1000 },
	),
	listProperty(
		{
			displayName: 'Fallback Models',
			name: 'fallbackModels',
			placeholder: 'e.g. anthropic/claude-haiku-4-5',
			description:
				'Model IDs to try in order when the model fails in one of the ways of Fallback On',
		},
		'Add Model',
	),
	{
		displayName: 'Fallback On',
		name: 'fallbackOn',
		type: 'multiOptions',
		default: [...FALLBACK_DEFAULT],
		description: 'Failures, after all retries, at which the next of Fallback Models is asked',
		options: FALLBACK_KINDS.map((value) => ({ value, ...FALLBACK_WORDS[value] })),
		displayOptions: { show: { fallbackModels: [{ _cnd: { exists: true } }] } },
	},
	numberProperty(
		[
			...(['First Byte Timeout (Seconds)', 'firstByteTimeoutSeconds', 0] as const),
			'The longest wait for the beginning of an answer; with Stream it comes early. 0 means that only Timeout counts.',
		],
		{ maxValue: LONGEST_TIMEOUT },
	),
	numberProperty(
		[
			...(['Idle Timeout (Seconds)', 'idleTimeoutSeconds', idleTimeoutMs / 1000] as const),
			'The longest silence between two pieces of an answer',
		],
		{ minValue: 1, maxValue: LONGEST_TIMEOUT },
	),
	numberProperty(
		[
			...(['Max Cost (USD)', 'maxCostUsd', 0] as const),
			'Once the run has spent this much, the items that are left fail without a request. Each model needs a price: see Prices. 0 means no limit.',
		],
		{ numberPrecision: 4 },
	),
	numberProperty(
		[
			...(['Max Retries', 'maxRetries', maxRetries] as const),
			'How often a request is sent again when the network, a rate limit or the service fails',
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
			"What models cost that are not in TokenHub's price list: Max Cost needs a price for each model that may be asked. They also stand in place of that list.",
		options: [{ displayName: 'Price', name: 'values', values: priceProperties }],
	},
	numberProperty([
		...(['Requests per Minute', 'requestsPerMinute', 0] as const),
		'The most requests in any minute of the run, retries included. 0 means no limit.',
	]),
	{
		displayName: 'Reuse Results',
		name: 'reuseResults',
		type: 'boolean',
		default: false,
		description:
			'Whether items that were finished in an execution that failed are taken over when n8n retries that execution, and not paid for twice',
	},
	numberProperty(
		[
			...(['Timeout (Seconds)', 'timeoutSeconds', timeoutMs / 1000] as const),
			'The longest that one request may take, from sending to the last byte',
		],
		{ minValue: 1, maxValue: LONGEST_TIMEOUT },
	),
	numberProperty([
		...(['Tokens per Minute', 'tokensPerMinute', 0] as const),
		'The most tokens in any minute of the run, of prompts and answers. 0 means no limit.',
	]),
];
