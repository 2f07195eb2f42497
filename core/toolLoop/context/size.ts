import type { FunctionTool } from '../../chat/toolCalls';
import type { ChatResult } from '../../chat/chatResult';
import type { Message } from '../../chat/messages';
import { estimateTokens, promptTokens } from '../../text';
import { perObject } from '../../perObject';
import { RATES, type ContextState } from './contextState';

/** Estimated once for each message: what is old does not change. */
export const tokensOf = perObject((message: Message) => promptTokens({ messages: message }));

const parameterTokens = perObject((parameters: object) => {
	return estimateTokens(JSON.stringify(parameters));
});

/** Names of the fields around a tool. */
const AROUND_TOOL = 20;

export function toolTokens(tools: readonly FunctionTool[] = []): number {
	return tools
		.map(({ function: { name, description = '', parameters } }) => {
			const sent = parameters ? parameterTokens(parameters) : 0;
			return AROUND_TOOL + estimateTokens(name + description) + sent;
		})
		.reduce((sum, tokens) => sum + tokens, 0);
}

export function messageTokens(messages: readonly Message[]): number {
	return messages.reduce((sum, message) => sum + tokensOf(message), 0);
}

/** Takes down how far estimates are off, as far as that can be believed. */
export function calibrate(
	state: ContextState,
	estimated: number,
	{ usage, requests }: Pick<ChatResult, 'usage' | 'requests'>,
): void {
	if (requests === 1 && usage.promptTokens > 0) state.rate = rateOf(usage.promptTokens, estimated);
}

export function rateOf(counted: number, estimated: number): number {
	const rate = counted / Math.max(1, estimated);
	return Math.min(RATES.max, Math.max(RATES.min, rate));
}
