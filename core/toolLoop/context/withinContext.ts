import type { Message } from '../../chat/messages';
import type { LoopRun } from '../loopRun';

/** Asks with what is sent this turn: a view of the history, which stays whole. */
export async function withinContext<Answer>(
	run: LoopRun,
	ask: (messages: Message[]) => Promise<Answer>,
): Promise<Answer> {
	return await ask(run.messages);
}
