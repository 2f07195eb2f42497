import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeType, IVersionedNodeType } from 'n8n-workflow';

export interface LoadedPackage {
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
