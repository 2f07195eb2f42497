import { remembered } from '../remembered';
import { refusalError } from '../wire/refusalError';
import { modelTools, type ModelTool, type ReadForm } from './modelTools';
import { refusedTool } from './refusedTool';
import { forcedName } from './repair/repairBody';

/** Asks with those tools of a request that are offered. */
export type Offer = (
	body: Record<string, unknown>,
	ask: (tools: readonly ModelTool[]) => Promise<Response>,
) => Promise<Response>;

/**
 * Offers the tools of each request of a model but those that cannot be sent, and asks once more without
 * each one that the gateway turns down: refused requests cost nothing. A forced tool, and the last one,
 * stay, so that the refusal is told.
 * @param warn Hears of each tool that is left out, once.
 */
export function openOffer(warn: (words: string) => void = () => undefined): Offer {
	const forms = remembered<ReadForm>();
	/** Why the gateway refused tools, by what was sent of each. */
	const refusals = new Map<string, string>();
	const said = new Set<string>();
	return async (body, ask) => {
		const given = Array.isArray(body.tools) ? body.tools : [];
		let tools = modelTools(given, forms);
		const forced = forcedName(body.tool_choice);
		const leaveOut = (tool: ModelTool, reason: string) => {
			if (tools.length < 2 || tool.name === forced) return false;
			tools = tools.filter((other) => other !== tool);
			const words = `The tool "${tool.name}" was set aside: ${reason}`;
			if (!said.has(words)) warn(words);
			said.add(words);
			return true;
		};
		const keyOf = ({ sent }: ModelTool) => JSON.stringify([body.model, sent]);
		for (const tool of tools) {
			const reason = tool.problem ?? (refusals.size > 0 ? refusals.get(keyOf(tool)) : undefined);
			if (reason !== undefined) leaveOut(tool, reason);
		}
		for (;;) {
			const response = await ask(tools);
			const refused = await refusalIn(response, tools);
			if (!refused || !leaveOut(refused.tool, refused.reason)) return response;
			refusals.set(keyOf(refused.tool), refused.reason);
		}
	};
}

/** The tool that an answer refuses, if it does. */
async function refusalIn(response: Response, tools: readonly ModelTool[]) {
	if (response.status !== 400 || tools.length < 2) return undefined;
	const text = await response.clone().text();
	const error = refusalError({ status: 400, headers: response.headers, text });
	const name = refusedTool(
		error,
		tools.map(({ sentName }) => sentName),
	);
	const tool = tools.find(({ sentName }) => sentName === name);
	return tool && { tool, reason: error.message };
}
