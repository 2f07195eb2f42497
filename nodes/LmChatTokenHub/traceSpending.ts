import { priceOf } from '../../core/models';
import { isRecord } from '../../core/lib/isRecord';
import { z } from 'zod/v4';

/** What LangChain passes to n8n's tracing at the end of a request, as far as it is read here. */
const endSchema = z.object({
	generations: z
		.array(
			z
				.array(
					z.object({
						message: z.object({
							usage_metadata: z.object({
								input_tokens: z.number(),
								output_tokens: z.number(),
								total_tokens: z.number(),
								input_token_details: z.object({ cache_read: z.number().optional() }).optional(),
							}),
						}),
					}),
				)
				.min(1),
		)
		.min(1),
});

type UsageParser = (result: object) => object;
type EndHandler = (output: object, ...rest: unknown[]) => unknown;
const isUsageParser = (value: unknown): value is UsageParser => typeof value === 'function';
const isEndHandler = (value: unknown): value is EndHandler => typeof value === 'function';

/**
 * Adds cost and cached tokens to the usage in n8n's own tracing of a model, which leaves them out. If
 * n8n's tracing is different, it is not changed.
 */
export function traceSpending(model: object, name: string): void {
	const callbacks: unknown = Reflect.get(model, 'callbacks');
	if (!Array.isArray(callbacks)) return;
	for (const tracing of callbacks.filter(isRecord)) {
		const { options, handleLLMEnd } = tracing;
		if (!isRecord(options) || !isEndHandler(handleLLMEnd)) continue;
		const { tokensUsageParser } = options;
		if (!isUsageParser(tokensUsageParser)) continue;
		// The messages, and the details with them, are gone when the usage is read.
		const details = new WeakMap<object, object>();
		tracing.handleLLMEnd = (output: object, ...rest: unknown[]) => {
			details.set(output, detailsOf(output, name));
			return handleLLMEnd.call(tracing, output, ...rest);
		};
		options.tokensUsageParser = (output: object) => ({
			...tokensUsageParser(output),
			...details.get(output),
		});
	}
}

function detailsOf(output: object, name: string): object {
	const usage = endSchema.safeParse(output).data?.generations[0]?.[0]?.message.usage_metadata;
	if (!usage) return {};
	const { input_tokens: promptTokens, output_tokens: completionTokens } = usage;
	const cost = priceOf(name, { promptTokens, completionTokens, totalTokens: usage.total_tokens });
	const cachedTokens = usage.input_token_details?.cache_read;
	return {
		...(cost === null ? {} : { cost }),
		...(cachedTokens === undefined ? {} : { cachedTokens }),
	};
}
