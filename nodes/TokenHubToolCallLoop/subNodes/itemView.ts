import { isRecord } from '../../../core/lib/isRecord';
import type {
	AINodeConnectionType,
	IExecuteFunctions,
	INode,
	INodeParameters,
	IRunExecutionData,
} from 'n8n-workflow';
import { TokenHubError } from '../../../core/errors';
import { readsIndex, textsOf, withIndex } from '../../shared/item/itemExpressions';
import { forkLog, mergeLog, type Log } from './runLog';
import type { SubNode } from '../../shared/run/subNodes';

/** Sub-nodes as one item sees them, or one call. */
export interface View {
	/** What each of the sub-nodes supplies, in their order. */
	supplied(): Promise<unknown[]>;
	/** Closes what they have opened, such as a connection. */
	close(): Promise<void>;
	/** The execution's data as they see it. */
	data: object;
}

interface Asked {
	kind: AINodeConnectionType;
	subNodes: readonly SubNode[];
	/** Without it, they see all items of the run, as in n8n itself. */
	itemIndex?: number;
	/** Replaces n8n's `additionalData`, through which they call workflows. */
	within?(this: void, additionalData: object): object;
}

export interface Views {
	open(asked: Asked): View;
	/** Closes what is still open, and writes the runs of sub-nodes into n8n's log of the execution. */
	close(): Promise<void>;
}

/**
 * Views of the execution in which sub-nodes see one item only, and a log of their own: n8n evaluates
 * their expressions for the first item, and looks for the arguments of a call by a number that several
 * sets of tools count each from where it was when they were supplied.
 *
 * Leans on what n8n's ExecuteContext is made of, n8n 2.0 to 2.41: its method `getInputConnectionData`
 * reads `connectionInputData`, `inputData`, `runExecutionData`, `closeFunctions`, `workflow` and
 * `getConnectedNodes` from `this`. A view is an object that inherits from the context and has its own.
 * Where one of them is missing or is not asked for, nothing runs.
 */
export function openViews(context: IExecuteFunctions): Views {
	const logs: Log[] = [];
	const opened: View[] = [];
	return {
		open(asked) {
			const inside = readInside(context);
			const log = forkLog(inside.runExecutionData, asked.subNodes);
			logs.push(log);
			const view = toView(context, asked, { ...inside, runExecutionData: log.fork });
			opened.push(view);
			return view;
		},
		async close() {
			await Promise.all(opened.splice(0).map((view) => view.close()));
			for (const log of logs.splice(0)) mergeLog(log);
		},
	};
}

interface Inside {
	connectionInputData: unknown[];
	inputData: Record<string, unknown>;
	runExecutionData: IRunExecutionData;
	workflow: object & { nodes: Record<string, unknown> };
}

const isRunExecutionData = (value: unknown): value is IRunExecutionData =>
	isRecord(value) && isRecord(value.resultData) && isRecord(value.resultData.runData);
const isWorkflow = (value: unknown): value is Inside['workflow'] =>
	isRecord(value) && isRecord(value.nodes);

/** @throws TokenHubError `badConfig` if n8n's internals are different. */
function readInside(context: IExecuteFunctions): Inside {
	const read = (name: string): unknown => Reflect.get(context, name);
	const connectionInputData = read('connectionInputData');
	const inputData = read('inputData');
	const runExecutionData = read('runExecutionData');
	const workflow = read('workflow');
	const isKnown =
		Array.isArray(read('closeFunctions')) &&
		typeof read('getConnectedNodes') === 'function' &&
		!Object.hasOwn(context, 'getInputConnectionData');
	if (
		!isKnown ||
		!Array.isArray(connectionInputData) ||
		!isRecord(inputData) ||
		!isRunExecutionData(runExecutionData) ||
		!isWorkflow(workflow)
	) {
		throw unknownN8n();
	}
	return { connectionInputData, inputData, runExecutionData, workflow };
}

export function unknownN8n(): TokenHubError {
	const message = 'This version of n8n cannot run connected sub-nodes for each of several items.';
	return new TokenHubError('badConfig', message, {
		hint: 'Put Loop Over Items before this node, with a batch size of 1.',
	});
}

