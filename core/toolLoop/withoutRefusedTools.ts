import { TokenHubError } from '../errors';
import type { LoopRun } from './loopRun';
import { offeredName, setAside } from './offeredTools';

/**
 * Asks, and asks once more for each tool that the gateway turns down by its place or its name: that
 * one is set aside. Refused requests cost nothing, and there are no more of them than tools.
 * @throws what the request throws; the refusal itself when it names a forced tool, or the last one.
 */
export async function withoutRefusedTools<Answer>(
	run: LoopRun,
	ask: () => Promise<Answer>,
): Promise<Answer> {
	for (;;) {
		try {
			return await ask();
		} catch (error) {
			const name = refusedTool(error, [...run.tools.keys()]);
			const tool = name === undefined ? undefined : run.tools.get(name);
			if (!(error instanceof TokenHubError) || name === undefined || !tool) throw error;
			if (run.tools.size === 1 || isForced(run, name)) throw error;
			run.tools.delete(name);
			run.warnings.push(setAside(tool, error.message).words);
		}
	}
}

function isForced({ request, tools }: LoopRun, name: string): boolean {
	const { toolChoice } = request;
	return typeof toolChoice === 'object' && offeredName(tools, toolChoice.name) === name;
}

/** `tools.17.custom.input_schema`, as Claude says it, or `tools[17].function`, as OpenAI's SDKs do. */
const BY_PLACE = /\btools(?:\.|\[)(\d+)\b/;
/** Words about a conversation may hold any text. */
const OF_MESSAGES = /\bmessages(?:\.|\[)\d/;
const BY_NAME = /\b(?:function|tool)(?:\s+(?:named|called))?:?\s+["'`]([\w-]{1,128})["'`]/i;

/** The name, as it was sent, of the one tool that a refusal is about. */
function refusedTool(error: unknown, names: readonly string[]): string | undefined {
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
