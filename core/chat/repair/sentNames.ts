import { distinctToolName, legalToolName } from '../toolCalls';
import type { Turn } from './answerCalls';

/** By the name of a tool, the one under which a request offers it. */
export type SentNames = ReadonlyMap<string, string>;

/**
 * The names under which the calls of a history go out: a tool has the one that it is offered under,
 * and no call has the name of another tool.
 */
export function sentNames(turns: readonly Turn[], offered: SentNames): SentNames {
	const called = turns.flatMap((turn) =>
		turn.role === 'assistant' ? turn.calls.map(({ name }) => name) : [],
	);
	const names = new Map(offered);
	const taken = new Set([
		...offered.values(),
		...called.filter((name) => legalToolName(name) === name),
	]);
	for (const name of called) {
		if (names.has(name)) continue;
		const legal = legalToolName(name);
		const sent = legal !== name && taken.has(legal) ? distinctToolName(name) : legal;
		taken.add(sent);
		names.set(name, sent);
	}
	return names;
}
