import { z } from 'zod/v4';
import { ERROR_KINDS } from '../errors';
import { contentSchema, messageSchema } from '../chat/messages';

const usageSchema = z.object({
	promptTokens: z.number(),
	completionTokens: z.number(),
	totalTokens: z.number(),
});

const fallbackSchema = z.object({
	model: z.string(),
	kind: z.enum(ERROR_KINDS),
	message: z.string(),
});

const stepSchema = z.object({
	iteration: z.number(),
	tool: z.string(),
	callId: z.string(),
	arguments: z.unknown(),
	result: z.unknown().optional(),
	error: z.string().optional(),
	durationMs: z.number(),
});

const pendingCallSchema = z.object({
	callId: z.string(),
	name: z.string(),
	arguments: z.unknown(),
	/** A person has to say whether it may run. */
	needsApproval: z.literal(true).optional(),
});

const settledCallSchema = z.object({ content: contentSchema, step: stepSchema });

const resultSchema = z.strictObject({
	callId: z.string(),
	result: z.unknown().optional(),
	error: z.string().optional(),
	/** For calls that need approval; with `true` and no result, the loop runs the tool itself. */
	approved: z.boolean().optional(),
	/** What the person said about it. */
	reason: z.string().optional(),
});

/**
 * A loop that waits for somebody else's tool results, as plain JSON: store it, send it, and hand it
 * back as `resume` with entries in `results`. Calls without an entry stay pending.
 */
export const resumeSchema = z.object({
	version: z.literal(1),
	/** New for each stop. */
	id: z.string(),
	messages: z.array(messageSchema).min(1),
	/** How many messages, system messages aside, stood before the question of this run. */
	history: z.number().int().default(0),
	/** Those of the turns before the one that waits. */
	steps: z.array(stepSchema),
	iterations: z.number().int(),
	spending: z.object({
		usage: usageSchema,
		costUsd: z.number().nullable(),
		requests: z.number(),
		retries: z.number(),
		fallbacks: z.array(fallbackSchema).optional(),
	}),
	model: z.string(),
	/** Time that the loop itself took, without the waiting. */
	elapsedMs: z.number(),
	callCounts: z.record(z.string(), z.number()),
	/** Whether the model insisted on a repeated call in the turn that waits. */
	stuck: z.boolean(),
	/** Calls of that turn that are done. */
	settled: z.array(settledCallSchema),
	pending: z.array(pendingCallSchema.extend({ nudge: z.string().optional() })).min(1),
	results: z.array(resultSchema).default([]),
});

export type ResumeState = z.output<typeof resumeSchema>;
/** One tool call that was run or refused: `result` or `error`, never both. */
export type Step = z.output<typeof stepSchema>;
/** A call that somebody else has to run or to approve. */
export type PendingCall = z.output<typeof pendingCallSchema>;
export type GivenResult = z.output<typeof resultSchema>;
/** A call that is done: what the model reads, and what the output shows. */
export type SettledCall = z.output<typeof settledCallSchema>;
