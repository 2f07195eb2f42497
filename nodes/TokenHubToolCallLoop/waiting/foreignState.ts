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
