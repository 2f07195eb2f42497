import type { LoopRun } from './loopRun';
import { offeredName } from './offeredTools';
import type { Tool } from './tool';

type Offering = Pick<LoopRun, 'tools' | 'search' | 'change' | 'kept'>;

/** The tools that the model may call in a turn, by the names that it knows, in the order of the request. */
export function turnTools({ tools, search, change, kept }: Offering): ReadonlyMap<string, Tool> {
	const readers = kept.readers ? [kept.readers.read, kept.readers.search] : [];
	if (change?.tools)
		return named(tools, change.tools.length > 0 ? [...change.tools, ...readers] : []);
	// The gateway may have refused the tool that finds the others.
	if (!search || !tools.has(search.name)) return tools;
	return named(tools, [...search.pinned, search.name, ...search.loaded, ...readers]);
}

/** Those in the request: a conversation with calls is refused without any. */
export function sentTools(run: Offering): ReadonlyMap<string, Tool> {
	const offered = turnTools(run);
	return offered.size > 0 ? offered : turnTools({ ...run, change: undefined });
}

function named(tools: ReadonlyMap<string, Tool>, names: readonly string[]): Map<string, Tool> {
	return new Map(
		names.flatMap((name) => {
			const sent = offeredName(tools, name);
			const tool = sent === undefined ? undefined : tools.get(sent);
			return sent !== undefined && tool ? [[sent, tool] as const] : [];
		}),
	);
}
