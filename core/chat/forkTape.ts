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
	const asked = exchanges.flatMap(({ request, answer }) => {
		const fork = conversationSchema.safeParse(request).data;
		return fork ? [{ fork, isAnswered: 'status' in answer && answer.status < 400 }] : [];
	});
	const loops = loopsOf(asked);
	const turns = loops[loop - 1] ?? [];
	const found = turns[turn - 1];
	if (found) return found.fork;
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

/** A request of a loop, and whether its turn was done with it. */
interface AskedTurn {
	fork: Fork;
	isAnswered: boolean;
}

/** Requests that continue each other; one that was sent again, also in another form, is the same turn. */
function loopsOf(asked: readonly AskedTurn[]): AskedTurn[][] {
	const loops: AskedTurn[][] = [];
	for (const request of asked) {
		const { fork } = request;
		const mine =
			loops.findLast((turns) => continues(turns.at(-1)?.fork, fork)) ??
			loops.findLast((turns) => shrinks(turns, fork));
		const last = mine?.at(-1);
		if (!mine || !last) loops.push([request]);
		else if (!last.isAnswered) mine.splice(-1, 1, request);
		else if (!isSame(last.fork.messages, fork.messages)) mine.push(request);
	}
	return loops;
}

function continues(before: Fork | undefined, { messages }: Fork): boolean {
	return before?.messages.every((message, at) => isSame(message, messages[at])) ?? false;
}

/** Where the conversation outgrew the model: what began it and its last turn are sent as they were. */
function shrinks(turns: readonly AskedTurn[], { messages }: Fork): boolean {
	const [first = [], last = []] = [turns[0], turns.at(-1)].map((turn) => turn?.fork.messages);
	if (last.length <= first.length) return false;
	const end = last.slice(last.findLastIndex(({ role }) => role === 'assistant'));
	const isThere = (message: Fork['messages'][number]) =>
		messages.some((one) => isSame(one, message));
	return [...first, ...end].every(isThere);
}
