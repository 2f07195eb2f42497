import type { IExecuteFunctions } from 'n8n-workflow';
import { safely } from '../../core/toolLoop/safely';

/** How often the node has run before in this execution. */
export function runIndexOf(context: IExecuteFunctions): number {
	const value: unknown = context.evaluateExpression('{{ $runIndex }}', 0);
	return typeof value === 'number' ? value : 0;
}

/**
 * The item of this node, from an earlier run, that an input item descends from: n8n's paired items
 * lead back to it through nodes that keep none of its fields. Undefined where they do not.
 */
export async function pairedJson(context: IExecuteFunctions, itemIndex: number): Promise<unknown> {
	const name = JSON.stringify(context.getNode().name);
	const expression = `{{ $(${name}).item.json }}`;
	const read = await safely(() => context.evaluateExpression(expression, itemIndex));
	return read.ok ? read.value : undefined;
}
