import type {
	ExecuteWorkflowData,
	ExecuteWorkflowOptions,
	IExecuteWorkflowInfo,
} from 'n8n-workflow';
import type { KnownNodeTypes } from './createNodeTypes';
import type { GivenCredentials } from './givenCredentials';

export interface NodeEvent {
	node: string;
	phase: 'started' | 'finished';
	/** Items that came out, once it has finished. */
	items?: number;
}

/** What one run and the sub-workflows it calls share. */
export interface RunContext {
	nodeTypes: KnownNodeTypes;
	credentials: GivenCredentials;
	signal?: AbortSignal;
	onNode?: (event: NodeEvent) => void;
	/** `this.executeWorkflow` of a node. */
	callWorkflow: (
		info: IExecuteWorkflowInfo,
		options: ExecuteWorkflowOptions,
	) => Promise<ExecuteWorkflowData>;
}
