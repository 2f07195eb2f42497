import type { IRunData, IRunExecutionData, ITaskData } from 'n8n-workflow';
import type { SubNode } from '../../shared/run/subNodes';

/** A log of some nodes' runs that goes its own way for a while. */
export interface Log {
	real: IRunData;
	/** The execution's data with that log in it; all else is n8n's own. */
	fork: IRunExecutionData;
	/** How many runs of each node there were before. */
	before: Map<string, number>;
}

/**
 * n8n gives a tool the arguments of the run whose number it counted up to, and counts from the length
 * of the log when the tool was supplied: calls of several sets of tools, in parallel in one log, would
 * read each other's.
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

/** The same object, live, but for one of its members. */
function swapped<Key extends string, Owner extends object>(
	owner: Owner,
	key: Key,
	value: object,
): Owner {
	return new Proxy(owner, {
		get: (target, name): unknown => (name === key ? value : Reflect.get(target, name)),
	});
}

/** Adds the runs of a fork to the real log, and corrects what they say of where they came from. */
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
