import { z } from 'zod/v4';
import { TokenHubError } from '../../errors';
import { assertPriced } from '../../purse';
import { readInput } from '../../readInput';
import { callersAnswer } from '../callersAnswer';
import type { LoopRun } from '../loopRun';
import { offeredName } from '../offeredTools';
import { turnState } from './turnState';

export const turnChangeSchema = z.strictObject({
	/** The model that is asked in this turn. */
	model: z.string().min(1).optional(),
	/** Names of the tools that this turn offers; none where it is empty. */
	tools: z.array(z.string()).optional(),
	/** What the model must do in this turn. */
	toolChoice: z
		.union([z.enum(['auto', 'required', 'none']), z.strictObject({ name: z.string().min(1) })])
		.optional(),
	/** A message that is added to the conversation, as the user's. */
	message: z.string().min(1).optional(),
});

/**
 * What `beforeTurn` may change in one turn; the message stays in the conversation.
 * @interface
 */
export type TurnChange = z.input<typeof turnChangeSchema>;

/** Asks the caller what the next turn is to be. @throws TokenHubError `badConfig`, `cancelled` */
export async function changeTurn(run: LoopRun): Promise<void> {
	const { beforeTurn } = run.request;
	run.change = undefined;
	if (!beforeTurn) return;
	const given = await callersAnswer(run, 'beforeTurn', () => beforeTurn(turnState(run)));
	if (given === undefined || given === null) return;
	const change = readInput(turnChangeSchema, given, 'answer of beforeTurn');
	assertTools(run, change);
	assertPriced(
		run.client,
		change.model === undefined ? [] : [change.model],
		run.request.maxCostUsd,
	);
	run.change = change;
	if (change.message !== undefined) run.messages.push({ role: 'user', content: change.message });
}

function assertTools({ tools }: LoopRun, { tools: names, toolChoice }: TurnChange): void {
	const forced = typeof toolChoice === 'object' ? [toolChoice.name] : [];
	const unknown = [...(names ?? []), ...forced].find((name) => !offeredName(tools, name));
	if (unknown !== undefined) {
		throw new TokenHubError('badConfig', `beforeTurn names "${unknown}", which is not a tool.`);
	}
	const [choice] = forced;
	if (!names || choice === undefined || names.includes(choice)) return;
	throw new TokenHubError('badConfig', `beforeTurn forces "${choice}", and does not offer it.`);
}
