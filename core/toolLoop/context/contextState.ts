import { z } from 'zod/v4';
import type { Message } from '../../chat/messages';
import type { Step } from '../resumeState';

/** What becomes of old turns when a conversation outgrows its model. */
export const CONTEXT_MODES = ['off', 'stubs', 'summary'] as const;

/** Of what a gateway counts for each token that is estimated. */
export const RATES = { min: 0.8, max: 4 } as const;

const count = z.number().int().min(0);

/** Messages are counted from the start of the conversation, system messages aside. */
export const contextSchema = z.object({
	/** Before this message, tool results are sent as stubs. */
	stubsUntil: count.default(0),
	/** Sent in place of the messages before `until`. */
	summary: z.object({ until: count, text: z.string().min(1) }).optional(),
	/** Summaries that have failed. */
	failures: count.default(0),
	/** Tokens that the model takes, where a refusal has told. */
	limit: count.min(1).optional(),
	/** What the gateway counts for each token that is estimated. */
	rate: z.number().min(RATES.min).max(RATES.max).default(1),
});

/** Which part of a conversation is sent in another form, as plain JSON. */
export type ContextState = z.output<typeof contextSchema>;

/** What a run knows of its context. */
export interface Context {
	state: ContextState;
	/** By the message that they stand for: the same object each time, so that it is read once. */
	stubs: Map<Message, Message>;
	/** Those of the run. */
	steps: readonly Step[];
}

export function openContext(
	steps: readonly Step[],
	state: ContextState = contextSchema.parse({}),
): Context {
	return { state: { ...state }, stubs: new Map(), steps };
}
