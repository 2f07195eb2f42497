import type { LoopRun } from '../loopRun';

/** What a caller should know of a conversation that was not sent as it is. */
export function contextWarnings({ context, steps }: Pick<LoopRun, 'context' | 'steps'>): string[] {
	const { stubsUntil, summary } = context.state;
	if (stubsUntil === 0) return [];
	const count = steps.filter(({ leftOut }) => leftOut !== undefined).length;
	const what = summary ? 'older turns were summarized' : 'older tool results were sent as stubs';
	// Those of the conversation before this run are in no step.
	const which = count > 0 ? `: steps with "leftOut" (${count}) say which` : '';
	return [`context: the conversation outgrew its room, so ${what} in later requests${which}.`];
}
