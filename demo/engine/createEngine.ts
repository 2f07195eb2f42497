import type { INodeExecutionData, INodeType, IRun } from 'n8n-workflow';
import { callWorkflow } from './callWorkflow';
import { createNodeTypes, loadPackage } from './nodeTypes';
import { execute } from './execute';
import { GivenCredentials, type CredentialValues } from './givenCredentials';
import { quietN8n } from './quietN8n';
import type { NodeEvent, RunContext } from './runContext';
import { type RunError, type RunResult, toRunError, toRunResult } from './runResult';
import type { WorkflowFile } from './workflowFile';

interface EngineOptions {
	/** The folder of the package.json whose `n8n` section lists the nodes. */
	packageDir: string;
	/** Values by credential type: every node that asks for the type gets them. */
	credentials?: CredentialValues;
	/** For tests under ts-jest: uses the TypeScript sources instead of `dist`. */
	fromSource?: boolean;
	/** For tests: more nodes, by full type name. */
	nodeTypes?: ReadonlyMap<string, INodeType>;
}

interface RunOptions {
	/** Replaces the trigger's items, pinned or not. */
	input?: INodeExecutionData[];
	/** A failed execution to retry, as n8n's Retry does. */
	retryOf?: IRun;
	signal?: AbortSignal;
	onNode?: (event: NodeEvent) => void;
	/** Receives n8n's chunks of a streamed answer. */
	onChunk?: RunContext['onChunk'];
	onAiEvent?: RunContext['onAiEvent'];
	/** Workflows that this one may call by `id`. */
	workflows?: WorkflowFile[];
}

export interface Engine {
	/** Never rejects: if a workflow fails or cannot start, the result has an `error`. */
	run(workflow: WorkflowFile, options?: RunOptions): Promise<RunResult>;
}

/** n8n's own engine around one community package, without n8n's server. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
	quietN8n();
	const loaded = await loadPackage(options.packageDir, options.fromSource);
	const nodeTypes = createNodeTypes(loaded, options.nodeTypes);
	const credentials = new GivenCredentials(loaded.credentialTypes, options.credentials ?? {});

	async function run(workflow: WorkflowFile, options: RunOptions = {}): Promise<RunResult> {
		const { input, retryOf, signal, onNode, onChunk, onAiEvent, workflows = [] } = options;
		const called: RunResult[] = [];
		const startedAt = Date.now();
		try {
			const context: RunContext = {
				nodeTypes,
				credentials,
				...{ signal, onNode, onChunk, onAiEvent },
				callWorkflow: (info, options) =>
					callWorkflow(info, options, { context, workflows, called }),
			};
			const run = await execute(workflow, { mode: 'manual', input, retryOf }, context);
			return toRunResult(workflow, run, { cancelled: signal?.aborted ?? false, called });
		} catch (error) {
			const ms = Date.now() - startedAt;
			return failedStart(toRunError(error), ms);
		}
	}

	return { run };
}

function failedStart(error: RunError, ms: number): RunResult {
	return { ok: false, cancelled: false, error, nodes: {}, last: [], called: [], ms };
}
