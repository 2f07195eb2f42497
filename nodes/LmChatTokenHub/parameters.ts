import { z } from 'zod/v4';
import { CLIENT_DEFAULTS } from '../../core/client/clientConfig';
import { SAMPLING_LIMITS } from '../../core/chat/chatRequest';
import { locatorField, optionalText, textList } from '../shared/formFields';
import { LONGEST_TIMEOUT } from '../shared/runOptions';

/** The form as n8n hands it over: one key for each of its fields. */
export const form = z.object({
	model: locatorField,
	options: z
		.object({
			maxTokens: z.number().int().min(1).default(SAMPLING_LIMITS.maxTokens),
			maxRetries: z.number().int().min(0).max(20).default(CLIENT_DEFAULTS.maxRetries),
			stop: textList,
			temperature: z.number().min(0).max(1).optional(),
			timeoutSeconds: z
				.number()
				.positive()
				.max(LONGEST_TIMEOUT)
				.default(CLIENT_DEFAULTS.timeoutMs / 1000),
			topP: z.number().min(0).max(1).optional(),
			user: optionalText.optional(),
		})
		.refine(({ temperature, topP }) => temperature === undefined || topP === undefined, {
			path: ['topP'],
			message: 'set Temperature or Top P, never both',
		})
		.prefault({}),
});

type Form = z.output<typeof form>;

/** What n8n's SDK makes its chat model of. Retries are ours: one layer only. */
export function toModelConfig({ model, options }: Form) {
	const { maxTokens, temperature, topP, stop, timeoutSeconds, user } = options;
	return {
		...{ type: 'openai', model, useResponsesApi: false, maxRetries: 0 },
		...{ maxTokens, temperature, topP, timeout: timeoutSeconds * 1000 },
		...(stop.length > 0 ? { stop, stopSequences: stop } : {}),
		...(user === undefined ? {} : { additionalParams: { user } }),
	};
}
