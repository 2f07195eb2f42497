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
 * Items by the output of their label, in the order of the form; items without a label leave through the
 * last one. Without Route by Label, there is one output.
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

/** From the result, not from the fields next to it; a failed item has none. */
function labelIn(result: unknown): unknown {
	const output = isRecord(result) ? result.output : undefined;
	return isRecord(output) ? output.label : undefined;
}
