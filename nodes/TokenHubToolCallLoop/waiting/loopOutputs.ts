import { z } from 'zod/v4';
import type { INodeExecutionData } from 'n8n-workflow';
import { keptWithin } from '../../../core/toolLoop/kept/keptResults';
import type { PendingCall, ResumeState } from '../../../core/toolLoop/resumeState';
import { toItem } from '../../shared/run/runItems';
import type { LoopItem } from './loopItem';

/** An item of the output Tool Calls: one call, and everything needed to continue after it. */
export interface CallItem extends Pick<PendingCall, 'callId' | 'name' | 'needsApproval'> {
	/** The call's arguments: n8n refuses expressions with the word `arguments`. */
	args: unknown;
	stopReason: unknown;
	pendingToolCalls: unknown;
	resume: ResumeState;
}

/**
 * The only part of such an item that is trusted: anybody who can post to a webhook may have written the
 * rest.
 */
export const callSchema = z.object({ callId: z.string(), resume: z.object({ id: z.string() }) });

/**
 * The node's two outputs: answers, and failures for n8n to route; and one item for each call that the
 * workflow has to run.
 */
export function loopOutputs(loops: readonly LoopItem[]): INodeExecutionData[][] {
	const ended = loops.filter(({ done }) => done !== undefined && done.how !== 'calls');
	return [
		ended.map(({ done, from }) => toItem(done?.json ?? {}, from)),
		loops.filter(({ done }) => done?.how === 'calls').flatMap(callItems),
	];
}

/**
 * Characters of long results in each item: n8n stores every item of an execution. The execution itself
 * keeps all of them.
 */
const MOST_KEPT = 1_000_000;

function callItems({ done, resume, from }: LoopItem): INodeExecutionData[] {
	if (!resume) return [];
	const { stopReason, pendingToolCalls } = done?.json ?? {};
	const shown = resume.kept ? { ...resume, kept: keptWithin(resume.kept, MOST_KEPT) } : resume;
	return resume.pending.map(({ callId, name, arguments: args, needsApproval }) => {
		const asked = needsApproval ? { needsApproval } : {};
		const item: CallItem = {
			callId,
			name,
			args,
			...asked,
			stopReason,
			pendingToolCalls,
			resume: shown,
		};
		return toItem(item, from);
	});
}
