import { TokenHubError } from '../../core/errors';
import type { ToolLoopRequest } from '../../core/toolLoop/loopRequest';
import type { ToolLoopResult } from '../../core/toolLoop/loopResult';
import type { Step } from '../../core/toolLoop/resumeState';
import type { Tool } from '../../core/toolLoop/tool';

/** The options for each turn. */
export interface TurnTerms {
	/** Name of the tool whose result is the output. */
	stopAfterTool?: string;
	/** The model that takes over … */
	strongerModel?: string;
	/** … after this many turns. */
	strongerAfterTurns?: number;
}

type Control = Pick<ToolLoopRequest, 'stopWhen' | 'beforeTurn'>;

/** @throws TokenHubError `badConfig` for a tool that does not exist, before any request. */
export function turnControl(
	{ stopAfterTool, strongerModel, strongerAfterTurns = Infinity }: TurnTerms,
	tools: readonly Tool[],
	{ outputSchema }: Pick<ToolLoopRequest, 'outputSchema'>,
): Control {
	if (stopAfterTool !== undefined) assertStop(stopAfterTool, tools, outputSchema !== undefined);
	return {
		...(stopAfterTool === undefined
			? {}
			: { stopWhen: ({ steps }) => lastResult(steps, stopAfterTool) !== undefined }),
		...(strongerModel === undefined
			? {}
			: {
					beforeTurn: ({ iterations, steps }) =>
						iterations >= strongerAfterTurns || failedTwice(steps)
							? { model: strongerModel }
							: undefined,
				}),
	};
}

function assertStop(name: string, tools: readonly Tool[], hasSchema: boolean): void {
	if (hasSchema) {
		throw new TokenHubError(
			'badConfig',
			'Stop After Tool and Output Schema (JSON) both say what the output is.',
			{ hint: 'Remove one of the two options.' },
		);
	}
	if (tools.some((tool) => tool.name === name)) return;
	const known = tools.map((tool) => tool.name).join(', ') || 'none';
	throw new TokenHubError('badConfig', `Stop After Tool names "${name}", which is not a tool.`, {
		hint: `The tools are: ${known}.`,
	});
}

/** The last result of the last turn that did not fail. */
function lastResult(steps: readonly Step[], name: string): Step | undefined {
	const turn = steps.at(-1)?.iteration;
	return steps.findLast(
		({ tool, iteration, error }) => tool === name && iteration === turn && error === undefined,
	);
}

/** Whether all calls failed in two consecutive turns, at any time so far: the model stays changed. */
function failedTwice(steps: readonly Step[]): boolean {
	const turns = new Map<number, boolean>();
	for (const { iteration, error } of steps) {
		turns.set(iteration, (turns.get(iteration) ?? true) && error !== undefined);
	}
	const failed = [...turns.values()];
	return failed.some((isFailed, index) => isFailed && failed[index + 1] === true);
}

/** With Stop After Tool, the output is the tool's result. */
export function stoppedOutput(
	{ stopAfterTool }: TurnTerms,
	result: ToolLoopResult,
): ToolLoopResult {
	if (stopAfterTool === undefined || result.stopReason !== 'stopped') return result;
	const step = lastResult(result.steps, stopAfterTool);
	return step ? { ...result, output: step.result } : result;
}
