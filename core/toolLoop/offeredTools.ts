import type { RepairOptions } from '../chat/repair/repairConversation';
import { sentToolNames, setAsideWords } from '../chat/toolCalls';
import { TokenHubError } from '../errors';
import { sentForm } from '../schema/sending/sentForm';
import type { LoopRequest } from './loopRequest';
import type { LoopRun } from './loopRun';
import type { Tool } from './tool';

/** A tool that the model does not get. */
interface SetAside {
	name: string;
	/** Its name and the reason. */
	words: string;
}

export function setAside({ name }: Tool, reason: string): SetAside {
	return { name, words: setAsideWords(name, reason) };
}

/** Warnings about the schemas of tools, each with the tool's name. */
export function toolWarnings(tools: ReadonlyMap<string, Tool>): string[] {
	const all = [...tools.values()].flatMap(({ name, warnings }) =>
		warnings.map((line) => `tool "${name}": ${line}`),
	);
	const more = all.length - MOST;
	return more > 0 ? [...all.slice(0, MOST), `tools: and ${more} more`] : all;
}

const MOST = 50;

/**
 * Tools by the names that the model knows. A legal name is kept; if two become the same, the second
 * gets a mark. A Map, so that `__proto__` is just a name. Tools whose schema cannot be sent are left
 * out.
 * @throws TokenHubError `badConfig` for two tools with one name.
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

/** The name under which a tool is offered: a model may also use the name that it read in the prompt. */
export function offeredName(offered: ReadonlyMap<string, Tool>, name: string): string | undefined {
	return [...offered].find(([sent, tool]) => sent === name || tool.name === name)?.[0];
}

/**
 * What the repair of a history needs: its calls are sent under the names under which tools are offered.
 */
export function toRepair(offered: ReadonlyMap<string, Tool>): RepairOptions {
	const names = [...offered].map(([sent, { name }]) => [name, sent] as const);
	return { hasTools: offered.size > 0, offered: new Map(names) };
}

/** The tool that a call means. */
export function findTool(offered: ReadonlyMap<string, Tool>, name: string): Tool | undefined {
	return offered.get(offeredName(offered, name) ?? name);
}

/**
 * @throws TokenHubError `badConfig` if a forced tool does not exist or cannot be sent, or if none of
 * the tools can be sent.
 */
export function assertForcedTool(
	{ toolChoice }: LoopRequest,
	tools: Map<string, Tool>,
	setAside: readonly SetAside[],
): void {
	const words = setAside.map((one) => one.words).join(' ');
	if (tools.size === 0 && setAside.length > 0) {
		throw new TokenHubError('badConfig', `None of the tools can be sent. ${words}`);
	}
	if (toolChoice === 'required' && tools.size === 0) {
		throw new TokenHubError('badConfig', 'Tool choice is required, but there is no tool.', {
			hint: NO_TOOLS,
		});
	}
	if (typeof toolChoice !== 'object' || offeredName(tools, toolChoice.name)) return;
	const forced = setAside.find(({ name }) => name === toolChoice.name);
	if (forced) {
		throw new TokenHubError(
			'badConfig',
			`Tool choice names a tool that cannot be sent. ${forced.words}`,
		);
	}
	const known = [...tools.values()].map(({ name }) => name).join(', ');
	throw new TokenHubError(
		'badConfig',
		`Tool choice names "${toolChoice.name}", which is not a tool.`,
		{
			hint: known ? `Choose auto, required, or one of the tools: ${known}.` : NO_TOOLS,
		},
	);
}

const NO_TOOLS = 'There are no tools: add one, or choose auto.';

type Offering = Pick<LoopRun, 'tools' | 'search' | 'change' | 'kept'>;

/**
 * The tools that the model may call in a turn, by the names that it knows, in the order of the request.
 */
export function turnTools({ tools, search, change, kept }: Offering): ReadonlyMap<string, Tool> {
	const readers = kept.readers ? [kept.readers.read, kept.readers.search] : [];
	if (change?.tools)
		return named(tools, change.tools.length > 0 ? [...change.tools, ...readers] : []);
	// The gateway may have refused the tool that finds the others.
	if (!search || !tools.has(search.name)) return tools;
	return named(tools, [...search.pinned, search.name, ...search.loaded, ...readers]);
}

/** The tools in the request: a conversation with calls is refused without any. */
export function sentTools({ tools, search, change, kept }: Offering): ReadonlyMap<string, Tool> {
	const offered = turnTools({ tools, search, change, kept });
	return offered.size > 0 ? offered : turnTools({ tools, search, kept });
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
