import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { isRecord } from '../../core/isRecord';
import { readForm } from '../shared/item/itemReader';
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
	items: INodeExecutionData[],
): INodeExecutionData[][] {
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
	for (const item of items) {
		const label = labelIn(item.json);
		const output = outputs.find(({ names }) => names.some((name) => name === label));
		(output ?? outputs.at(-1))?.items.push(item);
	}
	return outputs.map((output) => output.items);
}

/** Nested under `output`, or merged into the item; a failed item has none. */
function labelIn(json: Record<string, unknown>): unknown {
	if ('error' in json) return undefined;
	return isRecord(json.output) ? json.output.label : json.label;
}
