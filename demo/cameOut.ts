import type { INodeExecutionData } from 'n8n-workflow';
import type { RunResult, WorkflowFile } from './engine';

/** What left the workflow: the items of every output that leads nowhere. */
export function cameOut(file: WorkflowFile, result: RunResult): INodeExecutionData[] {
	return Object.entries(result.nodes).flatMap(([name, { outputs }]) => {
		const connections = file.connections[name] ?? {};
		const isSubNode = Object.keys(connections).some((type) => type !== 'main');
		if (isSubNode) return [];
		return outputs.filter((_, output) => !connections['main']?.[output]?.length).flat();
	});
}
