import type { Message } from '../../chat/messages';
import { perObject } from '../../perObject';
import type { LoopRun } from '../loopRun';
import { spoken } from '../openingMessages';
import { CUT_ANSWER, EMPTY_ANSWER, LIMIT_REACHED, summaryOf } from '../messagesToModel';
import type { Context, ContextState } from './contextState';
import { stubOf } from './stubs';

type Viewed = Pick<LoopRun, 'messages' | 'history' | 'context'>;

/**
 * What is sent of a history: all of it, or a summary and stubs in place of what is old. Messages that
 * were sent before are the same objects, so that only new ones are read.
 */
export function viewOf({ messages, history, context }: Viewed): Message[] {
	const { stubsUntil, summary } = context.state;
	if (stubsUntil === 0 && !summary) return messages;
	const said = spoken(messages);
	return [
		...messages.filter(({ role }) => role === 'system'),
		...beforeTurns(said, { history, summary }),
		...withStubs(context, said).slice(summary?.until ?? 0),
	];
}

/** What is said, with stubs in place of old results. */
export function withStubs(context: Context, said: readonly Message[]): Message[] {
	const { stubsUntil } = context.state;
	return said.map((message, at) =>
		message.role === 'tool' && at < stubsUntil ? stubOf(context, said, at) : message,
	);
}

/** What a user said in this run stays word for word; a summary tells the rest. */
function beforeTurns(
	said: readonly Message[],
	{ history, summary }: { history: number; summary: ContextState['summary'] },
): Message[] {
	if (!summary) return [];
	return [...said.slice(history, summary.until).filter(isAsked), summaryMessage(summary)];
}

const OWN_WORDS: readonly unknown[] = [CUT_ANSWER, EMPTY_ANSWER, LIMIT_REACHED];

/** Said by the user or the caller, not by the loop. */
function isAsked({ role, content }: Message): boolean {
	return role === 'user' && !OWN_WORDS.includes(content);
}

const summaryMessage = perObject(({ text }: NonNullable<ContextState['summary']>): Message => ({
	role: 'user',
	content: summaryOf(text),
}));
