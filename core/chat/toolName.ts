import { z } from 'zod/v4';
import { LONGEST_NAME, markedName } from '../markedName';

const LEGAL = /^[a-zA-Z0-9_-]{1,64}$/;

/** A tool name as Claude takes it. */
export const toolNameSchema = z
	.string()
	.regex(LEGAL, 'a tool name has 1 to 64 letters, digits, "_" or "-", and no spaces');

/** The nearest name that Claude takes: n8n, MCP servers and models themselves allow more. */
export function legalToolName(name: string): string {
	if (LEGAL.test(name)) return name;
	const legal = underscored(name);
	return legal.length > LONGEST_NAME || legal === '' ? distinctToolName(name) : legal;
}

/** A legal name that no other name is likely to share: the beginning, and a mark made of the whole. */
export function distinctToolName(name: string): string {
	return markedName(name, underscored(name) || 'tool');
}

const underscored = (name: string) => name.replace(/[^a-zA-Z0-9_-]/g, '_');

/** By the name of a tool, the one under which a request offers it. */
export type SentNames = ReadonlyMap<string, string>;

/**
 * The names under which tools, and the calls of a history, go out. A legal name stays as it is; of two
 * that become alike, the second gets a mark, so that no call has the name of another tool.
 * @param offered Names that are fixed already.
 */
export function sentToolNames(
	names: readonly string[],
	offered: SentNames = new Map(),
): Map<string, string> {
	const sentNames = new Map(offered);
	const taken = new Set([
		...offered.values(),
		...names.filter((name) => legalToolName(name) === name),
	]);
	for (const name of names) {
		if (sentNames.has(name)) continue;
		const legal = legalToolName(name);
		const sent = legal !== name && taken.has(legal) ? distinctToolName(name) : legal;
		taken.add(sent);
		sentNames.set(name, sent);
	}
	return sentNames;
}
