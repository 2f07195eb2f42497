import { countUsage } from '../answer/countUsage';
import type { ChatBody } from './chatBody';
import { refuseAsClaude, type Refusal } from './refusal';

/** Claude's own words for what does not fit into a model. */
export function checkWindow(body: ChatBody, windowTokens = Infinity): Refusal | undefined {
	if (windowTokens === Infinity) return undefined;
	const { promptTokens } = countUsage(body, []);
	if (promptTokens > windowTokens) {
		const words = `prompt is too long: ${promptTokens} tokens > ${windowTokens} maximum`;
		return refuseAsClaude('messages', words);
	}
	const answer = body.max_tokens ?? 0;
	if (promptTokens + answer <= windowTokens) return undefined;
	const sum = `${promptTokens} + ${answer} > ${windowTokens}`;
	return refuseAsClaude(
		'max_tokens',
		`input length and \`max_tokens\` exceed context limit: ${sum}, decrease input length or \`max_tokens\` and try again`,
	);
}
