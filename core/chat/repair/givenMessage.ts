import { z } from 'zod/v4';
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
