import {
	mergeRunsPerBranch,
	NodeOperationError,
	UserError,
	type ExecuteWorkflowData,
	type ExecuteWorkflowOptions,
	type IExecuteWorkflowInfo,
	type IRun,
} from 'n8n-workflow';
import { execute } from './execute';
import type { RunContext } from './runContext';
import { type RunResult, toRunError, toRunResult } from './runResult';
import { STAND_INS, type WorkflowFile } from './workflowFile';

interface Callable {
	context: RunContext;
	/** Workflows that may be called by id. */
	workflows: WorkflowFile[];
	/** Receives the result of each call. */
	called: RunResult[];
}

/** A node's `this.executeWorkflow(...)`: the same engine, one level down. */
export async function callWorkflow(
	info: IExecuteWorkflowInfo,
	options: ExecuteWorkflowOptions,
	{ context, workflows, called }: Callable,
): Promise<ExecuteWorkflowData> {
	const file = info.code ?? workflows.find((workflow) => workflow.id === info.id);
	if (!file) throw new UserError(`There is no workflow with the id "${info.id}" to call`);
	const input = options.inputData ?? [{ json: {} }];
	const { parentExecution } = options;
	const run = await execute(file, { mode: 'integrated', input, parentExecution }, context);
	called.push(toRunResult(file, run, { cancelled: context.signal?.aborted ?? false, called: [] }));
	if (run.finished !== true) throw failure(file, run);
	const executionId = `${parentExecution?.executionId ?? 'run'}.${file.id}`;
	return { executionId, data: outputOf(file, run, options.returnLastRunOnly) };
}

function outputOf(file: WorkflowFile, run: IRun, lastRunOnly = false): ExecuteWorkflowData['data'] {
	const { runData, lastNodeExecuted = '' } = run.data.resultData;
	const runs = runData[lastNodeExecuted] ?? [];
	if (!lastRunOnly && !givesLastRunOnly(file)) return mergeRunsPerBranch(runs);
	return runs.at(-1)?.data?.main ?? [null];
}

/** Older triggers return only the last run of the last node; newer ones return all its runs. */
function givesLastRunOnly({ nodes }: WorkflowFile): boolean {
	const trigger = nodes.find((node) => node.type === STAND_INS.executeWorkflowTrigger);
	const { typeVersion = 1, parameters = {} } = trigger ?? {};
	return typeVersion < 1.2 && parameters.returnOutput !== 'allRuns';
}

function failure(file: WorkflowFile, run: IRun): Error {
	const { error, lastNodeExecuted } = run.data.resultData;
	const { message, description, node } = toRunError(error, lastNodeExecuted);
	const failed = file.nodes.find(({ name }) => name === node);
	return failed
		? new NodeOperationError(failed, new Error(message), { description })
		: new Error(message);
}
