import type { IExecuteFunctions } from 'n8n-workflow';

/** A line under the node's output, for the person who looks at the run. */
export function warn(context: IExecuteFunctions, message: string): void {
	// A node that is used as a tool has no output pane.
	if (!('addExecutionHints' in context)) return;
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}
