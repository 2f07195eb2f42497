import type { RepairOptions } from '../chat/repair/repairConversation';
import { sentToolNames, setAsideWords } from '../chat/toolCalls';
import { TokenHubError } from '../errors';
import { sentForm } from '../schema/sending/sentForm';
import type { Tool } from './tool';

/** A tool that the model is not offered. */
export interface SetAside {
	name: string;
	/** Its name and the reason. */
	words: string;
}

export function setAside({ name }: Tool, reason: string): SetAside {
	return { name, words: setAsideWords(name, reason) };
}

/** What is to be said of the schemas of tools, each line with the tool's name. */
export function toolWarnings(tools: ReadonlyMap<string, Tool>): string[] {
	const all = [...tools.values()].flatMap(({ name, warnings }) =>
		warnings.map((line) => `tool "${name}": ${line}`),
	);
	const more = all.length - MOST;
	return more > 0 ? [...all.slice(0, MOST), `tools: and ${more} more`] : all;
}

const MOST = 50;

/**
 * Tools by the name under which the model knows them. A legal name stays as it is; of two that
 * become alike, the second gets a mark. A Map, so that `__proto__` is just a name. Tools whose schema
 * cannot be sent are set aside.
 * @throws TokenHubError `badConfig` for two tools of one name.
 */
export function offeredTools(tools: readonly Tool[]): {
	tools: Map<string, Tool>;
	setAside: SetAside[];
} {
	const names = tools.map((tool) => tool.name);
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined) {
		throw new TokenHubError('badConfig', `Two tools are named "${twice}": rename one of them.`);
	}
	const sent = sentToolNames(names);
	const problems = tools.map(({ parameters }) => sentForm(parameters).problem);
	const offered = tools
		.filter((_tool, at) => problems[at] === undefined)
		.map((tool): [string, Tool] => [sent.get(tool.name) ?? tool.name, tool]);
	return {
		tools: new Map(offered),
		setAside: tools.flatMap((tool, at) => {
			const problem = problems[at];
			return problem === undefined ? [] : [setAside(tool, problem)];
		}),
	};
}

/** The name under which a tool is offered: a model may also use the one that it read in the prompt. */
export function offeredName(offered: ReadonlyMap<string, Tool>, name: string): string | undefined {
	return [...offered].find(([sent, tool]) => sent === name || tool.name === name)?.[0];
}

/** What a history is repaired by: its calls go out under the names that tools are offered under. */
export function toRepair(offered: ReadonlyMap<string, Tool>): RepairOptions {
	const names = [...offered].map(([sent, { name }]) => [name, sent] as const);
	return { hasTools: offered.size > 0, offered: new Map(names) };
}

/** The tool that a call means. */
export function findTool(offered: ReadonlyMap<string, Tool>, name: string): Tool | undefined {
	return offered.get(offeredName(offered, name) ?? name);
}
