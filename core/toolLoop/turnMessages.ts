import { uniqueIds, usedIds, toMessageCall, toToolCall } from '../chat/toolCalls';
import type { ChatResult, ToolCall } from '../chat/chatResult';
import type { Message } from '../chat/messages';
import { isBlank } from '../text';
import { endKept } from './kept/keptResults';
import type { LoopRun } from './loopRun';
import type { SettledCall } from './resumeState';

/** Adds the model's turn to the history; its calls come back with ids of their own. */
export function addCalls(run: LoopRun, { text, toolCalls = [] }: ChatResult): ToolCall[] {
	const calls = uniqueIds(toolCalls, usedIds(run.messages));
	const content = isBlank(text) ? null : text;
	run.messages.push({ role: 'assistant', content, tool_calls: calls.map(toMessageCall) });
	return calls;
}

/** The calls of the last turn. */
export function openCalls(messages: readonly Message[]): ToolCall[] {
	const last = messages.at(-1);
	const calls = last?.role === 'assistant' ? (last.tool_calls ?? []) : [];
	return calls.map(toToolCall);
}

/** Answers every call of the last turn with one tool message, in the order issued. */
export function addAnswers(run: LoopRun, settled: readonly SettledCall[]): void {
	const calls = openCalls(run.messages);
	const order = new Map(calls.map(({ id }, at) => [id, at]));
	const ordered = settled.toSorted(
		(a, b) => (order.get(a.step.callId) ?? 0) - (order.get(b.step.callId) ?? 0),
	);
	const byId = new Map(endKept(run, ordered).map((call) => [call.step.callId, call]));
	for (const { id } of calls) {
		const call = byId.get(id);
		run.messages.push({ role: 'tool', tool_call_id: id, content: call?.content ?? '' });
		if (call) run.steps.push(call.step);
	}
}
