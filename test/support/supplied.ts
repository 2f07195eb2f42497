import { DynamicStructuredTool } from '@langchain/core/tools';
import { NodeConnectionTypes, type INodeType } from 'n8n-workflow';

export interface Supplied {
	/** Full type name; also the name of its node. */
	type: string;
	nodeType: INodeType;
	connection: 'ai_tool' | 'ai_memory';
}

let made = 0;

/** A node that supplies something to another, as n8n's own tool and memory nodes do. */
export function supplied(connection: Supplied['connection'], response: unknown): Supplied {
	const name = `supplied${(made += 1)}`;
	const type = `test.${name}`;
	const output = { ai_tool: NodeConnectionTypes.AiTool, ai_memory: NodeConnectionTypes.AiMemory };
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

interface Definition {
	name: string;
	/** zod of any version, or JSON Schema. */
	schema: object;
	run: (args: Record<string, unknown>) => unknown;
}

/** A real LangChain tool, over a node of its own. */
export function suppliedTool(definition: Definition): Supplied {
	return supplied('ai_tool', langchainTool(definition));
}

export function langchainTool({ name, schema, run }: Definition): DynamicStructuredTool {
	return new DynamicStructuredTool({
		name,
		description: name,
		schema,
		func: async (args) => run({ ...Object(args) }),
	});
}
