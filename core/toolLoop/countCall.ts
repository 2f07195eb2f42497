import type { ToolCall } from '../chat/chatResult';
import { argumentsIn } from '../chat/toolCalls';
import { canonical } from '../isSame';
import { isReader } from './kept/readerTools';
import type { LoopRun } from './loopRun';
import { repeatedCall, repeatNudge, tooManyCalls } from './messagesToModel';
import { fittedArguments } from './readArguments';
import type { Tool } from './tool';

/** Whether a call may be made, with a word to the model when it should be the last of its kind. */
export type Verdict = { nudge: string } | { refusal: string; stuck?: true };

/** The key under which a run counts all its calls together. */
export const ALL_CALLS = 'all';

/** Counts a call, and judges it by the limits; one of no known tool by Repeat Limit alone: it never runs. */
export function countCall(run: LoopRun, tool: Tool | undefined, call: ToolCall): Verdict {
	const { repeatLimit, maxToolCalls } = run.request;
	// Looking for tools is no use of one, nor is reading what one has given.
	if (!tool || isSearch(run, tool) || isReader(run, tool)) {
		return repeatVerdict(count(run, callKey(tool, call)), repeatLimit);
	}
	if (count(run, ALL_CALLS) > (maxToolCalls ?? Infinity)) {
		return { refusal: tooManyCalls(maxToolCalls ?? 0, 'tools') };
	}
	if (count(run, `tool ${tool.name}`) > (tool.maxCalls ?? Infinity)) {
		return { refusal: tooManyCalls(tool.maxCalls ?? 0, `"${call.name}"`) };
	}
	return repeatVerdict(count(run, callKey(tool, call)), repeatLimit);
}

function isSearch({ search, tools }: LoopRun, tool: Tool): boolean {
	return search !== undefined && tools.get(search.name) === tool;
}

function repeatVerdict(repeats: number, repeatLimit: number): Verdict {
	if (repeats > repeatLimit) return { refusal: repeatedCall(repeats - 1), stuck: true };
	return { nudge: repeats === repeatLimit && repeats > 1 ? repeatNudge(repeats) : '' };
}

function count({ callCounts }: LoopRun, key: string): number {
	const made = (callCounts.get(key) ?? 0) + 1;
	callCounts.set(key, made);
	return made;
}

/**
 * A JSON list, since a tool's name may hold spaces and a model may write any arguments. Of those that
 * mean the same to the tool, such as `1` and `1.0`, in whatever order, all have one key.
 */
export function callKey(tool: Tool | undefined, call: ToolCall): string {
	const { name } = tool ?? call;
	const parsed = argumentsIn(call);
	if (!parsed.ok) return `call ${JSON.stringify([name, call.arguments])}`;
	const { numbers } = parsed;
	const args = canonical(tool ? fittedArguments(tool, parsed).value : parsed.value);
	// Two numbers that JavaScript cannot tell apart are two numbers.
	const digits = [...(numbers?.lossy.values() ?? [])].sort();
	return `call ${JSON.stringify([name, args, ...digits])}`;
}

/** The same in a state that 1.0.0 has saved. */
export function formerCallKey({ name }: Tool, call: ToolCall): string {
	return `call ${name} ${call.arguments}`;
}
