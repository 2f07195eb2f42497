import type { ToolCall } from '../chat/chatResult';
import { without } from '../lib/own';
import { mustAsk } from './control';
import { countCall } from './limits';
import type { LoopRun } from './loopRun';
import {
	CANCELLED_CALL,
	notLoaded,
	notOffered,
	unknownTool,
	unknownToolHere,
} from './messagesToModel';
import { findTool, offeredName } from './offeredTools';
import type { Budget } from '../schema/patterns/budget';
import { inTime, timeOf } from './invokeTool';
import { readArguments, shownArguments } from './readArguments';
import type { ResumeState } from './resumeState';
import type { Tool } from './tool';

/** What happens to one call: it is run, refused, or left to somebody else. */
export type Plan = { call: ToolCall } & (
	| { tool: Tool; nudge: string }
	| { refusal: string; stuck?: true }
	| { pending: ResumeState['pending'][number] }
);

/** Decided in call order before anything runs, so that limits do not depend on which tool is fast. */
export async function planCall(
	run: LoopRun,
	call: ToolCall,
	{ budget, offered }: Planning,
): Promise<Plan> {
	const known = findTool(run.tools, call.name);
	const tool = findTool(offered, call.name);
	const verdict = countCall(run, tool, call);
	if ('refusal' in verdict) return { call, ...verdict };
	if (!tool) return { call, refusal: known ? keptBack(run, call) : unknown(run, call) };
	return await planKnown(run, { call, tool, ...verdict }, budget);
}

/** Run, or left to somebody else, as the current tool says. */
export async function planKnown(
	run: LoopRun,
	{ call, tool, nudge }: Extract<Plan, { tool: unknown }>,
	budget: Budget,
): Promise<Plan> {
	if (!tool.needsApproval && tool.execute) return { call, tool, nudge };
	const given = await inTime(timeOf(run, tool), () => readArguments(tool, call, budget));
	if (!given.ok) return { call, refusal: given.reason };
	// Checked like any other call: nobody outside should get arguments that violate the schema.
	if (!given.value.ok) return { call, refusal: given.value.said };
	const { value } = given.value;
	// What the gate does with the arguments does not change what a person is shown.
	const shown = shownArguments(value, call);
	const asks = await mustAsk(run, tool, value);
	// If the run is over, nobody is asked.
	if (run.signal.aborted) return { call, refusal: CANCELLED_CALL };
	if (!asks && tool.execute) return { call, tool, nudge };
	const pending = { callId: call.id, name: tool.name, arguments: shown };
	return { call, pending: { ...pending, ...gate(asks), ...(nudge === '' ? {} : { nudge }) } };
}

/** What the calls of one turn share. */
export interface Planning {
	/** For the patterns of all calls. */
	budget: Budget;
	/** The tools that the model could choose from. */
	offered: ReadonlyMap<string, Tool>;
}

function keptBack({ tools, search }: LoopRun, { name }: ToolCall): string {
	const sent = offeredName(tools, name) ?? name;
	if (!search || search.pinned.has(sent) || search.loaded.has(sent)) return notOffered(name);
	search.loaded.add(sent);
	return notLoaded(name);
}

/** The message about a tool that does not exist. */
export function unknown({ tools, search }: LoopRun, { name }: ToolCall): string {
	const known = [...tools.keys()];
	return search && tools.has(search.name)
		? unknownToolHere(name, known, search.name)
		: unknownTool(name, known);
}

/** A call that still waits after a resume: the current gate counts, not the former one. */
export async function pendingCall(
	run: LoopRun,
	tool: Tool | undefined,
	waiting: Waiting,
): Promise<Pending> {
	const { pending } = waiting;
	const asks = tool !== undefined && (await isGated(run, tool, waiting));
	return { ...without(pending, 'needsApproval'), ...gate(asks) };
}

type Pending = ResumeState['pending'][number];

/** A waiting call, as the state has it and as the model made it. */
interface Waiting {
	pending: Pending;
	call: ToolCall;
}

/** If a function decides, its earlier decision holds too; it decides about what would run. */
export async function isGated(
	run: Parameters<typeof mustAsk>[0],
	tool: Tool,
	{ pending, call }: Waiting,
): Promise<boolean> {
	if (typeof tool.needsApproval !== 'function') return tool.needsApproval === true;
	if (pending.needsApproval === true) return true;
	const read = await readArguments(tool, call);
	return !read.ok || (await mustAsk(run, tool, read.value));
}

function gate(asks: boolean): Pick<Pending, 'needsApproval'> {
	return asks ? { needsApproval: true } : {};
}
