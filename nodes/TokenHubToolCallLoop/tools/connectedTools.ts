import { NodeConnectionTypes, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { isRecord } from '../../../core/lib/isRecord';
import { valueOrReason } from '../../../core/messageOf';
import { defineTool, type Tool } from '../../../core/toolLoop/tool';
import { textList } from '../../shared/form/formFields';
import { readsItem, readsReturningItem, textsOf } from '../../shared/item/itemExpressions';
import { readForm } from '../../shared/item/itemReader';
import type { Views } from '../subNodes/itemView';
import { parametersOf, readConnectedTool, type ConnectedTool } from './connectedTool';
import { assertForEngine, engineTool, type EngineTool } from './engineTool';
import { toolNodesOf, type ToolNode } from './toolNodes';
import { openOrigins, type Place } from './toolOrigins';
import { membersOf, openView, suppliedBy } from './toolViews';
import { countInto } from '../../shared/run/toolSpending';
import { usedAsTool } from '../../shared/form/asTool';
import { nodeOf } from '../../shared/item/itemRun';

export interface ConnectedTools {
	tools: Tool[];
	/** Tools that n8n's engine has to run, by name. */
	engineTools: Map<string, EngineTool>;
	/** By name: a text in the tool's node that reads the item. */
	readsItem: Map<string, string>;
	/** Warnings about them, once for all items. */
	notes: string[];
	/** Closes what was opened only for this item. */
	close(): Promise<void>;
}

type ToolsOf = (itemIndex: number) => Promise<ConnectedTools>;

const NONE: ConnectedTools = {
	...{ tools: [], engineTools: new Map(), readsItem: new Map(), notes: [] },
	close: () => Promise.resolve(),
};

/**
 * The tools connected to the node, as an item sees them. What is the same for all items is supplied
 * once and shared; what may depend on the item comes from a view of the execution with only that item.
 */
export function openTools(context: IExecuteFunctions, views: Views): ToolsOf {
	if (usedAsTool(context)) return () => Promise.resolve(NONE);
	let opened: ReturnType<typeof openShared> | undefined;
	let common: Promise<ConnectedTools> | undefined;
	return async (itemIndex) => {
		const shared = await (opened ??= openShared(context, views));
		const isCommon = shared.nodes.every(({ isPerItem }) => !isPerItem) && !namesVary(context);
		const make = () => toolsOf({ context, views, itemIndex }, shared);
		return await (isCommon ? (common ??= make()) : make());
	};
}

/** Whether Image Tools is an expression. */
function namesVary(context: IExecuteFunctions): boolean {
	const options: unknown = nodeOf(context).parameters.options;
	return isRecord(options) && readsItem(options.imageTools);
}

interface Shared {
	nodes: ToolNode[];
	/** What n8n supplies for all items, by the node's name … */
	supplied: Map<string, unknown>;
	/** … or all of it, if nothing has to be separated. */
	all?: unknown[];
}

async function openShared(context: IExecuteFunctions, views: Views): Promise<Shared> {
	const nodes = toolNodesOf(context) ?? [];
	const own = nodes.filter(({ isPerItem }) => !isPerItem);
	if (nodes.every(({ isPerItem, isPerCall }) => !isPerItem && !isPerCall)) {
		const all: unknown = await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
		return { nodes, supplied: new Map(), all: Array.isArray(all) ? all : all ? [all] : [] };
	}
	if (own.length === 0) return { nodes, supplied: new Map() };
	return { nodes, supplied: await suppliedBy(openView(views, own)) };
}

async function toolsOf(place: Place, { nodes, supplied, all }: Shared): Promise<ConnectedTools> {
	const { context, views, itemIndex } = place;
	const perItem = nodes.filter(({ isPerItem }) => isPerItem);
	const opened = perItem.length > 0 ? openView(views, perItem, { itemIndex }) : undefined;
	const own = opened ? await suppliedBy(opened) : supplied;
	const result: ConnectedTools = {
		...{ tools: [], engineTools: new Map(), readsItem: new Map(), notes: [] },
		close: async () => await opened?.view.close(),
	};
	const { imageTools } = readForm(context, itemIndex, imageToolsForm).options;
	const names = nodes.map(({ subNode }) => subNode.node.name);
	const entries = all ?? names.map((name) => own.get(name) ?? supplied.get(name));
	// Otherwise, n8n has left out a node, and nobody knows which.
	const isEach = entries.length === names.length;
	const empty = names.filter((_name, at) => isEach && membersOf(entries[at]).length === 0);
	result.notes.push(...empty.map((name) => `The node "${name}" provides no tools.`));
	const withOrigin = openOrigins(place, nodes);
	const members = entries.flatMap((entry, at) =>
		membersOf(entry).map((member) => ({ member, from: isEach ? names[at] : undefined })),
	);
	for (const { member, from } of members) {
		const tool = await withOrigin(member, from);
		const added = tool.ok
			? await valueOrReason(() => addTool(result, tool.value, { place, nodes, imageTools }))
			: tool;
		if (added.ok) continue;
		const name = isRecord(member) ? String(member.name) : 'unnamed';
		result.notes.push(`The tool "${name}" was left out: ${added.reason}`);
	}
	const isSeveral = context.getInputData().length > 1;
	for (const tool of result.engineTools.values()) assertForEngine(tool, { nodes, isSeveral });
	const known = result.tools.map(({ name }) => name);
	const unknown = imageTools.filter((name) => !known.includes(name));
	if (unknown.length > 0) {
		result.notes.push(`Image Tools: no connected tool is named ${unknown.join(', ')}.`);
	}
	return result;
}

const imageToolsForm = z.object({ options: z.object({ imageTools: textList }).prefault({}) });

interface Adding {
	place: Place;
	nodes: readonly ToolNode[];
	imageTools: readonly string[];
}

/** Two servers may offer tools with one name: the second also gets its node's name. */
function addTool(
	{ tools, engineTools, readsItem: reading }: ConnectedTools,
	connected: ConnectedTool,
	{ place, nodes, imageTools }: Adding,
): void {
	const { name: given, description, metadata } = connected;
	const isTaken = tools.some(({ name }) => name === given);
	const name = isTaken ? `${metadata.sourceNodeName ?? 'tool'} ${given}` : given;
	const own = parametersOf(connected);
	const onEngine = engineTool(connected, own, { givesImages: imageTools.includes(given), nodes });
	if (!onEngine) {
		const node = nodes.find(({ subNode }) => subNode.node.name === metadata.sourceNodeName);
		const execute = node?.isPerCall ? inOwnView(place, node, given) : directly(connected);
		tools.push({ ...defineTool({ name, description, parameters: own }), execute });
		const texts = node?.subNode.nodes.flatMap(({ parameters }) => textsOf(parameters)) ?? [];
		const text = texts.find(readsReturningItem);
		if (text !== undefined) reading.set(name, text);
		return;
	}
	const needsApproval = onEngine.gatedNode !== undefined;
	tools.push(defineTool({ name, description, parameters: onEngine.parameters, needsApproval }));
	engineTools.set(name, onEngine);
}

function directly({ invoke }: ConnectedTool): Tool['execute'] {
	return (args, { signal }) => invoke(args, { signal });
}

/** Supplied again for each call. */
function inOwnView({ views, itemIndex }: Place, node: ToolNode, name: string): Tool['execute'] {
	return async (args, { signal, client }) => {
		const own = node.isPerItem ? { itemIndex } : {};
		const opened = openView(views, [node], { ...own, payer: client });
		if (client.ledger) countInto(opened.view.data, client);
		try {
			const entries = [...(await suppliedBy(opened)).values()];
			const tools = entries.flatMap(membersOf).map(readConnectedTool);
			const found = tools.find((tool) => tool.name === name);
			if (!found) throw new Error('its node no longer provides it');
			return await found.invoke(args, { signal });
		} finally {
			await opened.view.close();
		}
	};
}
