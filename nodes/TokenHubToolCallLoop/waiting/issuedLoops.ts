import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import {
	resumeSchema,
	type GivenResult,
	type ResumeState,
} from '../../../core/toolLoop/resumeState';
import { storedSchema, type Stored } from './loopItem';
import { toDataObject } from '../../shared/run/output';

/**
 * The loops that wait for items of the output Tool Calls, by the id of their stop. They are in the
 * execution's own context, which n8n stores and no item can write: of what comes back through the
 * workflow, only the ids are trusted.
 */
const issuedSchema = z.object({
	/** The calls that items may answer. */
	calls: z.array(z.string()),
	/** Those that an item may only approve or deny. */
	approvals: z.array(z.string()).default([]),
	/** Removed once the loop has continued for good. */
	state: z.unknown().optional(),
	/** Its last state in the run that took it: what it has done is not repeated when n8n retries. */
	progress: z.unknown().optional(),
	stored: storedSchema.optional(),
	/** Results that arrived in earlier runs of the node. */
	results: z.array(resumeSchema.shape.results.unwrap().element),
	/** The run that took them all: n8n may retry it, but no other run may pay for it again. */
	takenBy: z.number().optional(),
});
export type Issued = z.output<typeof issuedSchema>;

export function issuedLoop(context: IExecuteFunctions, id: string): Issued | undefined {
	const store = context.getContext('node');
	return Object.hasOwn(store, id) ? issuedSchema.safeParse(store[id]).data : undefined;
}

const pendingSchema = z.object({
	pending: z.array(z.object({ callId: z.string(), name: z.string() })),
});

/** The calls that no item has answered yet. */
export function waitingCalls(
	context: IExecuteFunctions,
): z.output<typeof pendingSchema>['pending'] {
	return Object.values(context.getContext('node')).flatMap((kept) => {
		const { takenBy, state, results } = issuedSchema.safeParse(kept).data ?? { takenBy: 0 };
		if (takenBy !== undefined) return [];
		const { pending = [] } = pendingSchema.safeParse(state).data ?? {};
		return pending.filter(({ callId }) => !results?.some((given) => given.callId === callId));
	});
}

/** Called when a loop leaves through the output Tool Calls. */
export function issue(
	context: IExecuteFunctions,
	{ resume, stored }: { resume: ResumeState; stored?: Stored },
): void {
	const { id, pending } = resume;
	const approvals = pending.filter(({ needsApproval }) => needsApproval === true);
	keep(context, id, {
		...{ calls: idsOf(pending), approvals: idsOf(approvals) },
		...{ state: resume, results: [], stored },
	});
}

const idsOf = (calls: ReadonlyArray<{ callId: string }>) => calls.map(({ callId }) => callId);

/** The loop with the results of its calls, for this run of the node to continue. */
export function resumeIssued(
	context: IExecuteFunctions,
	{ id, issued, runIndex }: { id: string; issued: Issued; runIndex: number },
): ResumeState {
	keep(context, id, { ...issued, takenBy: runIndex });
	if (issued.progress !== undefined) return resumeSchema.parse(issued.progress);
	return { ...resumeSchema.parse(issued.state), results: issued.results };
}

/** Called at each checkpoint of a loop that was taken. */
export function keepProgress(context: IExecuteFunctions, id: string, progress: ResumeState): void {
	const issued = issuedLoop(context, id);
	if (issued) keep(context, id, { ...issued, progress });
}

export function keepResults(
	context: IExecuteFunctions,
	{ id, issued, results }: { id: string; issued: Issued; results: GivenResult[] },
): Issued {
	const next = { ...issued, results };
	keep(context, id, next);
	return next;
}

function keep(context: IExecuteFunctions, id: string, issued: Issued): void {
	context.getContext('node')[id] = toDataObject(issued);
}

/** At the end of a run that is not retried: only the ids of the loops that it took remain. */
export function forget(context: IExecuteFunctions, ids: readonly string[]): void {
	for (const id of ids) {
		const { takenBy } = issuedLoop(context, id) ?? {};
		keep(context, id, { calls: [], approvals: [], results: [], takenBy });
	}
}
