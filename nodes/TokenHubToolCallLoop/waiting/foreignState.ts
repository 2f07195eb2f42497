import { TokenHubError } from '../../../core/errors';
import type { ToolLoopRequest } from '../../../core/toolLoop/loopRequest';
import type { Tool } from '../../../core/toolLoop/tool';
import type { EngineTool } from '../tools/engineTool';

/**
 * Only n8n's engine decides about a call behind a human review, and a call that Approve When is about
 * is approved by an item of this execution: a state from elsewhere may leave such calls open, and the
 * person is then asked.
 * @throws TokenHubError `badConfig`, before any request.
 */
export function assertNoDecision(
	state: ToolLoopRequest['resume'],
	{ engineTools, tools }: Deciding,
): void {
	const { pending = [], results = [] } = state ?? {};
	const names = new Map(pending.map(({ callId, name }) => [callId, name]));
	const failures = results.flatMap(({ callId, approved }, index) => {
		const name = names.get(callId) ?? '';
		const isReviewed = engineTools.get(name)?.gatedNode !== undefined;
		const runsHere =
			approved === true && tools.some((tool) => tool.name === name && tool.execute !== undefined);
		if (!isReviewed && !runsHere) return [];
		const message = `a person decides on "${name}", in this execution`;
		return [{ path: `/results/${index}`, message }];
	});
	const [first] = failures;
	if (!first) return;
	throw new TokenHubError('badConfig', `Resume From (JSON): "${first.path}": ${first.message}.`, {
		failures,
		hint: 'Leave such calls out of "results": the person is asked when the loop continues.',
	});
}

interface Deciding {
	engineTools: ReadonlyMap<string, EngineTool>;
	tools: readonly Tool[];
}

/**
 * Calls that had started run again when a loop continues, with the arguments of the state: only a state
 * that the node itself has stored, through its Checkpoint Workflow, may contain them.
 * @throws TokenHubError `badConfig`, before any request.
 */
export function assertNothingBegun(state: ToolLoopRequest['resume']): void {
	if (!state?.unfinished?.length) return;
	const message = 'calls that had begun come from the Checkpoint Workflow only';
	throw new TokenHubError('badConfig', `Resume From (JSON): "/unfinished": ${message}.`, {
		failures: [{ path: '/unfinished', message }],
		hint: 'Set Checkpoint Workflow, which returns the state, and leave Resume From empty.',
	});
}
