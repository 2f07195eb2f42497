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
	/** Holds the package.json whose `n8n` section names the nodes. */
	packageDir: string;
	/** Values by credential type: every node that asks for the type gets them. */
	credentials?: CredentialValues;
	/** For tests under ts-jest: take the TypeScript sources instead of `dist`. */
	fromSource?: boolean;
	/** For tests: further nodes, by full type name. */
	nodeTypes?: ReadonlyMap<string, INodeType>;
}

interface RunOptions {
	/** Replaces the trigger's items, pinned or not. */
	input?: INodeExecutionData[];
	/** An execution that failed: n8n's Retry of it. */
	retryOf?: IRun;
	signal?: AbortSignal;
	onNode?: (event: NodeEvent) => void;
	/** Somebody reads the answer while it is written: n8n's pieces of it. */
	onChunk?: RunContext['onChunk'];
	onAiEvent?: RunContext['onAiEvent'];
	/** Workflows that this one may call, found by their `id`. */
	workflows?: WorkflowFile[];
}

export interface Engine {
	/** Never rejects: a workflow that fails, or cannot start, is a result with an `error`. */
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
