import type { INodeExecutionData, IRun, ITaskData } from 'n8n-workflow';
import { toRunError, type RunError } from './runError';
import type { WorkflowFile } from './workflowFile';

export interface NodeResult {
	/** Full type name. */
	type: string;
	/** Items by output; a node that ran several times has all of them, in order. */
	outputs: INodeExecutionData[][];
	error?: RunError;
	runs: number;
	ms: number;
}

export interface RunResult {
	ok: boolean;
	cancelled: boolean;
	error?: RunError;
	nodes: Record<string, NodeResult>;
	/** The items of the last node, all outputs. */
	last: INodeExecutionData[];
	/** Sub-workflows that its nodes called, in order of their end. */
	called: RunResult[];
	ms: number;
	/** n8n's own record; absent when the workflow could not start. */
	run?: IRun;
}

export function toRunResult(
	file: WorkflowFile,
	run: IRun,
	{ cancelled, called }: Pick<RunResult, 'cancelled' | 'called'>,
): RunResult {
	const { runData, lastNodeExecuted, error } = run.data.resultData;
	const types = new Map(file.nodes.map((node) => [node.name, node.type]));
	const nodes = Object.fromEntries(
		Object.entries(runData).map(([name, tasks]) => [
			name,
			{ type: types.get(name) ?? '', ...toNodeResult(name, tasks) },
		]),
	);
	const last = lastNodeExecuted ? nodes[lastNodeExecuted]?.outputs.flat() : [];
	return {
		ok: error === undefined && !cancelled,
		cancelled,
		error: error && toRunError(error, lastNodeExecuted),
		nodes,
		last: last ?? [],
		called,
		ms: (run.stoppedAt ?? new Date()).getTime() - run.startedAt.getTime(),
		run,
	};
}

function toNodeResult(name: string, tasks: ITaskData[]): Omit<NodeResult, 'type'> {
	const failed = tasks.find((task) => task.error);
	const outputs: INodeExecutionData[][] = [];
	for (const branches of tasks.map(branchesOf)) {
		branches.forEach((items, output) => (outputs[output] ??= []).push(...items));
	}
	return {
		outputs,
		error: failed && toRunError(failed.error, name),
		runs: tasks.length,
		ms: tasks.reduce((sum, task) => sum + task.executionTime, 0),
	};
}

/** A tool's output is under `ai_tool`, an ordinary node's under `main`. */
export function branchesOf({ data }: ITaskData): INodeExecutionData[][] {
	const branches = data?.main ?? Object.values(data ?? {})[0] ?? [];
	return branches.map((items) => items ?? []);
}
