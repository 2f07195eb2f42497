import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

/** n8n's triggers live in the 183 MB n8n-nodes-base; here they only hand on the run's first items. */
export const STAND_INS = {
	manualTrigger: 'n8n-nodes-base.manualTrigger',
	executeWorkflowTrigger: 'n8n-nodes-base.executeWorkflowTrigger',
	noOp: 'n8n-nodes-base.noOp',
	stickyNote: 'n8n-nodes-base.stickyNote',
} as const;

export const standIns: ReadonlyMap<string, INodeType> = new Map(
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
