import { z } from 'zod/v4';
import { ERROR_KINDS } from '../errors';
import { contextSchema } from './context/contextState';
import { keptSchema, keptStepSchema } from './kept/keptState';
import { contentSchema, messageSchema } from '../chat/messages';

/** A state may come from anywhere: a counter below zero would widen the limit that reads it. */
const count = z.number().int().min(0);

const usageSchema = z.object({
	promptTokens: count,
	completionTokens: count,
	totalTokens: count,
});

const estimatedSchema = z.object({ totalTokens: count, costUsd: z.number().min(0).nullable() });

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
	requests: count,
	retries: count,
	fallbacks: z.array(fallbackSchema).optional(),
});

const stepSchema = z.object({
	/** The request that the call came from, from 1. */
	iteration: count,
	/** Name of the tool. */
	tool: z.string(),
	/** The id of the call. */
	callId: z.string(),
	/** What the model gave. */
	arguments: z.unknown(),
	/** What the tool gave. */
	result: z.unknown().optional(),
	/** What the model was told instead of a result. */
	error: z.string().optional(),
	/** Milliseconds. */
	durationMs: z.number().min(0),
	/** Where the result was too long to show: the name under which the model can read it. */
	kept: keptStepSchema.optional(),
	/** Since which request the result is no longer sent as it is, and what stands in its place. */
	leftOut: z.object({ iteration: count, as: z.enum(['stub', 'summary']) }).optional(),
	/** What the tool itself has paid for, where it asked models: it is in the sums of the loop. */
	spending: spendingSchema.optional(),
	/** The tool calls of loops that the tool has run, in the same form. */
	steps: z.array(z.unknown()).optional(),
});

const pendingCallSchema = z.object({
	/** The id of the call. */
	callId: z.string(),
	/** Name of the tool. */
	name: z.string(),
	/** Valid against the tool's schema. */
	arguments: z.unknown(),
	/** A person has to say whether it may run. */
	needsApproval: z.literal(true).optional(),
});

const unfinishedSchema = z.object({
	/** The id of the call. */
	callId: z.string(),
	/** Whether it had begun: then nobody knows whether it ran. */
	begun: z.boolean(),
	/** A last word to the model. */
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
	/** What the tool gave. */
	result: z.unknown().optional(),
	/** Or why it failed, which the model reads. */
	error: z.string().optional(),
	/** For calls that need approval; with `true` and no result, the loop runs the tool itself. */
	approved: z.boolean().optional(),
	/** What the person said about it. */
	reason: z.string().optional(),
	/** What the tool has paid for, where it asked models: the loop adds it to its sums. */
	spending: spendingSchema.optional(),
});

export const resumeSchema = z.object({
	/** Of this form. */
	version: z.literal(1),
	/** New for each stop. */
	id: z.string(),
	/** The conversation as it was sent. */
	messages: z.array(messageSchema).min(1),
	/** How many messages, system messages aside, stood before the question of this run. */
	history: count.default(0),
	/** Those of the turns before the one that waits. */
	steps: z.array(stepSchema),
	/** Requests that offered tools. */
	iterations: count,
	/** What it has cost so far. */
	spending: spendingSchema,
	/** The model that answered last. */
	model: z.string(),
	/** Milliseconds that the loop itself took, without the waiting. */
	elapsedMs: z.number().min(0),
	/** How often each very call was made, by name and arguments. */
	callCounts: z.record(z.string(), count),
	/** With tool search: names of the tools that were found. */
	loaded: z.array(z.string()).optional(),
	/** Which part of the conversation is sent in another form. */
	context: contextSchema.optional(),
	/** Results that were too long to show. */
	kept: keptSchema.optional(),
	/** Whether the model insisted on a repeated call in the turn that waits. */
	stuck: z.boolean(),
	/** Calls of that turn that are done. */
	settled: z.array(settledCallSchema),
	/** Calls that wait. */
	pending: z.array(pendingCallSchema.extend({ nudge: z.string().optional() })),
	/** Of a checkpoint: calls of that turn that the loop itself runs. */
	unfinished: z.array(unfinishedSchema).optional(),
	/** Set in what `onCheckpoint` is given: it can be resumed without results. */
	checkpoint: z.literal(true).optional(),
	/** Answers in a row that were cut. */
	cuts: count.optional(),
	/** For the caller to fill in. */
	results: z.array(resultSchema).default([]),
});

/**
 * A loop that waits for somebody else's tool results, or a checkpoint of one that runs, as plain JSON:
 * store it, send it, and hand it back as `resume`, with entries in `results`. Calls without an entry
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
 * What came of a pending call.
 * @interface
 */
export type GivenResult = z.output<typeof resultSchema>;
/**
 * A call that is done: what the model reads, and what the output shows.
 * @interface
 */
export type SettledCall = z.output<typeof settledCallSchema>;
