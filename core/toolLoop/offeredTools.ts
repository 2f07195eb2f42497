import { distinctToolName, legalToolName } from '../chat/toolName';
import { TokenHubError } from '../errors';
import type { Tool } from './tool';

/**
 * Tools by the name under which the model knows them. A legal name stays as it is; of two that
 * become alike, the second gets a mark. A Map, so that `__proto__` is just a name.
 * @throws TokenHubError `badConfig` for two tools of one name.
 */
export function offeredTools(tools: readonly Tool[]): Map<string, Tool> {
	const names = tools.map((tool) => tool.name);
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined) {
		throw new TokenHubError('badConfig', `Two tools are named "${twice}": rename one of them.`);
	}
	const taken = new Set(names.filter((name) => legalToolName(name) === name));
	const offered = tools.map((tool): [string, Tool] => {
		const legal = legalToolName(tool.name);
		if (legal === tool.name) return [legal, tool];
		const sent = taken.has(legal) ? distinctToolName(tool.name) : legal;
		taken.add(sent);
		return [sent, tool];
	});
	return new Map(offered);
}

/** The name under which a tool is offered: a model may also use the one that it read in the prompt. */
export function offeredName(offered: ReadonlyMap<string, Tool>, name: string): string | undefined {
	return [...offered].find(([sent, tool]) => sent === name || tool.name === name)?.[0];
}

/** The tool that a call means. */
export function findTool(offered: ReadonlyMap<string, Tool>, name: string): Tool | undefined {
	return offered.get(offeredName(offered, name) ?? name);
}
