import { z } from 'zod/v4';
import { contentSchema, messageSchema } from '../chat/messages';
import { ERROR_KINDS } from '../errorKinds';

/** A state may come from anywhere: a negative counter would raise the limit that reads it. */
const wholeNumber = z.number().int().min(0);

/** What a gateway may count for each estimated token. */
export const RATES = { min: 0.8, max: 4 } as const;

/** Message positions count from the start of the conversation, without system messages. */
export const contextSchema = z.object({
	/** Before this message, tool results are sent as stubs. */
	stubsUntil: wholeNumber.default(0),
	/** Sent in place of the messages before `until`. */
	summary: z.object({ until: wholeNumber, text: z.string().min(1) }).optional(),
	/** How many summaries have failed. */
	failures: wholeNumber.default(0),
	/** The model's context in tokens, if a refusal named it. */
	limit: wholeNumber.min(1).optional(),
	/** What the gateway counts for each estimated token. */
	rate: z.number().min(RATES.min).max(RATES.max).default(1),
});

const nameSchema = z.string().regex(/^r[1-9]\d{0,8}$/, 'it is not the name of a kept result');

/** The number of the call whose result has this name. */
export function numberOf(name: string): number {
	return Number(name.slice(1));
}

/** The name under which a result is kept, and its length. */
const keptStepSchema = z.object({
	name: nameSchema,
	/** Characters of the whole result. */
	characters: wholeNumber.min(1),
});

const keptSchema = z.object({
	/** The results that can be read. */
	results: z.array(
		z.object({
			name: nameSchema,
			/** The id of the call. */
			callId: z.string(),
			text: z.string().min(1),
			isJson: z.boolean(),
		}),
	),
	/** Results up to this number are no longer kept. */
	gone: wholeNumber,
	/** Those of them that the model has not been told about. */
	untold: z.array(wholeNumber.min(1)),
});

const usageSchema = z.object({
	promptTokens: wholeNumber,
	completionTokens: wholeNumber,
	totalTokens: wholeNumber,
});

const estimatedSchema = z.object({
	totalTokens: wholeNumber,
	costUsd: z.number().min(0).nullable(),
});

const fallbackSchema = z.object({
	model: z.string(),
	kind: z.enum(ERROR_KINDS),
	message: z.string(),
});

const spendingSchema = z.object({
	usage: usageSchema,
	costUsd: z.number().min(0).nullable(),
	reportedCostUsd: z.number().min(0).nullable().optional(),
	estimated: estimatedSchema.optional(),
	requests: wholeNumber,
	retries: wholeNumber,
	fallbacks: z.array(fallbackSchema).optional(),
});

const stepSchema = z.object({
	/** The request that the call came from, from 1. */
	iteration: wholeNumber,
	/** Name of the tool. */
	tool: z.string(),
	/** The id of the call. */
	callId: z.string(),
	/** The arguments as the model wrote them. */
	arguments: z.unknown(),
	/** What the tool returned. */
	result: z.unknown().optional(),
	/** What the model read instead of a result. */
	error: z.string().optional(),
	/** Milliseconds. */
	durationMs: z.number().min(0),
	/** If the result was too long to show: the name under which the model can read it. */
	kept: keptStepSchema.optional(),
	/** From which request on the result is no longer sent in full, and what replaces it. */
	leftOut: z.object({ iteration: wholeNumber, as: z.enum(['stub', 'summary']) }).optional(),
	/** What the tool itself has paid for if it asked models: included in the loop's totals. */
	spending: spendingSchema.optional(),
	/** The tool calls of loops that the tool has run, in the same format. */
	steps: z.array(z.unknown()).optional(),
});

const pendingCallSchema = z.object({
	/** The id of the call. */
	callId: z.string(),
	/** Name of the tool. */
	name: z.string(),
	/** Valid against the tool's schema. */
	arguments: z.unknown(),
	/** Whether a person has to decide if it may run. */
	needsApproval: z.literal(true).optional(),
});

