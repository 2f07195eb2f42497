import { TokenHubError } from '../errors';

/** `tools.17.custom.input_schema`, as Claude says it, or `tools[17].function`, as OpenAI's SDKs do. */
const BY_PLACE = /\btools(?:\.|\[)(\d+)\b/;
/** Words about a conversation may hold any text. */
const OF_MESSAGES = /\bmessages(?:\.|\[)\d/;
const BY_NAME = /\b(?:function|tool)(?:\s+(?:named|called))?:?\s+["'`]([\w-]{1,128})["'`]/i;

/** The name, as it was sent, of the one tool that a refusal is about. */
export function refusedTool(error: unknown, names: readonly string[]): string | undefined {
	if (!(error instanceof TokenHubError) || error.kind !== 'badRequest') return undefined;
	const words = [...(error.details.failures ?? []).map(({ path }) => path), error.message];
	const [said] = words.flatMap((text) => {
		const at = BY_PLACE.exec(text);
		const isOwn = at && (OF_MESSAGES.exec(text)?.index ?? Infinity) > at.index;
		return isOwn ? [names[Number(at[1])]] : [];
	});
	if (said !== undefined) return said;
	const name = OF_MESSAGES.test(error.message) ? undefined : BY_NAME.exec(error.message)?.[1];
	return names.find((known) => known === name);
}
