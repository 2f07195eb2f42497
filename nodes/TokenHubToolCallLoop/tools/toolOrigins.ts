import type { IExecuteFunctions } from 'n8n-workflow';
import { TokenHubError } from '../../../core/errors';
import { isRecord } from '../../../core/lib/isRecord';
import { remembering } from '../../../core/lib/perObject';
import { valueOrReason, type ValueOrReason } from '../../../core/messageOf';
import { subNodesOf } from '../../shared/run/subNodes';
import type { Views } from '../subNodes/itemView';
import { readConnectedTool, type ConnectedTool } from './connectedTool';
import type { ToolNode } from './toolNodes';
import { membersOf, openView, suppliedBy } from './toolViews';

/** One item, and what its tools are supplied through. */
export interface Place {
	context: IExecuteFunctions;
	views: Views;
	itemIndex: number;
}

/**
 * Reads a tool, and adds which node it comes from, and which node is behind its review. n8n before 2.30 writes
 * neither on a tool of another copy of LangChain than its own; its connections say both.
 * @throws TokenHubError `badConfig` for a review if the tool behind it stays unknown: a direct call would
 * skip the person, and without the tool the answer would be another.
 */
export function openOrigins(place: Place, nodes: readonly ToolNode[]) {
	const behind = remembering((review: ToolNode) => openReview(place, review));
	const nodeNamed = (name: string | undefined) =>
		nodes.find(({ subNode }) => subNode.node.name === name);
	return async (
		member: unknown,
		from: string | undefined,
	): Promise<ValueOrReason<ConnectedTool>> => {
		const read = await valueOrReason(() => readConnectedTool(member));
		if (!read.ok) {
			if (from !== undefined && isReviewing(nodeNamed(from))) throw unknownGated(from);
			return read;
		}
		const { value: tool } = read;
		const { sourceNodeName = from, gatedToolNodeName: gated } = tool.metadata;
		const metadata = { ...tool.metadata, sourceNodeName };
		const source = nodeNamed(sourceNodeName);
		const isReview = 'gatedToolNodeName' in tool.metadata || isReviewing(source);
		if (gated !== undefined || !isReview) return { ok: true, value: { ...tool, metadata } };
		const gatedToolNodeName = source && (await behind(source))(tool.name);
		if (gatedToolNodeName === undefined) throw unknownGated(tool.name);
		return { ok: true, value: { ...tool, metadata: { ...metadata, gatedToolNodeName } } };
	};
}

/** n8n's nodes for human review, by the type that n8n gives them as tools. */
const isReviewing = (source: ToolNode | undefined) =>
	source !== undefined && /HitlTool$/.test(source.subNode.node.type);

/** The nodes behind a review, by the names of their tools. */
async function openReview(
	{ context, views, itemIndex }: Place,
	{ subNode: review, isPerItem }: ToolNode,
): Promise<(tool: string) => string | undefined> {
	const nodes = (subNodesOf(context, 'ai_tool', review.node.name) ?? []).map((subNode) => ({
		subNode,
	}));
	if (nodes.length < 2) return () => nodes[0]?.subNode.node.name;
	const opened = openView(views, nodes, isPerItem ? { itemIndex } : {});
	try {
		const supplied = [...(await suppliedBy(opened))];
		return (tool) => {
			const [found, ...others] = supplied.filter(([, entry]) =>
				membersOf(entry).some((member) => isRecord(member) && member.name === tool),
			);
			return others.length > 0 ? undefined : found?.[0];
		};
	} finally {
		await opened.view.close();
	}
}

function unknownGated(name: string): TokenHubError {
	return new TokenHubError(
		'badConfig',
		`n8n does not say which tool is behind the human review of "${name}", so it cannot be run.`,
		{ hint: 'Give tools behind one review different names, or update n8n to 2.30 or newer.' },
	);
}
