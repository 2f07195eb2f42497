import type { INodeExecutionData, IRun, ITaskData } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { WorkflowFile } from './workflowFile';

export interface NodeResult {
	/** Full type name. */
	type: string;
	/** Items by output. If a node ran several times, the items of all its runs, in order. */
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
	/** The items of the last node, from all its outputs. */
	last: INodeExecutionData[];
	/** Sub-workflows that its nodes called, in the order they ended. */
	called: RunResult[];
	ms: number;
	/** n8n's own record; missing if the workflow could not start. */
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

/** A tool's output is under `ai_tool`, that of other nodes under `main`. */
export function branchesOf({ data }: ITaskData): INodeExecutionData[][] {
	const branches = data?.main ?? Object.values(data ?? {})[0] ?? [];
	return branches.map((items) => items ?? []);
}

/** Why a run failed; `context` comes from the node's error. */
export interface RunError {
	message: string;
	description?: string;
	node?: string;
	itemIndex?: number;
	context?: Record<string, unknown>;
}

// The engine keeps errors as plain copies, so `instanceof` does not work here.
const raw = z.looseObject({
	message: z.string().catch('The workflow failed without a message'),
	description: z.string().optional().catch(undefined),
	nodeName: z.string().optional().catch(undefined),
	node: z.looseObject({ name: z.string() }).optional().catch(undefined),
	context: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

const index = z.number().optional().catch(undefined);

export function toRunError(error: unknown, lastNode?: string): RunError {
	const { message, description, nodeName, node, context } = raw.parse(
		typeof error === 'object' && error !== null ? fieldsOf(error) : { message: String(error) },
	);
	return {
		message,
		description: description === message ? undefined : description,
		node: nodeName ?? node?.name ?? lastNode,
		itemIndex: index.parse(context?.['itemIndex']),
		context,
	};
}

/** Spreading an Error would lose its message. */
function fieldsOf(error: object): Record<string, unknown> {
	return 'message' in error ? { ...error, message: error.message } : { ...error };
}
