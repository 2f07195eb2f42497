import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { numberProperty } from './numberProperty';

/** An empty number field is 0, and a model without a price would switch Max Cost off. */
const priceRow = z
	.object({
		model: z.string().trim().min(1, 'name the model'),
		inputUsd: z.number().min(0).default(0),
		outputUsd: z.number().min(0).default(0),
	})
	.refine(({ inputUsd, outputUsd }) => inputUsd + outputUsd > 0, 'give the prices of the model');

const usdPerMillion: INodeProperties['typeOptions'] = { numberPrecision: 6 };
const priceProperties: INodeProperties[] = [
	{
		displayName: 'Model ID',
		name: 'model',
		type: 'string',
		default: '',
		placeholder: 'e.g. anthropic/claude-next',
		description: 'Exactly as it is sent to TokenHub',
	},
	numberProperty(
		['Input (USD)', 'inputUsd', 0, 'US dollars per million prompt tokens'],
		usdPerMillion,
	),
	numberProperty(
		['Output (USD)', 'outputUsd', 0, 'US dollars per million completion tokens'],
		usdPerMillion,
	),
];

const field: Omit<INodeProperties, 'name'> = {
	displayName: 'Prices',
	type: 'fixedCollection',
	placeholder: 'Add Price',
	typeOptions: { multipleValues: true },
	default: {},
	description:
		"Prices of models that are not in TokenHub's price list: Max Cost needs one for each model. They override the list.",
	options: [{ displayName: 'Price', name: 'values', values: priceProperties }],
};

export const priceOption = {
	schema: z.object({ values: z.array(priceRow).default([]) }).prefault({}),
	field,
};