function toView(context: IExecuteFunctions, asked: Asked, inside: Inside): View {
	const closeFunctions: unknown[] = [];
	const read = new Set<string>();
	const live = Object.entries({
		connectionInputData: narrowed(inside.connectionInputData, asked),
		runExecutionData: inside.runExecutionData,
	}).map(([name, value]) => [name, { get: () => (read.add(name), value) }] as const);
	const own = valuesOf({
		...{ closeFunctions, ...narrowedInside(inside, asked) },
		...ownData(context, asked),
	});
	const view: unknown = Object.create(context, { ...own, ...Object.fromEntries(live) });
	return {
		data: inside.runExecutionData,
		async supplied() {
			const supplied: unknown = await context.getInputConnectionData.call(view, asked.kind, 0);
			if (live.some(([name]) => !read.has(name))) throw unknownN8n();
			const list: unknown[] = Array.isArray(supplied) ? supplied : [supplied];
			return list;
		},
		async close() {
			const ends = closeFunctions.splice(0).filter(isEnd);
			await Promise.allSettled(ends.map(async (end) => await end()));
		},
	};
}

function ownData(context: object, { within }: Asked): { additionalData?: object } {
	const additionalData: unknown = Reflect.get(context, 'additionalData');
	return within && isRecord(additionalData) ? { additionalData: within(additionalData) } : {};
}

type End = () => unknown;
const isEnd = (value: unknown): value is End => typeof value === 'function';

function narrowed(items: readonly unknown[], { itemIndex }: Asked): readonly unknown[] {
	return itemIndex === undefined ? items : items.slice(itemIndex, itemIndex + 1);
}

function narrowedInside({ inputData, workflow }: Inside, asked: Asked): object {
	const copies = withOwnIndex(asked);
	const inputs: unknown[] = Array.isArray(inputData.main) ? inputData.main : [];
	const [first, ...others] = inputs;
	const main = [Array.isArray(first) ? narrowed(first, asked) : first, ...others];
	return {
		inputData: { ...inputData, main },
		workflow: withNodes(workflow, copies),
		getConnectedNodes: () => asked.subNodes.map(({ node }) => copies[node.name] ?? node),
	};
}

function valuesOf(own: object): PropertyDescriptorMap {
	return Object.fromEntries(
		Object.entries(own).map(([key, value]: [string, unknown]) => [key, { value }]),
	);
}

/** Copies of the nodes that ask for the item's index: for a sub-node it is 0, whatever the item. */
function withOwnIndex({ subNodes, itemIndex }: Asked): Record<string, INode> {
	if (itemIndex === undefined) return {};
	const asking = subNodes
		.flatMap(({ nodes }) => nodes)
		.filter(({ parameters }) => textsOf(parameters).some(readsIndex));
	return Object.fromEntries(
		asking.map((node) => {
			const parameters = withIndex(node.parameters, itemIndex);
			return [node.name, isParameters(parameters) ? { ...node, parameters } : node];
		}),
	);
}

const isParameters = (value: unknown): value is INodeParameters => isRecord(value);

/** Sub-nodes of sub-nodes are looked up in the workflow. */
function withNodes(workflow: Inside['workflow'], copies: Record<string, INode>): object {
	const nodes = { ...workflow.nodes, ...copies };
	const nodeTypes = withSubAgents(Reflect.get(workflow, 'nodeTypes'));
	const forked: unknown = Object.create(workflow, valuesOf({ nodes, nodeTypes }));
	return isWorkflow(forked) ? forked : workflow;
}

/**
 * n8n's AI Agent Tool runs its tools itself where it is a sub-agent, and asks the engine for them where it
 * is not: it looks for `getExecuteData` in its context. In n8n 2.41 both have it, so that a sub-agent with
 * tools fails in every tool call, "A connected tool returned an engine request". Here it does not see it.
 */
export function withSubAgents(nodeTypes: unknown): unknown {
	if (!isRecord(nodeTypes)) return nodeTypes;
	const { getByNameAndVersion: find } = nodeTypes;
	if (!isCallable(find)) return nodeTypes;
	const value = (type: unknown, ...rest: unknown[]): unknown => {
		const found = find.call(nodeTypes, type, ...rest);
		return AGENT_TOOL.test(String(type)) ? asSubAgent(found) : found;
	};
	return Object.create(nodeTypes, { getByNameAndVersion: { value } });
}

const AGENT_TOOL = /\.agentTool$/;

function asSubAgent(nodeType: unknown): unknown {
	if (!isRecord(nodeType)) return nodeType;
	const { execute: run } = nodeType;
	if (!isCallable(run)) return nodeType;
	const execute: Callable = function (...given) {
		return run.call(isRecord(this) ? new Proxy(this, UNSEEN) : this, ...given);
	};
	return Object.create(nodeType, { execute: { value: execute } });
}

const UNSEEN: ProxyHandler<object> = {
	has: (target, key) => key !== 'getExecuteData' && Reflect.has(target, key),
};

type Callable = (this: unknown, ...given: unknown[]) => unknown;
const isCallable = (value: unknown): value is Callable => typeof value === 'function';
