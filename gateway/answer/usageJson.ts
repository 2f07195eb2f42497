import type { CountedUsage } from './countUsage';

export function usageJson(usage: CountedUsage): object {
	const { promptTokens, completionTokens, totalTokens, cachedTokens, cost } = usage;
	return {
		prompt_tokens: promptTokens,
		completion_tokens: completionTokens,
		total_tokens: totalTokens,
		...(cost === undefined ? {} : { cost }),
		...(cachedTokens === undefined
			? {}
			: { prompt_tokens_details: { cached_tokens: cachedTokens } }),
	};
}
