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
	/** How many items are done; while the node runs, only if it reports them. */
	items?: number;
	/** While the node runs: how many items there are. */
	of?: number;
}

/** Shared by a run and the sub-workflows it calls. */
export interface RunContext {
	nodeTypes: KnownNodeTypes;
	credentials: GivenCredentials;
	signal?: AbortSignal;
	onNode?: (event: NodeEvent) => void;
	/** Receives the chunks of a streamed answer, as a chat does. */
	onChunk?: (chunk: StructuredChunk) => void;
	/** Receives what n8n's log streaming receives. */
	onAiEvent?: (name: string, message: string) => void;
	/** A node's `this.executeWorkflow`. */
	callWorkflow: (
		info: IExecuteWorkflowInfo,
		options: ExecuteWorkflowOptions,
	) => Promise<ExecuteWorkflowData>;
}
