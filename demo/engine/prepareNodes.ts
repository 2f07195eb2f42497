import type { INode } from 'n8n-workflow';
import type { KnownNodeTypes } from './createNodeTypes';
import { NodeProblem } from './runError';
import { STAND_INS } from './standIns';
import type { WorkflowFile } from './workflowFile';

/** Copies the nodes, since n8n writes into them, and settles those whose type is not known here. */
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
