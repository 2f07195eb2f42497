import { WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	jsonParse,
	Workflow,
	type INode,
	type INodeExecutionData,
	type IRun,
	type IRunExecutionData,
	type RelatedExecution,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalData } from './additionalData';
import { findStart, type WorkflowFile } from './workflowFile';
import { prepareNodes } from './nodeTypes';
import type { RunContext } from './runContext';

interface Start {
	/** `integrated` is n8n's name for a sub-workflow. */
	mode: Extract<WorkflowExecuteMode, 'manual' | 'integrated'>;
	/** Replaces the trigger's items, pinned or not. */
	input?: INodeExecutionData[];
	/** A failed execution, which continues where it failed. */
	retryOf?: IRun;
	/** The execution that called this workflow. */
	parentExecution?: RelatedExecution;
}

/** Runs one workflow in n8n's engine, from its trigger to its last node. */
export async function execute(
	file: WorkflowFile,
	start: Start,
	context: RunContext,
): Promise<IRun> {
	const nodes = prepareNodes(file, context.nodeTypes);
	const first = findStart(file, nodes, start.mode === 'integrated');
	// n8n ignores pinned data in a sub-workflow.
	const pinData = { ...(start.mode === 'manual' ? file.pinData : {}) };
	if (start.input) delete pinData[first.name];
	const workflow = new Workflow({
		...structuredClone({ ...file, pinData }),
		id: file.id ?? 'workflow',
		nodes,
		active: false,
		nodeTypes: context.nodeTypes,
	});
	if (start.retryOf) return await runOn(retried(start.retryOf, nodes));
	const main = [start.input ?? [{ json: {} }]];
	return await runOn(
		createRunExecutionData({
			resultData: { pinData: structuredClone(pinData) },
			executionData: { nodeExecutionStack: [{ node: first, data: { main }, source: null }] },
			parentExecution: start.parentExecution,
		}),
	);

	async function runOn(data: IRunExecutionData): Promise<IRun> {
		const execution = new WorkflowExecute(
			additionalData(file, start.mode, context),
			start.mode,
			data,
		).processRunExecutionData(workflow);
		return await cancellable(execution, context.signal);
	}
}

/**
 * Does what n8n's server does for Retry with the current workflow: drops the failed run of the last
 * node.
 */
function retried({ data }: IRun, nodes: INode[]): IRunExecutionData {
	const { executionData, resultData } = jsonParse<IRunExecutionData>(JSON.stringify(data));
	const { lastNodeExecuted, runData, pinData } = resultData;
	if (lastNodeExecuted !== undefined) runData[lastNodeExecuted]?.pop();
	const nodeExecutionStack = (executionData?.nodeExecutionStack ?? []).map((waiting) => ({
		...waiting,
		node: nodes.find(({ name }) => name === waiting.node.name) ?? waiting.node,
	}));
	return createRunExecutionData({
		executionData: { ...executionData, nodeExecutionStack },
		resultData: { runData, pinData, lastNodeExecuted },
	});
}

type Execution = ReturnType<WorkflowExecute['processRunExecutionData']>;

async function cancellable(execution: Execution, signal?: AbortSignal): Promise<IRun> {
	const cancel = () => execution.cancel();
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel, { once: true });
	try {
		return await execution;
	} finally {
		signal?.removeEventListener('abort', cancel);
	}
}
