import { DynamicStructuredTool } from '@langchain/core/tools';
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
	type ISupplyDataFunctions,
} from 'n8n-workflow';
import { z } from 'zod/v3';
import { isRecord } from '../../core/lib/isRecord';
import type { Supplied } from './supplied';
import { textOf } from './textOf';

/** What a tool was called with: what the model said, and what its node's parameter was. */
export interface Call {
	text: unknown;
	value: unknown;
}

/** Kinds of tools that n8n has, each with a parameter `value` of its own, told to `calls`. */
export type ToolKind = (calls: Call[]) => Supplied[];

let made = 0;
const SCHEMA = z.object({ text: z.string() });
const TEXT = "={{ $fromAI('text', 'what to say', 'string') }}";

function description(
	rest: Partial<INodeTypeDescription> = {},
): INodeTypeDescription & { name: string } {
	const name = `kind${(made += 1)}`;
	const field = (key: string) => ({
		...{ displayName: key, name: key, type: 'string' as const, default: '' },
	});
	return {
		...{ name, displayName: name, description: name, group: ['transform'], version: 1 },
		...{ defaults: {}, inputs: [], outputs: [NodeConnectionTypes.AiTool] },
		properties: [field('value'), field('text')],
		...rest,
	};
}

const pause = (n: unknown) =>
	new Promise((resolve) =>
		setTimeout(resolve, (String(n).length * 7 + (Number(String(n).slice(-1)) || 0) * 3) % 9),
	);

function supply(nodeType: INodeType, rest: Partial<Supplied> = {}): Supplied {
	const type = `test.${nodeType.description.name}`;
	return { type, nodeType, connection: 'ai_tool', parameters: { text: TEXT }, ...rest };
}

/** As n8n's HTTP Request is as a tool: its parameters are read when it runs. */
export const nodeAsTool: ToolKind = (calls) => {
	const nodeType: INodeType = {
		description: description({
			...{ usableAsTool: true, outputs: [NodeConnectionTypes.Main] },
			inputs: [NodeConnectionTypes.Main],
		}),
		async execute(this: IExecuteFunctions) {
			const text = this.getNodeParameter('text', 0);
			await pause(text);
			calls.push({ text, value: this.getNodeParameter('value', 0) });
			return [[{ json: { said: text } }]];
		},
	};
	const type = `test.${nodeType.description.name}Tool`;
	return [supply(nodeType, { node: { type } })];
};

/** As the MCP Client is: its parameters are read when it is supplied, several tools come of it. */
export const toolkit: ToolKind = (calls) => {
	const nodeType: INodeType = {
		description: description(),
		async supplyData(this: ISupplyDataFunctions, itemIndex: number) {
			const value = this.getNodeParameter('value', itemIndex);
			await pause('aa');
			const tools = ['one', 'two'].map((name) =>
				langchain(name, (text) => calls.push({ text, value })),
			);
			return { response: { tools, getTools: () => tools } };
		},
	};
	return [supply(nodeType, { parameters: {} })];
};

/** As the Code tool is: it reads what it wants of the item when it runs, by words in its code. */
export const codeTool: ToolKind = (calls) => {
	const nodeType: INodeType = {
		description: description(),
		supplyData(this: ISupplyDataFunctions, itemIndex: number) {
			const run = async (text: unknown) => {
				await pause(text);
				const words = textOf(this.getNodeParameter('value', itemIndex));
				const value: unknown = isRecord(this) ? evaluate(this, words, itemIndex) : undefined;
				calls.push({ text, value });
			};
			return Promise.resolve({ response: langchain('code', run) });
		},
	};
	return [supply(nodeType, { parameters: {} })];
};

function evaluate(context: Record<string, unknown>, words: string, itemIndex: number): unknown {
	const method = context.evaluateExpression;
	return typeof method === 'function' ? method.call(context, `{{ ${words} }}`, itemIndex) : method;
}

/** As Call n8n Workflow is: parameters, and the model's arguments in them, are read for each call. */
export const workflowTool: ToolKind = (calls) => {
	const nodeType: INodeType = {
		description: description(),
		supplyData(this: ISupplyDataFunctions, itemIndex: number) {
			let runIndex = lengthOfLog(this);
			const response = langchain('workflow', async (query) => {
				const context = cloned(this, (runIndex += 1) - 1, query);
				await pause(query);
				const text = context.getNodeParameter('text', itemIndex);
				calls.push({ text, value: context.getNodeParameter('value', itemIndex) });
			});
			return Promise.resolve({ response });
		},
	};
	return [supply(nodeType)];
};

type Cloning = (with_: object) => ISupplyDataFunctions;
const isCloning = (value: unknown): value is Cloning => typeof value === 'function';

function cloned(context: ISupplyDataFunctions, runIndex: number, text: unknown) {
	const clone: unknown = Reflect.get(context, 'cloneWith');
	if (!isCloning(clone)) throw new Error('n8n has no cloneWith');
	return clone.call(context, { runIndex, inputData: [[{ json: { query: { text } } }]] });
}

function lengthOfLog(context: ISupplyDataFunctions): number {
	const method: unknown = Reflect.get(context, 'getNextRunIndex');
	return typeof method === 'function' ? Number(method.call(context)) : 0;
}

const isTool = (value: unknown): value is DynamicStructuredTool =>
	isRecord(value) && typeof value.invoke === 'function';

/** As the AI Agent Tool is: it calls tools of its own, which are supplied when it runs. */
export const agentTool: ToolKind = (calls) => {
	const [inner] = nodeAsTool(calls);
	if (!inner) throw new Error('unreachable');
	const nodeType: INodeType = {
		description: description({
			inputs: [{ type: NodeConnectionTypes.AiTool }],
		}),
		async execute(this: IExecuteFunctions) {
			const text = this.getNodeParameter('text', 0);
			await pause(text);
			const supplied: unknown = await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
			const tools: unknown[] = Array.isArray(supplied) ? supplied : [];
			for (const tool of tools) if (isTool(tool)) await tool.invoke({ text });
			return [[{ json: { said: text } }]];
		},
	};
	const agent = supply(nodeType);
	return [agent, { ...inner, to: agent.type }];
};

/** A tool that fails at first and is tried again by n8n. */
export const retriedTool: ToolKind = (calls) => {
	const failed = new Set<unknown>();
	const [tool] = nodeAsTool(calls);
	if (!tool?.nodeType.execute) throw new Error('unreachable');
	const { execute } = tool.nodeType;
	tool.nodeType.execute = async function (this: IExecuteFunctions) {
		const text = this.getNodeParameter('text', 0);
		if (failed.has(text)) return await execute.call(this);
		failed.add(text);
		throw new Error('not yet');
	};
	const node = { ...tool.node, retryOnFail: true, maxTries: 2, waitBetweenTries: 5 };
	return [{ ...tool, node }];
};

function langchain(name: string, run: (text: unknown) => unknown): DynamicStructuredTool {
	return new DynamicStructuredTool({
		...{ name, description: name, schema: SCHEMA },
		func: async ({ text }) => String(await run(text)),
	});
}
