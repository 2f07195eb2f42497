import { TokenHubError } from '../../errors';
import { refusedTool } from '../../wire/refusalError';

/** The tools of one request, by the names under which they are sent. */
interface Offered<Answer> {
	names(this: void): readonly string[];
	/** The tools that later requests may offer too. */
	all(this: void): readonly string[];
	/** The key under which a refusal is remembered: the model, and the tool as it is sent. */
	keyOf(this: void, name: string): string;
	/** False for a tool that has to stay: a forced one, or the last. */
	leaveOut(this: void, name: string, reason: string): boolean;
	/** Why the gateway refused tools earlier. */
	refusals: Map<string, string>;
	/** `give` passes on the answer, or the failure. */
	ask(this: void): Promise<{ give: () => Answer; error?: unknown }>;
}

/**
 * Asks, and repeats the request for each tool that the gateway refuses by its place or name, without
 * that tool, now and for as long as refusals are remembered. Refused requests cost nothing, and there
 * are no more of them than tools.
 * @throws whatever the request throws; the refusal itself if it names a tool that has to stay.
 */
export async function withoutRefusedTools<Answer>(offered: Offered<Answer>): Promise<Answer> {
	const { names, all, keyOf, leaveOut, refusals, ask } = offered;
	for (const name of refusals.size > 0 ? all() : []) {
		const reason = refusals.get(keyOf(name));
		if (reason !== undefined) leaveOut(name, reason);
	}
	const refused = new Map<string, string>();
	for (;;) {
		const { give, error } = await ask();
		// Only now it is certain that these tools were the reason.
		if (error === undefined) for (const [key, reason] of refused) refusals.set(key, reason);
		const name = refusedTool(error, names());
		if (!(error instanceof TokenHubError) || name === undefined) return give();
		const key = keyOf(name);
		if (!leaveOut(name, error.message)) return give();
		refused.set(key, error.message);
	}
}
