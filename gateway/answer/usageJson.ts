import type { CountedUsage } from './countUsage';

export function usageJson(usage: CountedUsage): object {
	const { promptTokens, completionTokens, totalTokens, cachedTokens } = usage;
	return {
		prompt_tokens: promptTokens,
		completion_tokens: completionTokens,
		total_tokens: totalTokens,
		...(cachedTokens === undefined
			? {}
			: { prompt_tokens_details: { cached_tokens: cachedTokens } }),
	};
}