const unfinishedSchema = z.object({
	/** The id of the call. */
	callId: z.string(),
	/** Whether it had started: then nobody knows whether it ran. */
	begun: z.boolean(),
	/** A note to the model at the end of the result. */
	nudge: z.string().optional(),
});

const settledCallSchema = z.object({
	/** What the model reads. */
	content: contentSchema,
	/** What the output shows. */
	step: stepSchema,
});

const resultSchema = z.strictObject({
	/** The id of the pending call. */
	callId: z.string(),
	/** What the tool returned. */
	result: z.unknown().optional(),
	/** Or why it failed, which the model reads. */
	error: z.string().optional(),
	/** For calls that need approval; with `true` and no result, the loop runs the tool itself. */
	approved: z.boolean().optional(),
	/** What the person said about it. */
	reason: z.string().optional(),
	/** What the tool has paid for if it asked models: added to the loop's totals. */
	spending: spendingSchema.optional(),
});

export const resumeSchema = z.object({
	/** The version of this format. */
	version: z.literal(1),
	/** New for each stop. Let your store accept it once: a state that is resumed twice runs its approved calls twice. */
	id: z.string(),
	/** The conversation as it was sent. */
	messages: z.array(messageSchema).min(1),
	/** How many messages, not counting system messages, came before the question of this run. */
	history: wholeNumber.default(0),
	/** The steps of the turns before the waiting one. */
	steps: z.array(stepSchema),
	/** Requests that offered tools. */
	iterations: wholeNumber,
	/** The cost so far. */
	spending: spendingSchema,
	/** The model that answered last. */
	model: z.string(),
	/** Milliseconds that the loop itself took, without waiting. */
	elapsedMs: z.number().min(0),
	/** How often each identical call was made, by name and arguments. */
	callCounts: z.record(z.string(), wholeNumber),
	/** With tool search: names of the tools that were found. */
	loaded: z.array(z.string()).optional(),
	/** Which part of the conversation is sent in another form. */
	context: contextSchema.optional(),
	/** Results that were too long to show. */
	kept: keptSchema.optional(),
	/** Whether the model insisted on a repeated call in the waiting turn. */
	stuck: z.boolean(),
	/** Finished calls of that turn. */
	settled: z.array(settledCallSchema),
	/** Waiting calls. */
	pending: z.array(pendingCallSchema.extend({ nudge: z.string().optional() })),
	/** In a checkpoint: calls of that turn that the loop itself runs. */
	unfinished: z.array(unfinishedSchema).optional(),
	/** Set in states that `onCheckpoint` gets: they can be resumed without results. */
	checkpoint: z.literal(true).optional(),
	/** Consecutive answers that were cut off. */
	cuts: wholeNumber.optional(),
	/** For the caller to fill in. */
	results: z.array(resultSchema).default([]),
});

/**
 * A loop that waits for somebody else's tool results, or a checkpoint of a running one, as plain JSON:
 * store it, send it, and pass it back as `resume`, with entries in `results`. Calls without an entry
 * stay pending.
 * @interface
 */
export type ResumeState = z.output<typeof resumeSchema>;
/**
 * One tool call that was run or refused: `result` or `error`, never both.
 * @interface
 */
export type Step = z.output<typeof stepSchema>;
/**
 * A call that somebody else has to run or to approve.
 * @interface
 */
export type PendingCall = z.output<typeof pendingCallSchema>;
/**
 * The outcome of a pending call.
 * @interface
 */
export type GivenResult = z.output<typeof resultSchema>;
/**
 * A finished call: what the model reads, and what the output shows.
 * @interface
 */
export type SettledCall = z.output<typeof settledCallSchema>;

/** Which part of a conversation is sent in another form, as plain JSON. */
export type ContextState = z.output<typeof contextSchema>;

/** Results that the model can read, as plain JSON. */
export type KeptState = z.output<typeof keptSchema>;

export type KeptResult = KeptState['results'][number];
