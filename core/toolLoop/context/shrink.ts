import type { Message } from '../../chat/messages';
import type { LoopRun } from '../loopRun';
import { spoken } from '../openingMessages';
import { tokensOf } from './size';
import { stubOf } from './stubs';
import { recentFrom } from './turns';

/**
 * Puts stubs in place of old results, the oldest first and never those of the last two turns, until
 * so many tokens are saved. Gives what was saved.
 */
export function stubOldest(run: LoopRun, tooMuch: number): number {
	const { context, history } = run;
	const { state } = context;
	const said = spoken(run.messages);
	const end = recentFrom(said, history);
	const from = Math.max(state.stubsUntil, state.summary?.until ?? 0);
	let saved = 0;
	const stubbed = new Set<string>();
	for (let at = from; at < end && saved < tooMuch; at += 1) {
		state.stubsUntil = at + 1;
		const message = said[at];
		if (message?.role !== 'tool') continue;
		const stub = stubOf(context, said, at);
		if (stub === message) continue;
		saved += tokensOf(message) - tokensOf(stub);
		stubbed.add(message.tool_call_id);
	}
	markSteps(run, stubbed, 'stub');
	return saved;
}

/** Steps show whose results are no longer sent as they are, and since when. */
export function markSteps(
	run: LoopRun,
	callIds: ReadonlySet<string>,
	as: 'stub' | 'summary',
): void {
	if (callIds.size === 0) return;
	for (const [at, step] of run.steps.entries()) {
		if (callIds.has(step.callId))
			run.steps[at] = { ...step, leftOut: { iteration: run.iterations + 1, as } };
	}
}

export function resultIds(messages: readonly Message[]): Set<string> {
	return new Set(messages.flatMap((one) => (one.role === 'tool' ? [one.tool_call_id] : [])));
}
