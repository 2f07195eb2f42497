/**
 * About how many tokens a text has: four characters each, fewer in scripts that a tokenizer knows
 * less of. Good to a tenth or so for prose; what was really used stands in `usage`.
 */
export function estimateTokens(text: string): number {
	const ideographs = text.match(IDEOGRAPHS)?.length ?? 0;
	const others = text.match(OTHERS)?.length ?? 0;
	const latin = text.length - ideographs - others;
	return Math.ceil(latin / 4 + others / 2 + ideographs);
}

/** Of an image of usual size, whatever its bytes. */
export const IMAGE_TOKENS = 1600;

const IDEOGRAPHS = /[\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]/g;
const OTHERS = /[\u0370-\u303F\u3100-\u33FF\uA000-\uABFF\uD800-\uF8FF\uFB00-\uFFFF]/g;

/** About how many tokens a request's messages and tools have. */
export function promptTokens({ messages, tools }: { messages: unknown; tools?: unknown }): number {
	let images = 0;
	const words = JSON.stringify([messages, tools], (key, value: unknown) => {
		if (key === 'image_url') images += 1;
		return key === 'image_url' ? undefined : value;
	});
	return estimateTokens(words) + images * IMAGE_TOKENS;
}
