import { z } from 'zod/v4';
import { resumeSchema } from '../../../core/toolLoop/resumeState';
import { marksSchema } from '../checkpoint/loopMarks';

/** The key under which its Checkpoint Workflow stores it, and as which loop. */
export const storedSchema = marksSchema.extend({ key: z.string() });
export type Stored = z.output<typeof storedSchema>;

/**
 * One loop of a run as plain JSON: n8n stores it while a person is asked, even across a restart.
 * `resume` is set for a loop that waits, `done` for one that n8n's engine no longer takes part in.
 */
export const loopItemSchema = z.object({
	itemIndex: z.number().int(),
	/** The input items from which it was made. */
	from: z.array(z.number().int()),
	/** US dollars of the whole loop, over all runs of the node … */
	spentUsd: z.number(),
	/** … and those of the runs before this one: Max Cost is for one run. */
	beforeUsd: z.number(),
	/** What it depends on, for Reuse Results. */
	key: z.string().optional(),
	resume: resumeSchema.optional(),
	/** The stop from which it was taken, if its results came through the workflow. */
	took: z.string().optional(),
	stored: storedSchema.optional(),
	done: z
		.object({
			how: z.enum(['answered', 'calls', 'failed']),
			json: z.record(z.string(), z.unknown()),
		})
		.optional(),
});
export type LoopItem = z.output<typeof loopItemSchema>;
