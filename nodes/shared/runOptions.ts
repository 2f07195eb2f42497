import { z } from 'zod/v4';
import { CLIENT_DEFAULTS } from '../../core/client/clientConfig';
import { FALLBACK_DEFAULT, FALLBACK_KINDS } from '../../core/asking/withFallbacks';

/** A day, in seconds. */
export const LONGEST_TIMEOUT = 86_400;
const seconds = z.number().max(LONGEST_TIMEOUT);

/** An empty number field is 0, and a model without a price would switch Max Cost off. */
const priceRow = z
	.object({
		model: z.string().trim().min(1, 'name the model'),
		inputUsd: z.number().min(0).default(0),
		outputUsd: z.number().min(0).default(0),
	})
	.refine(({ inputUsd, outputUsd }) => inputUsd + outputUsd > 0, 'give the prices of the model');

/** Options that hold for all items of a run: they are read from the first. */
export const runOptionKeys = {
	concurrency: z.number().int().min(1).max(1000).default(CLIENT_DEFAULTS.maxConcurrency),
	maxRetries: z.number().int().min(0).max(20).default(CLIENT_DEFAULTS.maxRetries),
	timeoutSeconds: seconds.positive().default(CLIENT_DEFAULTS.timeoutMs / 1000),
	firstByteTimeoutSeconds: seconds.min(0).default(0),
	idleTimeoutSeconds: seconds.positive().default(CLIENT_DEFAULTS.idleTimeoutMs / 1000),
	reuseResults: z.boolean().default(false),
	requestsPerMinute: z.number().int().min(0).default(0),
	tokensPerMinute: z.number().int().min(0).default(0),
	maxCostUsd: z.number().min(0).optional(),
	prices: z.object({ values: z.array(priceRow).default([]) }).prefault({}),
	fallbackModels: z.array(z.string()).default([]),
	fallbackOn: z.array(z.enum(FALLBACK_KINDS)).default(FALLBACK_DEFAULT),
};

export const runOptionsForm = z.object({ options: z.object(runOptionKeys).prefault({}) });
export type RunOptions = z.output<typeof runOptionsForm>['options'];
