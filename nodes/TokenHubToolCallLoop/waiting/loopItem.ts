import { z } from 'zod/v4';
import { resumeSchema } from '../../../core/toolLoop/resumeState';

/**
 * One loop of a run as plain JSON: n8n keeps it while a person is asked, over a restart as well.
 * `resume` stands for a loop that waits, `done` for one that n8n's engine has no part in any more.
 */
export const loopItemSchema = z.object({
	itemIndex: z.number().int(),
	/** The input items that it was made of. */
	from: z.array(z.number().int()),
	/** US dollars of the whole loop, over all runs of the node … */
	spentUsd: z.number(),
	/** … and those of the runs before this one: Max Cost is for one run. */
	beforeUsd: z.number(),
	/** What it is made of, for Reuse Results. */
	key: z.string().optional(),
	resume: resumeSchema.optional(),
	/** The stop that it was taken from, when its results came through the workflow. */
	took: z.string().optional(),
	/** Under which its Checkpoint Workflow keeps it. */
	checkpointKey: z.string().optional(),
	done: z
		.object({
			how: z.enum(['answered', 'calls', 'failed']),
			json: z.record(z.string(), z.unknown()),
		})
		.optional(),
});
export type LoopItem = z.output<typeof loopItemSchema>;
