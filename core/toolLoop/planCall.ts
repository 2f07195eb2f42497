import type { ToolCall } from '../chat/chatResult';
import { ALL_CALLS } from './limits';
import type { LoopRun } from './loopRun';
import { repeatedCall, repeatNudge, tooManyCalls, unknownTool } from './messagesToModel';
import { findTool } from './offeredTools';
import { readArguments } from './readArguments';
import type { ResumeState } from './resumeState';
import type { Tool } from './tool';

/** What is to become of one call: run, refused, or left to somebody else. */
export type Plan = { call: ToolCall } & (
	| { tool: Tool; nudge: string }
	| { refusal: string; stuck?: true }
	| { pending: ResumeState['pending'][number] }
);

/** Decided in call order before anything runs, so that limits do not depend on which tool is quick. */
export function planCall(run: LoopRun, call: ToolCall): Plan {
	const tool = findTool(run.tools, call.name);
	if (!tool) return { call, refusal: unknownTool(call.name, [...run.tools.keys()]) };
	const { repeatLimit, maxToolCalls } = run.request;
	if (count(run, ALL_CALLS) > (maxToolCalls ?? Infinity)) {
		return { call, refusal: tooManyCalls(maxToolCalls ?? 0, 'tools') };
	}
	if (count(run, `tool ${tool.name}`) > (tool.maxCalls ?? Infinity)) {
		return { call, refusal: tooManyCalls(tool.maxCalls ?? 0, `"${call.name}"`) };
	}
	const repeats = count(run, `call ${tool.name} ${call.arguments}`);
	if (repeats > repeatLimit) return { call, refusal: repeatedCall(repeats - 1), stuck: true };
	const nudge = repeats === repeatLimit && repeats > 1 ? repeatNudge(repeats) : '';
	const waits = tool.needsApproval || !tool.execute;
	return waits ? planWaitingCall(tool, call, nudge) : { call, tool, nudge };
}

function count({ callCounts }: LoopRun, key: string): number {
	const made = (callCounts.get(key) ?? 0) + 1;
	callCounts.set(key, made);
	return made;
}

/** Checked like any other: nobody outside should get arguments that break the schema. */
function planWaitingCall(tool: Tool, call: ToolCall, nudge: string): Plan {
	const read = readArguments(tool, call.arguments);
	if (!read.ok) return { call, refusal: read.said };
	const pending = { callId: call.id, name: tool.name, arguments: read.value };
	return {
		call,
		pending: {
			...pending,
			...(tool.needsApproval ? { needsApproval: true } : {}),
			...(nudge === '' ? {} : { nudge }),
		},
	};
}
