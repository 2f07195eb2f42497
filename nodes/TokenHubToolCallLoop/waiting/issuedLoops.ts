import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import {
	resumeSchema,
	type GivenResult,
	type ResumeState,
} from '../../../core/toolLoop/resumeState';
import { toDataObject } from '../../shared/run/output';

/**
 * The loops that wait for items of the output Tool Calls, by the id of their stop. They are in the
 * execution's own context, which n8n stores with it and no item can write: what comes back by the
 * workflow is believed in nothing but its ids.
 */
const issuedSchema = z.object({
	/** The calls that items may answer. */
	calls: z.array(z.string()),
	/** Those among them that an item may only approve or deny. */
	approvals: z.array(z.string()).default([]),
	/** Gone once the loop has gone on for good. */
	state: z.unknown().optional(),
	/** Those that came in earlier runs of the node. */
	results: z.array(resumeSchema.shape.results.unwrap().element),
	/** The run that took them all: n8n may try it again, but no other may pay for it twice. */
	takenBy: z.number().optional(),
});
export type Issued = z.output<typeof issuedSchema>;

export function issuedLoop(context: IExecuteFunctions, id: string): Issued | undefined {
	const store = context.getContext('node');
	return Object.hasOwn(store, id) ? issuedSchema.safeParse(store[id]).data : undefined;
}

/** Called when a loop leaves by the output Tool Calls. */
export function issue(context: IExecuteFunctions, resume: ResumeState): void {
	const { id, pending } = resume;
	const approvals = pending.filter(({ needsApproval }) => needsApproval === true);
	keep(context, id, {
		...{ calls: idsOf(pending), approvals: idsOf(approvals) },
		...{ state: resume, results: [] },
	});
}

const idsOf = (calls: ReadonlyArray<{ callId: string }>) => calls.map(({ callId }) => callId);

/** The loop with the results of its calls, for this run of the node to continue. */
export function take(
	context: IExecuteFunctions,
	{ id, issued, runIndex }: { id: string; issued: Issued; runIndex: number },
): ResumeState {
	keep(context, id, { ...issued, takenBy: runIndex });
	return { ...resumeSchema.parse(issued.state), results: issued.results };
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

/** At the end of a run that is not tried again: of the loops that it took, only the ids are left. */
export function forget(context: IExecuteFunctions, ids: readonly string[]): void {
	for (const id of ids) {
		const { takenBy } = issuedLoop(context, id) ?? {};
		keep(context, id, { calls: [], approvals: [], results: [], takenBy });
	}
}
