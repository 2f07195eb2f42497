import { NodeConnectionTypes, type INodeTypeDescription } from 'n8n-workflow';

export const inputs: INodeTypeDescription['inputs'] = [
	NodeConnectionTypes.Main,
	// In the order of AI Agent, so that wires do not cross when it is replaced.
	{
		type: NodeConnectionTypes.AiMemory,
		displayName: 'Memory',
		required: false,
		maxConnections: 1,
	},
	{ type: NodeConnectionTypes.AiTool, displayName: 'Tools', required: false },
	{
		type: NodeConnectionTypes.AiOutputParser,
		// n8n leaves no room for a longer label.
		displayName: 'Parser',
		required: false,
		maxConnections: 1,
	},
];

/** Answers leave through the first; calls of manual tools through the second, one item each. */
export const outputs: INodeTypeDescription['outputs'] = [
	{ type: NodeConnectionTypes.Main, displayName: 'Answer' },
	{ type: NodeConnectionTypes.Main, displayName: 'Tool Calls' },
];
