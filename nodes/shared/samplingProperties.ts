import type { INodeProperties } from 'n8n-workflow';
import { CLIENT_DEFAULTS } from '../../core/client/clientConfig';
import {
	FALLBACK_DEFAULT,
	FALLBACK_KINDS,
	type FallbackKind,
} from '../../core/client/withFallbacks';
import { SAMPLING_LIMITS } from '../../core/chat/chatRequest';

const { temperature, topP, stop, maxTokens } = SAMPLING_LIMITS;

export const maxTokensProperty: INodeProperties = {
	displayName: 'Max Tokens',
	name: 'maxTokens',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: maxTokens,
	description:
		'The longest answer allowed, in tokens (about four characters each). Only tokens that are written are paid for.',
};

/** A list of texts, each in a box of its own. */
export function listProperty(
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'>,
	buttonText: string,
): INodeProperties {
	return {
		...property,
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: buttonText },
		default: [],
	};
}

/** Options that steer the answer, common to all nodes. */
export const samplingOptions: INodeProperties[] = [
	listProperty(
		{
			displayName: 'Stop Sequences',
			name: 'stop',
			description: `The answer ends before any of these texts. At most ${stop}.`,
		},
		'Add Stop Sequence',
	),
	{
		displayName: 'Temperature',
		name: 'temperature',
		type: 'number',
		typeOptions: {
			minValue: temperature.min,
			maxValue: temperature.max,
			numberPrecision: 2,
		},
		default: 1,
		description:
			'Lower is more predictable, 0 to 1. Use this or Top P, never both: TokenHub refuses the pair.',
	},
	{
		displayName: 'Top P',
		name: 'topP',
		type: 'number',
		typeOptions: { minValue: topP.min, maxValue: topP.max, numberPrecision: 2 },
		default: 1,
		description:
			'Only the likeliest words, up to this share, are considered. Use this or Temperature, never both.',
	},
	{
		displayName: 'User ID',
		name: 'user',
		type: 'string',
		default: '',
		description: 'Your own ID of the end user, for tracking in TokenHub',
	},
];

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

/** Options of the run as a whole. */
export const runOptionProperties: INodeProperties[] = [
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000 },
		default: CLIENT_DEFAULTS.maxConcurrency,
		description:
			'How many items are worked on at once. It backs off by itself when TokenHub throttles.',
	},
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
		default: FALLBACK_DEFAULT,
		description: 'Failures, after all retries, at which the next of Fallback Models is asked',
		options: FALLBACK_KINDS.map((value) => ({ value, ...FALLBACK_WORDS[value] })),
	},
	{
		displayName: 'First Byte Timeout (Seconds)',
		name: 'firstByteTimeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'The longest wait for the beginning of an answer; with Stream it comes early. 0 means that only Timeout counts.',
	},
	{
		displayName: 'Idle Timeout (Seconds)',
		name: 'idleTimeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: CLIENT_DEFAULTS.idleTimeoutMs / 1000,
		description: 'The longest silence between two pieces of an answer',
	},
	{
		displayName: 'Max Cost (USD)',
		name: 'maxCostUsd',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 0,
		description:
			'Once the run has spent this much, the items that are left fail without a request. 0 means no limit.',
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 20 },
		default: CLIENT_DEFAULTS.maxRetries,
		description:
			'How often a request is sent again when the network, a rate limit or the service fails',
	},
	{
		displayName: 'Requests per Minute',
		name: 'requestsPerMinute',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'The most requests in any minute of the run, retries included. 0 means no limit.',
	},
	{
		displayName: 'Tokens per Minute',
		name: 'tokensPerMinute',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'The most tokens in any minute of the run, of prompts and answers. 0 means no limit.',
	},
	{
		displayName: 'Reuse Results',
		name: 'reuseResults',
		type: 'boolean',
		default: false,
		description:
			'Whether items that were finished in a run that failed are taken over, when it is retried or the same input comes again within a day, and not paid for twice',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: CLIENT_DEFAULTS.timeoutMs / 1000,
		description: 'The longest that one request may take, from sending to the last byte',
	},
];
