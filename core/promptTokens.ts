import { estimateTokens, IMAGE_TOKENS } from './estimateTokens';

/** About how many tokens a request's messages and tools have. */
export function promptTokens({ messages, tools }: { messages: unknown; tools?: unknown }): number {
	let images = 0;
	const words = JSON.stringify([messages, tools], (key, value: unknown) => {
		if (key === 'image_url') images += 1;
		return key === 'image_url' ? undefined : value;
	});
	return estimateTokens(words) + images * IMAGE_TOKENS;
}
