import { NodeConnectionTypes, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { isRecord } from '../../../core/isRecord';
import { safely } from '../../../core/toolLoop/safely';
import { defineTool, type Tool } from '../../../core/toolLoop/tool';
import { textList } from '../../shared/formFields';
import { readForm } from '../../shared/itemReader';
import { parametersOf, readConnectedTool, type ConnectedTool } from './connectedTool';
import { engineTool, type EngineTool } from './engineTool';
import { usedAsTool } from './usedAsTool';
import { warn } from '../../shared/warn';

export interface ConnectedTools {
	tools: Tool[];
	/** Those that n8n's engine has to run, by name. */
	engineTools: Map<string, EngineTool>;
}

/**
 * The tools connected to the node. Fetched once with index 0 and shared by all items: fetched per
 * item while items run side by side, n8n hands every item the arguments of item 0.
 */
export async function connectedTools(context: IExecuteFunctions): Promise<ConnectedTools> {
	const result: ConnectedTools = { tools: [], engineTools: new Map() };
	if (usedAsTool(context)) return result;
	const { imageTools } = readForm(context, 0, imageToolsForm).options;
	const supplied: unknown = await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
	const entries: unknown[] = Array.isArray(supplied) ? supplied : supplied ? [supplied] : [];
	for (const member of entries.flatMap(membersOf)) {
		const added = await safely(() => addTool(result, readConnectedTool(member), imageTools));
		if (added.ok) continue;
		const name = isRecord(member) ? String(member.name) : 'unnamed';
		warn(context, `The tool "${name}" was set aside: ${added.reason}`);
	}
	const known = result.tools.map(({ name }) => name);
	const unknown = imageTools.filter((name) => !known.includes(name));
	if (unknown.length > 0) {
		warn(context, `Image Tools: no connected tool is named ${unknown.join(', ')}.`);
	}
	return result;
}

/** Read from the first item: the tools are common to all. */
const imageToolsForm = z.object({ options: z.object({ imageTools: textList }).prefault({}) });

/** A toolkit, such as an MCP client, holds tools of its own. */
function membersOf(entry: unknown): unknown[] {
	return isRecord(entry) && Array.isArray(entry.tools) ? entry.tools : [entry];
}

/** Two servers may offer tools of one name: the second carries its node's name as well. */
function addTool(
	{ tools, engineTools }: ConnectedTools,
	connected: ConnectedTool,
	imageTools: readonly string[],
): void {
	const { name: given, description, metadata } = connected;
	const isTaken = tools.some(({ name }) => name === given);
	const name = isTaken ? `${metadata.sourceNodeName ?? 'tool'} ${given}` : given;
	const own = parametersOf(connected);
	const onEngine = engineTool(connected, own, imageTools.includes(given));
	if (!onEngine) {
		const execute: Tool['execute'] = (args, { signal }) => connected.invoke(args, { signal });
		tools.push({ ...defineTool({ name, description, parameters: own }), execute });
		return;
	}
	const needsApproval = onEngine.gatedNode !== undefined;
	tools.push(defineTool({ name, description, parameters: onEngine.parameters, needsApproval }));
	engineTools.set(name, onEngine);
}
