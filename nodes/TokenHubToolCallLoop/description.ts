import type { INodeProperties } from 'n8n-workflow';
import { modelProperty } from '../shared/modelProperty';
import { optionsProperty } from '../shared/optionsProperty';
import { maxTokensProperty } from '../shared/samplingProperties';
import { systemMessageProperty } from '../shared/systemMessageProperty';
import { options } from './options';
import { toolsProperty } from './toolsProperty';

/** The form. */
export const properties: INodeProperties[] = [
	modelProperty,
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Answer this customer: {{ $json.message }}',
	},
	systemMessageProperty,
	toolsProperty,
	maxTokensProperty,
	optionsProperty(options),
];
