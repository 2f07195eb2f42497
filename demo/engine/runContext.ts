import type {
	ExecuteWorkflowData,
	ExecuteWorkflowOptions,
	IExecuteWorkflowInfo,
	StructuredChunk,
} from 'n8n-workflow';
import type { KnownNodeTypes } from './nodeTypes';
import type { GivenCredentials } from './givenCredentials';

export interface NodeEvent {
	node: string;
	phase: 'started' | 'running' | 'finished';
	/** Items that are done: while it runs, as far as the node tells. */
	items?: number;
	/** Items that there are, while it runs. */
	of?: number;
}

/** What one run and the sub-workflows it calls share. */
export interface RunContext {
	nodeTypes: KnownNodeTypes;
	credentials: GivenCredentials;
	signal?: AbortSignal;
	onNode?: (event: NodeEvent) => void;
	/** Somebody reads the answer while it is written, as in a chat: its pieces. */
	onChunk?: (chunk: StructuredChunk) => void;
	/** What n8n's log streaming is told. */
	onAiEvent?: (name: string, message: string) => void;
	/** `this.executeWorkflow` of a node. */
	callWorkflow: (
		info: IExecuteWorkflowInfo,
		options: ExecuteWorkflowOptions,
	) => Promise<ExecuteWorkflowData>;
}
