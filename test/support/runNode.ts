import { resolve } from 'node:path';
import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type StructuredChunk,
} from 'n8n-workflow';
import { createEngine, parseWorkflowFile, type RunResult } from '../../demo/engine';
import type { CredentialValues } from '../../demo/engine/givenCredentials';
import type { Supplied } from './supplied';

const PACKAGE = resolve(__dirname, '../..');

export interface NodeRun {
	/** Without the package's name. */
	type: 'tokenHubChatCompletion' | 'tokenHubToolCallLoop' | 'tokenHubJsonExtract';
	parameters: Record<string, unknown>;
	items?: IDataObject[];
	/** Whole items, where binary data matters. */
	input?: INodeExecutionData[];
	node?: Partial<INode>;
	/** Tool nodes connected by `ai_tool`. */
	tools?: Array<{ name: string; type: string; parameters: Record<string, unknown> }>;
	/** Nodes that supply something real, made by the test. */
	supplied?: Supplied[];
	signal?: AbortSignal;
	/** Somebody reads along in a chat. */
	onChunk?: (chunk: StructuredChunk) => void;
	/** What n8n's log streaming is told. */
	onAiEvent?: (name: string, message: string) => void;
	/** Nodes behind the node's second output that lead back to it: what they make of its items. */
	back?: Back;
	/** Of the first of these nodes, such as n8n's "sendAndWait". */
	backOperation?: string;
	/** An execution that failed: n8n's Retry of it. */
	retryOf?: RunResult['run'];
	/** Further credentials, by type. */
	others?: CredentialValues;
	/** Workflows that the node may call. */
	workflows?: unknown[];
}

export type Back = (
	items: INodeExecutionData[],
	context: IExecuteFunctions,
) => INodeExecutionData[] | Promise<INodeExecutionData[]>;

/** An ordinary node of a workflow. */
function backNode(back: Back): INodeType {
	const { Main } = NodeConnectionTypes;
	return {
		description: {
			...{ name: 'back', displayName: 'back', description: 'back', group: ['transform'] },
			...{ version: 1, defaults: {}, inputs: [Main], outputs: [Main] },
			properties: [
				{ name: 'operation', displayName: 'operation', type: 'string', default: 'process' },
			],
		},
		async execute() {
			return [await back(this.getInputData(), this)];
		},
	};
}

/** Runs one node of the package, from its sources, in n8n's own engine. */
export async function runNode(
	credential: { apiKey: string; baseUrl: string },
	{ type, others, parameters, items = [{}], ...run }: NodeRun,
): Promise<RunResult> {
	const { input, node, tools = [], supplied = [], retryOf, workflows = [], back } = run;
	const { backOperation: operation = 'process' } = run;
	const { signal, onChunk, onAiEvent } = run;
	const backType: Array<[string, INodeType]> = back ? [['test.back', backNode(back)]] : [];
	const engine = await createEngine({
		nodeTypes: new Map([
			...supplied.map((entry): [string, INodeType] => [entry.type, entry.nodeType]),
			...backType,
		]),
		packageDir: PACKAGE,
		fromSource: true,
		credentials: { tokenHubApi: credential, ...others },
	});
	const credentials = { tokenHubApi: { id: '1', name: 'TokenHub' } };
	const workflow = parseWorkflowFile({
		id: 'under-test',
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Node', type: `n8n-nodes-tokenhub.${type}`, parameters, credentials, ...node },
			...tools.map((tool) => ({ ...tool, type: `n8n-nodes-tokenhub.${tool.type}`, credentials })),
			...supplied.map(({ type, name = type, parameters = {}, node }) => ({
				...{ name, type, parameters },
				...node,
			})),
			...(back ? [{ name: 'Back', type: 'test.back', parameters: { operation } }] : []),
		],
		connections: {
			Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] },
			...(back
				? {
						Node: { main: [[], [{ node: 'Back', type: 'main', index: 0 }]] },
						Back: { main: [[{ node: 'Node', type: 'main', index: 0 }]] },
					}
				: {}),
			...Object.fromEntries(
				supplied.map(({ type, name = type, connection, to: node = 'Node' }) => [
					name,
					{ [connection]: [[{ node, type: connection, index: 0 }]] },
				]),
			),
			...Object.fromEntries(
				tools.map(({ name }) => [
					name,
					{ ai_tool: [[{ node: 'Node', type: 'ai_tool', index: 0 }]] },
				]),
			),
		},
		settings: { executionOrder: 'v1' },
	});
	return await engine.run(workflow, {
		input: input ?? items.map((json) => ({ json })),
		...{ signal, retryOf, onChunk, onAiEvent },
		workflows: workflows.map(parseWorkflowFile),
	});
}
