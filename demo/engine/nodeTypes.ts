import { PackageDirectoryLoader } from 'n8n-core';
import {
	deepCopy,
	type ICredentialType,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
	type IVersionedNodeType,
	NodeConnectionTypes,
	NodeHelpers,
} from 'n8n-workflow';
import { NodeProblem, STAND_INS, type WorkflowFile } from './workflowFile';

const standIns: ReadonlyMap<string, INodeType> = new Map(
	Object.entries(STAND_INS).map(([name, type]) => [type, passThrough(name)]),
);

function passThrough(name: string): INodeType {
	const isTrigger = name.endsWith('Trigger');
	return {
		description: {
			name,
			displayName: name,
			group: [isTrigger ? 'trigger' : 'transform'],
			version: [1, 1.1, 1.2],
			description: 'Hands its items on',
			defaults: {},
			inputs: isTrigger ? [] : [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			return Promise.resolve([this.getInputData()]);
		},
	};
}

export interface KnownNodeTypes extends INodeTypes {
	knows(type: string): boolean;
}

/** All nodes that a workflow may use here, found the way n8n's registry finds them. */
export function createNodeTypes(
	{ nodeTypes }: LoadedPackage,
	added: ReadonlyMap<string, INodeType> = new Map(),
): KnownNodeTypes {
	const tools = new Map<string, INodeType | undefined>();
	const named = (type: string): INodeType | IVersionedNodeType | undefined =>
		nodeTypes.get(type) ?? standIns.get(type) ?? added.get(type);

	function toolNamed(type: string, version?: number): INodeType | undefined {
		const base = type.endsWith('Tool') ? named(type.slice(0, -'Tool'.length)) : undefined;
		const key = `${type}@${version}`;
		if (!base) return undefined;
		// One object per type: n8n compares and caches node types by identity.
		if (!tools.has(key))
			tools.set(key, toolVariant(NodeHelpers.getVersionedNodeType(base, version)));
		return tools.get(key);
	}

	function find(type: string, version?: number): INodeType | undefined {
		const found = named(type);
		return found ? NodeHelpers.getVersionedNodeType(found, version) : toolNamed(type, version);
	}

	function get(type: string, version?: number): INodeType {
		const found = find(type, version);
		if (!found) throw new Error(`Unknown node type ${type}`);
		return found;
	}

	return {
		knows: (type) => find(type) !== undefined,
		getByName: (type) => named(type) ?? get(type),
		getByNameAndVersion: get,
		getKnownTypes: () => ({}),
	};
}

/** Copies the nodes, since n8n writes to them, and handles those of unknown types. */
export function prepareNodes(workflow: WorkflowFile, nodeTypes: KnownNodeTypes): INode[] {
	const isPinned = (node: INode) => workflow.pinData?.[node.name] !== undefined;
	return structuredClone(workflow.nodes).map((node) => {
		if (nodeTypes.knows(node.type)) return node;
		// A node that never runs, or whose output is pinned, needs no code.
		if (node.disabled || isPinned(node)) return { ...node, type: STAND_INS.noOp, parameters: {} };
		throw new NodeProblem(
			node.name,
			`The node "${node.name}" is of the type ${node.type}, which this runner does not have.`,
			"It has the TokenHub nodes and n8n's triggers only: full n8n runs the rest. " +
				'Pin the data of that node in n8n and export again to run the workflow here.',
		);
	});
}

/**
 * The `<type>Tool` twin that n8n's server makes of every `usableAsTool` node. That code is in n8n's
 * main package (tool-generation/ai-tools.js), not in n8n-core; hence this copy.
 */
function toolVariant(nodeType: INodeType): INodeType | undefined {
	const { usableAsTool, ...rest } = nodeType.description;
	if (!usableAsTool) return undefined;
	const replacements = typeof usableAsTool === 'object' ? usableAsTool.replacements : {};
	const base: INodeTypeDescription = { ...deepCopy(rest), ...replacements };
	const description: INodeTypeDescription = {
		...base,
		name: `${base.name}Tool`,
		displayName: `${base.displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		properties: withToolDescription(base),
	};
	const twin: INodeType = { description };
	// Inherits rather than copies: a class keeps its `execute` on the prototype.
	Reflect.setPrototypeOf(twin, nodeType);
	return twin;
}

function withToolDescription({ properties, description }: INodeTypeDescription): INodeProperties[] {
	const names = properties.map((property) => property.name);
	if (names.includes('toolDescription')) return properties;
	const text: INodeProperties = {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		default: description,
		required: true,
	};
	if (!names.includes('resource') && !names.includes('operation')) return [text, ...properties];
	text.displayOptions = { show: { descriptionType: ['manual'] } };
	return [descriptionType, text, ...properties];
}

const descriptionType: INodeProperties = {
	displayName: 'Tool Description',
	name: 'descriptionType',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Set Automatically', value: 'auto' },
		{ name: 'Set Manually', value: 'manual' },
	],
	default: 'auto',
};

interface LoadedPackage {
	/** By full type name, such as `n8n-nodes-tokenhub.tokenHubJsonExtract`. */
	nodeTypes: Map<string, INodeType | IVersionedNodeType>;
	credentialTypes: Map<string, ICredentialType>;
}

/** For tests: reads `nodes/X.node.ts` where package.json says `dist/nodes/X.node.js`. */
class SourceLoader extends PackageDirectoryLoader {
	protected override resolvePath(file: string): string {
		const source = /^dist[\\/](.*)$/.exec(file)?.[1];
		return super.resolvePath(source?.replace(/\.js$/, '.ts') ?? file);
	}
}

/** Loads a community package as n8n does: its package.json says which files hold which classes. */
export async function loadPackage(packageDir: string, fromSource = false): Promise<LoadedPackage> {
	const loader = new (fromSource ? SourceLoader : PackageDirectoryLoader)(packageDir);
	await loader.loadAll();
	const nodes = Object.entries(loader.nodeTypes);
	const credentials = Object.entries(loader.credentialTypes);
	return {
		nodeTypes: new Map(nodes.map(([name, { type }]) => [`${loader.packageName}.${name}`, type])),
		credentialTypes: new Map(credentials.map(([name, { type }]) => [name, type])),
	};
}
