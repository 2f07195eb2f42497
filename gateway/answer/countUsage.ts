import type { Usage } from '../../core/usage';
import type { ChatBody } from '../contract/chatBody';

export const CHARACTERS_PER_TOKEN = 4;

/**
 * What an answer counts; `cachedTokens` are those of the prompt that came from a cache, `cost` is what
 * other gateways state in US dollars.
 */
export interface CountedUsage extends Usage {
	cost?: number;
	cachedTokens?: number;
}

/** An estimate, about one token per four characters: the same request always counts the same. */
export function countUsage(
	body: ChatBody,
	output: unknown[],
	known: Partial<CountedUsage> = {},
): CountedUsage {
	const promptTokens = known.promptTokens ?? estimate([body.messages, body.tools]);
	const completionTokens = known.completionTokens ?? estimate(output);
	const totalTokens = known.totalTokens ?? promptTokens + completionTokens;
	return { ...known, promptTokens, completionTokens, totalTokens };
}

function estimate(values: unknown[]): number {
	const characters = values
		.filter((value) => value !== undefined && value !== null)
		.map((value) => (typeof value === 'string' ? value : JSON.stringify(value, withoutImages)))
		.reduce((sum, text) => sum + [...text].length, 0);
	return Math.max(1, Math.ceil(characters / CHARACTERS_PER_TOKEN));
}

/** The bytes of an image are no text: a data URI would count as a book. */
function withoutImages(key: string, value: unknown): unknown {
	return key === 'image_url' ? 'image' : value;
}
