import type { IExecuteFunctions } from 'n8n-workflow';
import { TokenHubError } from '../../core/errors';

/** Whether the node is a tool of another agent: n8n then gives it no inputs, and takes no waiting. */
export function usedAsTool(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool');
}

/** @throws TokenHubError `badConfig` that names the tool, when nothing can be waited for. */
export function assertMayWait(context: IExecuteFunctions, tool: string): void {
	if (!usedAsTool(context)) return;
	const message = `The tool "${tool}" has to wait for others, which a loop used as a tool cannot do.`;
	throw new TokenHubError('badConfig', message, {
		hint: 'Connect manual tools and tools behind approval to a loop in the workflow itself.',
	});
}
