import type { IExecuteFunctions, ISupplyDataFunctions } from 'n8n-workflow';
import { perObject } from '../../core/perObject';

const warnings = perObject<IExecuteFunctions | ISupplyDataFunctions, Set<string>>(() => new Set());

/** A line under the node's output, for the person who looks at the run; the same words stand there once. */
export function warn(context: IExecuteFunctions | ISupplyDataFunctions, message: string): void {
	const said = warnings(context);
	// A node that is used as a tool has no output pane.
	if (said.has(message) || !('addExecutionHints' in context)) return;
	said.add(message);
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}

/** What was said in one call of the node: n8n drops it where the call ends in a request to its engine. */
export function warningsOf(context: IExecuteFunctions): string[] {
	return [...warnings(context)];
}
