import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { isRecord } from '../../core/lib/isRecord';
import { readForm } from '../shared/item/itemReader';
import type { ResultItem } from '../shared/run/runItems';
import { usedAsTool } from '../shared/form/asTool';
import { labelNames, labelsForm } from './labelsForm';

const routingForm = z.object({
	...labelsForm,
	schemaSource: z.string().default('fields'),
});

/**
 * Items by the output that their label has, in the order of the form; what has no label of its own
 * leaves by the last one. Without Route by Label there is one output.
 */
export function routeItems(
	context: IExecuteFunctions,
	shown: ResultItem[],
): INodeExecutionData[][] {
	const items = shown.map(({ item }) => item);
	if (items.length === 0 || usedAsTool(context)) return [items];
	const { schemaSource, routeByLabel, severalLabels, ...labels } = readForm(
		context,
		0,
		routingForm,
	);
	if (schemaSource !== 'labels' || !routeByLabel || severalLabels) return [items];
	const outputs = [...labelNames(labels).map((name) => [name]), []].map((names) => ({
		names,
		items: new Array<INodeExecutionData>(),
	}));
	for (const { item, result } of shown) {
		const label = labelIn(result);
		const output = outputs.find(({ names }) => names.some((name) => name === label));
		(output ?? outputs.at(-1))?.items.push(item);
	}
	return outputs.map((output) => output.items);
}

/** Of the result, not of the fields beside it; a failed item has none. */
function labelIn(result: unknown): unknown {
	const output = isRecord(result) ? result.output : undefined;
	return isRecord(output) ? output.label : undefined;
}
