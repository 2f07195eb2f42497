import { z } from 'zod/v4';
import { messageSchema } from '../chat/messages';

const usageSchema = z.object({
	promptTokens: z.number(),
	completionTokens: z.number(),
	totalTokens: z.number(),
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
});

/**
 * A loop that waits for somebody else's tool results, as plain JSON: store it, send it, and hand it
 * back as `resume` with one entry in `results` for each pending call.
 */
export const resumeSchema = z.object({
	version: z.literal(1),
	messages: z.array(messageSchema),
	steps: z.array(stepSchema),
	iterations: z.number().int(),
	spending: z.object({
		usage: usageSchema,
		costUsd: z.number().nullable(),
		requests: z.number(),
		retries: z.number(),
	}),
	callCounts: z.record(z.string(), z.number()),
	/** Calls of the last turn that have run already, by id. */
	settled: z.record(z.string(), z.string()),
	pending: z.array(pendingCallSchema),
	results: z
		.array(
			z.object({
				callId: z.string(),
				result: z.unknown().optional(),
				error: z.string().optional(),
			}),
		)
		.default([]),
});

export type ResumeState = z.output<typeof resumeSchema>;
/** One tool call that was run or refused: `result` or `error`, never both. */
export type Step = z.output<typeof stepSchema>;
export type PendingCall = z.output<typeof pendingCallSchema>;
