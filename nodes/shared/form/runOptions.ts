import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { numberProperty, listProperty } from './properties';
import {
	FALLBACK_DEFAULT,
	FALLBACK_KINDS,
	type FallbackKind,
} from '../../../core/chat/asking/withFallbacks';
import { shapeOf } from '../../../core/chat/parameters';
import {
	CLIENT_DEFAULTS,
	CLIENT_LIMITS,
	clientOptionsSchema,
} from '../../../core/client/clientConfig';

/** An empty number field is 0, and a model without a price would turn Max Cost off. */
const priceRow = z
	.object({
		model: z.string().trim().min(1, 'name the model'),
		inputUsd: z.number().min(0).default(0),
		outputUsd: z.number().min(0).default(0),
	})
	.refine(({ inputUsd, outputUsd }) => inputUsd + outputUsd > 0, 'give the prices of the model');

/** IDs of models; several in one entry have commas between them, which no ID has. */
export const modelList = z
	.array(z.string())
	.transform((list) => list.flatMap((entry) => entry.split(',')).map((id) => id.trim()))
	.transform((ids) => ids.filter((id) => id !== ''))
	.default([]);

/** Otherwise one of the prices would count, and nobody would know which. */
const areApart = (rows: ReadonlyArray<{ model: string }>) =>
	new Set(rows.map(({ model }) => model)).size === rows.length;
const PRICED_TWICE = 'a model is named twice: remove one of its prices';

