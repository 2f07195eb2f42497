import { z } from 'zod/v4';
import { onTheWire, samplingSchema } from '../../core/chat/chatRequest';
import { readInput } from '../../core/readInput';
import { without } from '../../core/lib/own';
import { locatorField, samplingFields } from '../shared/form/formFields';
import { runOptionKeys } from '../shared/form/runOptions';

const { maxRetries, timeoutSeconds } = runOptionKeys;

/** The form as n8n passes it: one key for each of its fields. */
export const form = z.object({
	model: locatorField,
	options: z
		.object({ maxTokens: z.number().optional(), ...samplingFields, maxRetries, timeoutSeconds })
		.prefault({}),
});

type Form = z.output<typeof form>;

/**
 * The settings from which n8n's SDK makes its chat model. Retries are ours: there is only one layer.
 * @throws TokenHubError `badConfig` that names the parameter.
 */
export function toModelConfig({ model, options }: Form) {
	const read = readInput(samplingSchema, { ...options, model }, 'chat request');
	// The SDK has its own names for these.
	const { maxTokens, temperature, topP, stop, ...others } = read;
	const additionalParams = onTheWire(without(others, 'model'));
	return {
		...{ type: 'openai', model, useResponsesApi: false, maxRetries: 0 },
		...{ maxTokens, temperature, topP, timeout: options.timeoutSeconds * 1000 },
		...(stop && stop.length > 0 ? { stop, stopSequences: stop } : {}),
		...(Object.keys(additionalParams).length > 0 ? { additionalParams } : {}),
	};
}
