import { DynamicStructuredTool } from '@langchain/core/tools';
import {
	NodeConnectionTypes,
	type INode,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

export interface Supplied {
	/** Full type name; also the name of its node. */
	type: string;
	nodeType: INodeType;
	connection: 'ai_tool' | 'ai_memory' | 'ai_outputParser' | 'ai_languageModel';
	/** The node that it is connected to, when that is not the one under test. */
	to?: string;
	/** Of its node; by default the type. */
	name?: string;
	parameters?: Record<string, unknown>;
	/** Further fields of its node. */
	node?: Partial<INode>;
}

let made = 0;

/** A node that supplies something to another, as n8n's own tool and memory nodes do. */
export function supplied(connection: Supplied['connection'], response: unknown): Supplied {
	const name = `supplied${(made += 1)}`;
	const type = `test.${name}`;
	const output = {
		ai_tool: NodeConnectionTypes.AiTool,
		ai_memory: NodeConnectionTypes.AiMemory,
		ai_outputParser: NodeConnectionTypes.AiOutputParser,
		ai_languageModel: NodeConnectionTypes.AiLanguageModel,
	};
	const nodeType: INodeType = {
		description: {
			...{ name, displayName: name, description: name },
			group: ['transform'],
			version: 1,
			defaults: {},
			inputs: [],
			outputs: [output[connection]],
			properties: [],
		},
		supplyData: async () => ({ response }),
	};
	return { type, nodeType, connection };
}

/** A tool node as n8n's engine runs it: its items go in, what `run` gives comes out. */
export function toolNode(
	name: string,
	run: (item: INodeExecutionData) => Promise<INodeExecutionData[]>,
): Supplied {
	const made = supplied('ai_tool', undefined);
	const nodeType: INodeType = {
		description: {
			...made.nodeType.description,
			properties: [
				{ displayName: 'Description', name: 'toolDescription', type: 'string', default: name },
			],
		},
		async execute() {
			this.getNode().rewireOutputLogTo = NodeConnectionTypes.AiTool;
			return [(await Promise.all(this.getInputData().map(run))).flat()];
		},
	};
	return { ...made, type: `test.${name}`, nodeType };
}

interface Definition {
	name: string;
	/** By default its name. */
	description?: string;
	/** zod of any version, or JSON Schema. */
	schema: object;
	run: (args: Record<string, unknown>) => unknown;
}

/** A real LangChain tool, over a node of its own. */
export function suppliedTool(definition: Definition): Supplied {
	return supplied('ai_tool', langchainTool(definition));
}

export function langchainTool({
	name,
	description = name,
	schema,
	run,
}: Definition): DynamicStructuredTool {
	return new DynamicStructuredTool({
		name,
		description,
		schema,
		func: async (args) => run({ ...Object(args) }),
	});
}
