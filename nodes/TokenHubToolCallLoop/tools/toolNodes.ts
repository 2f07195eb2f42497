import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { TokenHubError } from '../../../core/errors';
import { beyondItem, readsIndex, readsItem, textsOf } from '../../shared/item/itemExpressions';
import { unknownN8n } from '../subNodes/itemView';
import { subNodesOf, type SubNode } from '../../shared/run/subNodes';

/** A node connected as a tool, and how its tools have to be supplied. */
export interface ToolNode {
	subNode: SubNode;
	/** Whether each item needs its own. */
	isPerItem: boolean;
	/**
	 * Whether each call needs its own: parallel calls would read each other's arguments, and nobody would
	 * know what each of them has spent.
	 */
	isPerCall: boolean;
}

/**
 * Undefined for a single item in an n8n that shows no sub-nodes: n8n then supplies all tools itself.
 * @throws TokenHubError `badConfig` for expressions that would be another item's.
 */
export function toolNodesOf(context: IExecuteFunctions): ToolNode[] | undefined {
	const isSeveral = context.getInputData().length > 1;
	const subNodes = subNodesOf(context, 'ai_tool');
	if (!subNodes && isSeveral) throw unknownN8n();
	return subNodes?.map((subNode) => {
		const isPerItem = isSeveral && mayReadItem(subNode);
		if (isPerItem) assertKnown(subNode);
		const isPerCall =
			subNode.kinds.has('ai_tool') ||
			subNode.node.retryOnFail === true ||
			subNode.nodes.some(({ type }) => SPENDING.test(type));
		return { subNode, isPerItem, isPerCall };
	});
}

/** Our nodes, and tools that call workflows, which may contain them. */
const SPENDING = /\.(?:(?:tokenHub|lmChatTokenHub)\w*|toolWorkflow)$/;

/**
 * Credentials may contain expressions that a node does not show; memory reads the session from the item
 * by default.
 */
function mayReadItem({ nodes, kinds }: SubNode): boolean {
	return (
		kinds.has('ai_memory') ||
		nodes.some((node) => hasCredentials(node) || readsItem(node.parameters))
	);
}

export const hasCredentials = ({ credentials }: INode): boolean =>
	Object.keys(credentials ?? {}).length > 0;

/**
 * @throws TokenHubError `badConfig` that names the first expression without a meaning for a single
 * item.
 */
export function assertKnown({ nodes }: SubNode): void {
	const hasIndex = nodes.some(({ parameters }) => textsOf(parameters).some(readsIndex));
	for (const node of nodes) {
		for (const text of textsOf(node.parameters)) {
			const indirect = hasIndex && /\$(?:rawP|p)arameter\b|\.\s*params\b/.test(text);
			const word = beyondItem(text) ?? (indirect ? '$parameter beside $itemIndex' : undefined);
			if (word !== undefined) throw refusedText({ node, text, word });
		}
	}
}

interface Refused {
	node: Pick<INode, 'name'>;
	text: string;
	/** The words in the text that cannot be right. */
	word: string;
}

export function refusedText({ node, text, word }: Refused): TokenHubError {
	const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
	return new TokenHubError(
		'badConfig',
		`The connected node "${node.name}" reads ${word} in "${shown}", which cannot be told apart for several items.`,
		{
			hint: "Read the item by $json or $('Node').item, or put Loop Over Items before this node with a batch size of 1.",
		},
	);
}
