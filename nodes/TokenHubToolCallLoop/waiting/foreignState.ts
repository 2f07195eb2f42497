import { TokenHubError } from '../../../core/errors';
import type { ToolLoopRequest } from '../../../core/toolLoop/loopRequest';
import type { EngineTool } from '../tools/engineTool';

/**
 * What becomes of a call behind a human review, n8n's engine says alone: a state from elsewhere may
 * leave such a call open, and the person is asked then.
 * @throws TokenHubError `badConfig`, before any request.
 */
export function assertNoDecision(
	state: ToolLoopRequest['resume'],
	engineTools: ReadonlyMap<string, EngineTool>,
): void {
	const { pending = [], results = [] } = state ?? {};
	const names = new Map(pending.map(({ callId, name }) => [callId, name]));
	const failures = results.flatMap(({ callId }, index) => {
		const name = names.get(callId) ?? '';
		if (engineTools.get(name)?.gatedNode === undefined) return [];
		const message = `a person decides on "${name}", by its review in n8n`;
		return [{ path: `/results/${index}`, message }];
	});
	const [first] = failures;
	if (!first) return;
	throw new TokenHubError('badConfig', `Resume From (JSON): "${first.path}": ${first.message}.`, {
		failures,
		hint: 'Leave calls of reviewed tools out of "results": n8n asks the person when the loop continues.',
	});
}

/**
 * Calls that had begun run again when a loop continues, with the arguments of the state: only a state
 * that the node has kept itself, by its Checkpoint Workflow, may hold them.
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
