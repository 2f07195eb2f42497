import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { valueOrReason } from '../../../core/messageOf';
import { nodeOf } from '../../shared/item/itemRun';

const itemSchema = z.object({ json: z.unknown() });

/**
 * The item of this node, from an earlier run, that an input item descends from: n8n's paired items
 * lead back to it through nodes that keep none of its fields. Undefined where they do not.
 */
export async function pairedJson(context: IExecuteFunctions, itemIndex: number): Promise<unknown> {
	// `$('name').item` refuses a node's own name.
	const words = [nodeOf(context).name, context.getInputSourceData(), { item: itemIndex }];
	const terms = words.map((word) => JSON.stringify(word)).join(', ');
	const expression = `{{ $getPairedItem(${terms}) }}`;
	const read = await valueOrReason(() => context.evaluateExpression(expression, itemIndex));
	return read.ok ? itemSchema.safeParse(read.value).data?.json : undefined;
}
