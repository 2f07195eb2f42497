import {
	NodeHelpers,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';
import type { LoadedPackage } from './loadPackage';
import { standIns } from './standIns';
import { toolVariant } from './toolVariant';

export interface KnownNodeTypes extends INodeTypes {
	knows(type: string): boolean;
}

/** Everything that a workflow here may be made of, found the way n8n's own registry finds it. */
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
		// One object a type: n8n compares and keeps node types by identity.
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
