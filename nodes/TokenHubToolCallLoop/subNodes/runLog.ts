import type { IRunData, IRunExecutionData, ITaskData } from 'n8n-workflow';
import type { SubNode } from '../../shared/run/subNodes';

/** A separate log of some nodes' runs. */
export interface Log {
	real: IRunData;
	/** The execution's data with that log; everything else is n8n's own. */
	fork: IRunExecutionData;
	/** How many runs each node had before. */
	before: Map<string, number>;
}

/**
 * n8n gives a tool the arguments of the run whose number it has counted up to, starting from the length
 * of the log when the tool was supplied: parallel calls of several sets of tools in one log would read
 * each other's.
 */
export function forkLog(execution: IRunExecutionData, subNodes: readonly SubNode[]): Log {
	const { resultData } = execution;
	const real = resultData.runData;
	const names = new Set(subNodes.flatMap(({ nodes }) => nodes.map(({ name }) => name)));
	const runData = { ...real };
	for (const name of names) {
		const tasks = real[name];
		if (tasks) runData[name] = [...tasks];
	}
	const before = new Map([...names].map((name) => [name, real[name]?.length ?? 0]));
	const fork = swapped(execution, 'resultData', swapped(resultData, 'runData', runData));
	return { real, fork, before };
}

/** The same live object, except for one of its members. */
function swapped<Key extends string, Owner extends object>(
	owner: Owner,
	key: Key,
	value: object,
): Owner {
	return new Proxy(owner, {
		get: (target, name): unknown => (name === key ? value : Reflect.get(target, name)),
	});
}

/**
 * Adds the runs of a fork to the real log, and corrects the numbers of the runs that they came from.
 */
export function mergeLog({ real, fork, before }: Log): void {
	const added = [...before].map(([name, count]) => {
		const tasks = fork.resultData.runData[name]?.slice(count) ?? [];
		return { name, count, tasks, at: real[name]?.length ?? 0 };
	});
	const moved = new Map(added.map(({ name, count, at }) => [name, { count, by: at - count }]));
	for (const { name, tasks } of added) {
		for (const task of tasks) correctSource(task, moved);
		if (tasks.length > 0) (real[name] ??= []).push(...tasks);
	}
}

function correctSource(
	{ source }: ITaskData,
	moved: ReadonlyMap<string, { count: number; by: number }>,
): void {
	for (const origin of source) {
		const move = moved.get(origin?.previousNode ?? '');
		const run = origin?.previousNodeRun ?? 0;
		if (origin && move && run >= move.count) origin.previousNodeRun = run + move.by;
	}
}
