import { z } from 'zod/v4';
import type { Message } from './messages';
import { givenMessageSchema, type GivenMessage } from './repair/givenMessage';
import { TokenHubError } from '../errors';
import { isSame } from '../lib/isSame';
import { readTape, type Tape } from '../recording/tape';

const conversationSchema = z.object({
	model: z.string(),
	messages: z.array(givenMessageSchema).min(1),
});

/** What a recorded loop asked in one of its turns, to be asked again differently. */
export interface Fork {
	/** The model that was asked. */
	model: string;
	/** The conversation until then. */
	messages: Array<Message | GivenMessage>;
}

/** A turn of a recorded loop. */
export interface Turn {
	/** From 1. */
	turn: number;
	/** Which loop, from 1, if the recording has several. */
	loop?: number;
}

/**
 * The conversation of a recorded loop as it was when a turn began, for `messages` of `runToolLoop`:
 * with another model, or with messages that you have changed. Earlier turns are not paid for again.
 * @throws TokenHubError `badConfig` if the recording has no such turn.
 */
export async function forkTape(tape: Tape, { turn, loop = 1 }: Turn): Promise<Fork> {
	const { exchanges } = await readTape(tape);
	const asked = exchanges.flatMap(
		({ request }) => conversationSchema.safeParse(request).data ?? [],
	);
	const loops = loopsOf(asked);
	const turns = loops[loop - 1] ?? [];
	const found = turns[turn - 1];
	if (found) return found;
	const has =
		turns.length === 0
			? `it holds ${countOf(loops.length, 'conversation')}`
			: `conversation ${loop} has ${countOf(turns.length, 'turn')}`;
	throw new TokenHubError(
		'badConfig',
		`The recording has no turn ${turn} of conversation ${loop}: ${has}.`,
		{ hint: 'Turns and conversations are counted from 1.' },
	);
}

const countOf = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Requests that continue each other; one that was repeated is the same turn. */
function loopsOf(asked: readonly Fork[]): Fork[][] {
	const loops: Fork[][] = [];
	for (const request of asked) {
		const mine = loops.findLast((turns) => continues(turns.at(-1), request));
		if (!mine) loops.push([request]);
		else if (mine.at(-1)?.messages.length !== request.messages.length) mine.push(request);
	}
	return loops;
}

function continues(before: Fork | undefined, { messages }: Fork): boolean {
	return before?.messages.every((message, at) => isSame(message, messages[at])) ?? false;
}
