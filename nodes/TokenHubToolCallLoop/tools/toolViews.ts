import { NodeConnectionTypes } from 'n8n-workflow';
import type { TokenHubClient } from '../../../core/client/createClient';
import { isRecord } from '../../../core/lib/isRecord';
import { countedCalls } from '../../shared/run/toolSpending';
import type { View, Views } from '../subNodes/itemView';
import type { ToolNode } from './toolNodes';

export interface OpenedView {
	view: View;
	nodes: ReadonlyArray<Pick<ToolNode, 'subNode'>>;
}

/** A view of the execution in which only these nodes are connected. */
export function openView(
	views: Views,
	nodes: OpenedView['nodes'],
	{ itemIndex, payer }: { itemIndex?: number; payer?: TokenHubClient } = {},
): OpenedView {
	const subNodes = nodes.map(({ subNode }) => subNode);
	const within = payer?.ledger && ((data: object) => countedCalls(data, payer));
	const view = views.open({ kind: NodeConnectionTypes.AiTool, subNodes, itemIndex, within });
	return { view, nodes };
}

/** By the name of the node. */
export async function suppliedBy({ view, nodes }: OpenedView): Promise<Map<string, unknown>> {
	const entries = await view.supplied();
	return new Map(nodes.map(({ subNode }, index) => [subNode.node.name, entries[index]]));
}

/** A toolkit, such as an MCP client, contains several tools. */
export function membersOf(entry: unknown): unknown[] {
	return isRecord(entry) && Array.isArray(entry.tools) ? entry.tools : [entry];
}
