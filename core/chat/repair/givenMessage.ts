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

/** The messages, and the entries of the lists in which they keep parts, calls and results. */
function hasMorePieces(messages: unknown, most: number): boolean {
	let left = most;
	const take = (value: unknown, depth: number): void => {
		if (typeof value !== 'object' || value === null || left < 0) return;
		if (Array.isArray(value)) {
			// Numbers are those of bytes.
			for (const entry of value)
				if (typeof entry !== 'number' && (left -= 1) >= 0) take(entry, depth);
		} else if (depth < DEEPEST) {
			for (const key of PIECES)
				if (Object.hasOwn(value, key)) take(Reflect.get(value, key), depth + 1);
		}
	};
	take(messages, 0);
	return left < 0;
}

const DEEPEST = 4;
/** Other lists, such as bytes, embeddings or rows of a result, are copied as they are. */
const PIECES = [
	...['message', 'content', 'parts', 'items', 'blocks', 'contentBlocks', 'kwargs', 'data'],
	...['tool_calls', 'toolCalls', 'toolInvocations', 'additional_kwargs', 'toolResult', 'output'],
];

export const givenMessageSchema = z
	.custom<Message | GivenMessage>(isRecord, 'a message must be an object with role and content')
	.superRefine((message, context) => {
		if (!hasKnownRole({ ...message })) {
			const known = 'use "user", "assistant", "system" or "tool"';
			const told = shapeProblem({ ...message }) ?? `${roleProblem({ ...message })}: ${known}`;
			context.addIssue({ code: 'custom', path: ['role'], message: told });
		}
		for (const { url, path } of imagesIn(message)) {
			const problem = url === '' ? NO_URL : imageProblem(url);
			if (problem !== undefined) {
				context.addIssue({ code: 'custom', path: ['content', ...path], message: problem });
			}
		}
	});

function roleProblem({ role, type }: Record<string, unknown>): string {
	if (typeof role === 'string') return `the role ${JSON.stringify(role.slice(0, 60))} is unknown`;
	const named = typeof type === 'string' ? JSON.stringify(type.slice(0, 60)) : undefined;
	return `the message has no role${named === undefined ? '' : `, and its type ${named} is unknown`}`;
}