const usdPerMillion: INodeProperties['typeOptions'] = { numberPrecision: 6 };
const priceProperties: INodeProperties[] = [
	{
		displayName: 'Model ID',
		name: 'model',
		type: 'string',
		default: '',
		placeholder: 'e.g. anthropic/claude-next',
		description: 'The exact ID that is sent to TokenHub',
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

const field: Omit<INodeProperties, 'name'> = {
	displayName: 'Prices',
	type: 'fixedCollection',
	placeholder: 'Add Price',
	typeOptions: { multipleValues: true },
	default: {},
	description:
		"Prices of models that are not in TokenHub's price list: Max Cost needs one for each model. They override the list.",
	options: [{ displayName: 'Price', name: 'values', values: priceProperties }],
};

const priceOption = {
	schema: z
		.object({ values: z.array(priceRow).default([]).refine(areApart, PRICED_TWICE) })
		.prefault({}),
	field,
};

type Field = Omit<INodeProperties, 'name'>;
/** How one option is read, and how the form shows it. */
interface RunOption {
	schema: z.ZodType;
	field: Field;
}

const { maxConcurrency, maxRetries, timeoutMs, idleTimeoutMs } = CLIENT_DEFAULTS;
const client = clientOptionsSchema.shape;

/** A day, in seconds. */
const LONGEST_TIMEOUT = 86_400;
const seconds = z.number().max(LONGEST_TIMEOUT);
/** An empty number field is 0. */
const perMinute = z.number().int().min(0).default(0);

const FALLBACK_WORDS: Record<FallbackKind, { name: string; description?: string }> = {
	rateLimit: { name: 'Rate Limit' },
	overloaded: { name: 'Overloaded or Failing' },
	notFound: { name: 'Model Not Found' },
	timeout: { name: 'Timeout' },
	badResponse: { name: 'No Usable Answer' },
	network: { name: 'Network', description: 'Rarely caused by the model' },
	badRequest: {
		name: 'Request Refused',
		description: 'For example, if a model does not support a parameter that the next one does',
	},
	contextLength: {
		name: 'Prompt Too Long',
		description: 'For a model with a larger context. Request Refused includes it.',
	},
};

/** Options for all items of a run: they are read from the first item. In the order of the forms. */
const RUN_OPTIONS = {
	maxCostUsd: {
		schema: z.number().min(0).optional(),
		field: number({
			displayName: 'Max Cost (USD)',
			default: 0,
			typeOptions: { numberPrecision: 4 },
			description:
				'Once the run has spent this much, the remaining items fail without a request. Every model needs a price: see Prices. 0 means no limit.',
		}),
	},
	prices: priceOption,
	reuseResults: {
		schema: z.boolean().default(false),
		field: {
			displayName: 'Reuse Results',
			type: 'boolean',
			default: false,
			description:
				'Whether to reuse the finished items of a failed execution when n8n retries it, instead of paying for them twice',
		},
	},
	maxRetries: {
		schema: client.maxRetries,
		field: number({
			displayName: 'Max Retries',
			default: maxRetries,
			typeOptions: { maxValue: CLIENT_LIMITS.maxRetries },
			description:
				'How many times to resend a request after a network failure, a rate limit or a service failure',
		}),
	},
	fallbackModels: {
		schema: modelList,
		field: listProperty(
			{
				displayName: 'Fallback Models',
				name: 'fallbackModels',
				placeholder: 'e.g. anthropic/claude-haiku-4-5',
				description: 'Model IDs to try, in order, after a failure listed in Fallback On',
			},
			'Add Model',
		),
	},
	fallbackOn: {
		schema: z.array(z.enum(FALLBACK_KINDS)).default(FALLBACK_DEFAULT),
		field: {
			displayName: 'Fallback On',
			type: 'multiOptions',
			default: [...FALLBACK_DEFAULT],
			description: 'Which failures, after all retries, lead to the next fallback model',
			options: FALLBACK_KINDS.map((value) => ({ value, ...FALLBACK_WORDS[value] })),
			displayOptions: { show: { fallbackModels: [{ _cnd: { exists: true } }] } },
		},
	},
	timeoutSeconds: {
		schema: seconds.positive().default(timeoutMs / 1000),
		field: number({
			displayName: 'Timeout (Seconds)',
			default: timeoutMs / 1000,
			typeOptions: { minValue: 1, maxValue: LONGEST_TIMEOUT },
			description: 'How long one request may take, from sending it to the last byte',
		}),
	},
	firstByteTimeoutSeconds: {
		schema: seconds.min(0).default(0),
		field: number({
			displayName: 'First Byte Timeout (Seconds)',
			default: 0,
			typeOptions: { maxValue: LONGEST_TIMEOUT },
			description:
				'How long to wait for the first byte of an answer. With Stream, it arrives early. 0 means that only Timeout applies.',
		}),
	},
	idleTimeoutSeconds: {
		schema: seconds.positive().default(idleTimeoutMs / 1000),
		field: number({
			displayName: 'Idle Timeout (Seconds)',
			default: idleTimeoutMs / 1000,
			typeOptions: { minValue: 1, maxValue: LONGEST_TIMEOUT },
			description: 'How long to wait between two pieces of an answer',
		}),
	},
	concurrency: {
		schema: client.maxConcurrency,
		field: number({
			displayName: 'Concurrency',
			default: maxConcurrency,
			typeOptions: { minValue: 1, maxValue: CLIENT_LIMITS.maxConcurrency },
			description:
				'How many items to process in parallel. Slows down automatically when TokenHub throttles.',
		}),
	},
	requestsPerMinute: {
		schema: perMinute,
		field: number({
			displayName: 'Requests per Minute',
			default: 0,
			description:
				'The maximum number of requests in any minute of the run, including retries. 0 means no limit.',
		}),
	},
	tokensPerMinute: {
		schema: perMinute,
		field: number({
			displayName: 'Tokens per Minute',
			default: 0,
			description:
				'The maximum number of prompt and completion tokens in any minute of the run. 0 means no limit.',
		}),
	},
} satisfies Record<string, RunOption>;

/** At least 0, unless `typeOptions` say otherwise. */
function number({ typeOptions, ...terms }: Omit<Field, 'type'>): Field {
	return { ...terms, type: 'number', typeOptions: { minValue: 0, ...typeOptions } };
}

export const runOptionKeys = shapeOf(RUN_OPTIONS);
export const runOptionProperties = Object.entries(RUN_OPTIONS).map(
	([name, { field }]): INodeProperties => ({ ...field, name }),
);

export const runOptionsForm = z.object({ options: z.object(runOptionKeys).prefault({}) });
export type RunOptions = z.output<typeof runOptionsForm>['options'];
