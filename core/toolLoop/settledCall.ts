import type { ToolCall } from '../chat/chatResult';
import type { CallOutcome } from './invokeTool';
import type { LoopRun } from './loopRun';
import { findTool } from './offeredTools';
import { argumentsOf } from './readArguments';
import type { SettledCall } from './resumeState';
import { capText } from './results/capText';

/** A call that came to nothing, in the words that the model is told. */
export function refused(content: string): CallOutcome {
	return { content, error: content, durationMs: 0 };
}

export function settledCall(run: LoopRun, call: ToolCall, outcome: CallOutcome): SettledCall {
	const { content, result, error, durationMs, ...more } = withinLimit(run, outcome);
	const { kept, spending, steps } = more;
	return {
		content,
		step: {
			iteration: run.iterations,
			tool: nameOf(run, call),
			callId: call.id,
			arguments: argumentsOf(findTool(run.tools, call.name), call),
			...(error === undefined ? { result } : { error }),
			...{ durationMs, ...(kept ? { kept } : {}) },
			...(spending ? { spending } : {}),
			...(steps ? { steps } : {}),
		},
	};
}

/** A refusal may repeat what somebody else has written, and is paid for in every turn after. */
function withinLimit({ request }: LoopRun, outcome: CallOutcome): CallOutcome {
	const { content, error } = outcome;
	if (error === undefined) return outcome;
	const capped = capText(error, request.toolResultLimit);
	return { ...outcome, error: capped, content: content === error ? capped : content };
}

/** The tool's own name, where the model used the one it was offered under. */
export function nameOf(run: LoopRun, { name }: ToolCall): string {
	return run.tools.get(name)?.name ?? name;
}
