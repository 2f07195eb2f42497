import { z } from 'zod/v4';

export const TOOL_SEARCH = ['auto', 'on', 'off'] as const;

const modeSchema = z.enum(TOOL_SEARCH);

/** About what five servers with many tools take of each request. */
const THRESHOLD_TOKENS = 10_000;

const termsSchema = z.strictObject({
	/** By default `auto`. */
	mode: modeSchema.default('auto'),
	/** Names of tools that are always offered. */
	pinned: z.array(z.string()).default([]),
	/** With `auto`: tokens of all definitions from which on they are looked for, estimated. */
	thresholdTokens: z.number().int().min(0).default(THRESHOLD_TOKENS),
});

export const toolSearchSchema = z.union([modeSchema, termsSchema]);

export type ToolSearchTerms = z.output<typeof termsSchema>;

export function readToolSearch(given: z.output<typeof toolSearchSchema>): ToolSearchTerms {
	return typeof given === 'string' ? termsSchema.parse({ mode: given }) : given;
}
