import type { Usage } from '../../core/usage';

export function usageJson({ promptTokens, completionTokens, totalTokens }: Usage): object {
	return {
		prompt_tokens: promptTokens,
		completion_tokens: completionTokens,
		total_tokens: totalTokens,
	};
}
