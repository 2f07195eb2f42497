import { z } from 'zod/v4';
import { TokenHubError } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { imageProblem } from '../images';
import { imagesIn, NO_URL, type Message } from '../messages';
import { shapeProblem } from './otherShapes';
import { hasKnownRole } from './readMessage';

/**
 * A message as another client or a database stores it. What Claude would refuse is repaired, and
 * `warnings` of the result say how.
 */
export interface GivenMessage {
	/** `user`, `assistant`, `system`, `tool`, or other clients' names for them. */
	role?: string;
	/** A text, or parts in the format of OpenAI, Claude, Gemini or the AI SDK. */
	content?: unknown;
	/** Anything else: calls are read, the rest is left out. */
	[key: string]: unknown;
}

/**
 * A conversation is read in one go, and nothing else can run meanwhile: this many take a fraction of a
 * second.
 */
const MOST_PIECES = 10_000;

/**
 * Refuses a conversation that would hold up the process. Messages count, and so do the entries of their
 * lists.
 * @throws TokenHubError `badConfig`
 */
export function assertReadable(messages: unknown): void {
	if (!hasMorePieces(messages, MOST_PIECES)) return;
	const most = MOST_PIECES.toLocaleString('en');
	const what = `more than ${most} messages, parts and calls together`;
	throw new TokenHubError('badConfig', `The conversation has ${what}.`, {
		failures: [{ path: '/messages', message: `it has ${what}` }],
		hint: 'Leave out the oldest messages, or put texts of many parts into one.',
	});
}

/** Lists of messages, of their parts, and of what these contain. */
function hasMorePieces(messages: unknown, most: number): boolean {
	let left = most;
	const take = (value: unknown, depth: number): void => {
		if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || left < 0)
			return;
		if (Array.isArray(value)) left -= value.length;
		if (left < 0 || depth === DEEPEST_LIST) return;
		for (const key of Object.keys(value)) {
			const inner: unknown = Reflect.get(value, key);
			if (!DATA.has(key) || !isRecord(inner)) take(inner, depth + 1);
		}
	};
	take(messages, 0);
	return left < 0;
}

/** The deepest list: the content of a result in a part of a message. */
const DEEPEST_LIST = 5;
/** The arguments of a call are copied as they are. */
const DATA = new Set(['input', 'args', 'arguments', 'parameters', 'tool_kwargs', 'Arguments']);

export const givenMessageSchema = z
	.custom<Message | GivenMessage>(isRecord, 'a message must be an object with role and content')
	.superRefine((message, context) => {
		if (!hasKnownRole({ ...message })) {
			const known = 'use "user", "assistant", "system" or "tool"';
			const problem = 'role' in message ? 'this role is unknown' : 'the message has no role';
			const told = shapeProblem({ ...message }) ?? `${problem}: ${known}`;
			context.addIssue({ code: 'custom', path: ['role'], message: told });
		}
		for (const { url, path } of imagesIn(message)) {
			const problem = url === '' ? NO_URL : imageProblem(url);
			if (problem !== undefined) {
				context.addIssue({ code: 'custom', path: ['content', ...path], message: problem });
			}
		}
	});
