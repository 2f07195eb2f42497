import { TokenHubError } from '../../errors';
import { refusedTool } from '../../wire/refusalError';

/** Tools as one request offers them, by the names under which they are sent. */
interface Offered<Answer> {
	names(this: void): readonly string[];
	/** Those that later requests may offer as well. */
	all(this: void): readonly string[];
	/** What a refusal is remembered by: the model, and what is sent of the tool. */
	keyOf(this: void, name: string): string;
	/** False for one that has to stay: a forced one, and the last. */
	leaveOut(this: void, name: string, reason: string): boolean;
	/** Why the gateway refused tools before. */
	refusals: Map<string, string>;
	/** `give` passes on what came, also a failure. */
	ask(this: void): Promise<{ give: () => Answer; error?: unknown }>;
}

/**
 * Asks, and asks once more for each tool that the gateway turns down by its place or its name: that one
 * is left out, now and as long as refusals are remembered. Refused requests cost nothing, and there are
 * no more of them than tools.
 * @throws what the request throws; the refusal itself when it names a tool that has to stay.
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
		// Only now it is known that it was these tools.
		if (error === undefined) for (const [key, reason] of refused) refusals.set(key, reason);
		const name = refusedTool(error, names());
		if (!(error instanceof TokenHubError) || name === undefined) return give();
		const key = keyOf(name);
		if (!leaveOut(name, error.message)) return give();
		refused.set(key, error.message);
	}
}
