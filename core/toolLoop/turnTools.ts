import type { LoopRun } from './loopRun';
import type { Tool } from './tool';

/** The tools that a turn offers, by the names that the model knows, in the order of the request. */
export function turnTools({
	tools,
	search,
}: Pick<LoopRun, 'tools' | 'search'>): ReadonlyMap<string, Tool> {
	// The gateway may have refused the tool that finds the others.
	if (!search || !tools.has(search.name)) return tools;
	const names = [...search.pinned, search.name, ...search.loaded];
	return new Map(
		names.flatMap((name) => {
			const tool = tools.get(name);
			return tool ? [[name, tool] as const] : [];
		}),
	);
}
