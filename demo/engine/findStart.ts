import type { INode } from 'n8n-workflow';
import { NodeProblem } from './runError';
import { STAND_INS } from './standIns';
import type { WorkflowFile } from './workflowFile';

export const isSubWorkflow = ({ nodes }: WorkflowFile): boolean => {
	const types = nodes.filter((node) => !node.disabled).map((node) => node.type);
	return (
		types.includes(STAND_INS.executeWorkflowTrigger) && !types.includes(STAND_INS.manualTrigger)
	);
};

/** Where a run begins; any other trigger will do when its output is pinned. */
export function findStart(workflow: WorkflowFile, nodes: INode[], called: boolean): INode {
	const enabled = nodes.filter((node) => !node.disabled);
	const ofType = (type: string) => enabled.find((node) => node.type === type);
	const { executeWorkflowTrigger, manualTrigger } = STAND_INS;
	const order = called ? [executeWorkflowTrigger] : [manualTrigger, executeWorkflowTrigger];
	const fed = new Set(
		Object.values(workflow.connections).flatMap((outputs) =>
			(outputs.main ?? []).flatMap((ends) => (ends ?? []).map((end) => end.node)),
		),
	);
	const pinned = enabled.find((node) => workflow.pinData?.[node.name] && !fed.has(node.name));
	const start = order.map(ofType).find((node) => node !== undefined) ?? pinned;
	if (!start) {
		const wanted = called ? 'Execute Workflow Trigger' : 'Manual Trigger';
		throw new NodeProblem(undefined, `The workflow has no ${wanted} to start from.`);
	}
	return start;
}
