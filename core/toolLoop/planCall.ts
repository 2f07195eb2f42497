import type { ToolCall } from '../chat/chatResult';
import { without } from '../without';
import { countCall } from './countCall';
import type { LoopRun } from './loopRun';
import { notLoaded, unknownTool, unknownToolHere } from './messagesToModel';
import { findTool, offeredName } from './offeredTools';
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
export async function planCall(
	run: LoopRun,
	call: ToolCall,
	{ budget, offered }: Planning,
): Promise<Plan> {
	const known = findTool(run.tools, call.name);
	const tool = findTool(offered, call.name);
	const verdict = countCall(run, tool, call);
	if ('refusal' in verdict) return { call, ...verdict };
	if (!tool) return { call, refusal: known ? loadInstead(run, call) : unknown(run, call) };
	return await planKnown(run, { call, tool, ...verdict }, budget);
}

/** Run, or left to somebody else: what the tool of today says. */
export async function planKnown(
	run: LoopRun,
	{ call, tool, nudge }: Extract<Plan, { tool: unknown }>,
	budget: Budget,
): Promise<Plan> {
	const waits = tool.needsApproval || !tool.execute;
	if (!waits) return { call, tool, nudge };
	const read = await inTime(timeOf(run, tool), () => readArguments(tool, call, budget));
	if (!read.ok) return { call, refusal: read.reason };
	return planWaitingCall(tool, { call, read: read.value }, nudge);
}

/** What the calls of one turn share. */
export interface Planning {
	/** For the patterns of all of them. */
	budget: Budget;
	/** What the model had to choose from. */
	offered: ReadonlyMap<string, Tool>;
}

function loadInstead({ tools, search }: LoopRun, { name }: ToolCall): string {
	const sent = offeredName(tools, name);
	if (sent !== undefined) search?.loaded.add(sent);
	return notLoaded(name);
}

/** What the model is told of a tool that is none. */
export function unknown({ tools, search }: LoopRun, { name }: ToolCall): string {
	const known = [...tools.keys()];
	return search && tools.has(search.name)
		? unknownToolHere(name, known, search.name)
		: unknownTool(name, known);
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
