import type { ToolCall } from '../chat/chatResult';
import { without } from '../without';
import { countCall } from './countCall';
import type { LoopRun } from './loopRun';
import { unknownTool } from './messagesToModel';
import { findTool } from './offeredTools';
import type { Budget } from '../schema/patterns/budget';
import { inTime, timeOf } from './inTime';
import { readArguments, type ReadArguments } from './readArguments';
import type { ResumeState } from './resumeState';
import type { Tool } from './tool';

/** What is to become of one call: run, refused, or left to somebody else. */
export type Plan = { call: ToolCall } & (
	| { tool: Tool; nudge: string }
	| { refusal: string; stuck?: true }
	| { pending: ResumeState['pending'][number] }
);

/** Decided in call order before anything runs, so that limits do not depend on which tool is quick. */
export async function planCall(run: LoopRun, call: ToolCall, budget: Budget): Promise<Plan> {
	const tool = findTool(run.tools, call.name);
	const verdict = countCall(run, tool, call);
	if ('refusal' in verdict) return { call, ...verdict };
	if (!tool) return { call, refusal: unknownTool(call.name, [...run.tools.keys()]) };
	const waits = tool.needsApproval || !tool.execute;
	if (!waits) return { call, tool, ...verdict };
	const read = await inTime(timeOf(run, tool), () => readArguments(tool, call, budget));
	if (!read.ok) return { call, refusal: read.reason };
	return planWaitingCall(tool, { call, read: read.value }, verdict.nudge);
}

/** Checked like any other: nobody outside should get arguments that break the schema. */
function planWaitingCall(
	tool: Tool,
	{ call, read }: { call: ToolCall; read: ReadArguments },
	nudge: string,
): Plan {
	if (!read.ok) return { call, refusal: read.said };
	const pending = { callId: call.id, name: tool.name, arguments: read.value };
	return { call, pending: { ...pending, ...gate(tool), ...(nudge === '' ? {} : { nudge }) } };
}

/** A call that goes on waiting, after a resume: a gate that is there now counts, none that was. */
export function pendingCall(tool: Tool | undefined, pending: Pending): Pending {
	return { ...without(pending, 'needsApproval'), ...gate(tool) };
}

type Pending = ResumeState['pending'][number];

function gate(tool: Tool | undefined): Pick<Pending, 'needsApproval'> {
	return tool?.needsApproval ? { needsApproval: true } : {};
}
