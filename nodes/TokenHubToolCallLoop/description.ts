import { NodeConnectionTypes, type INodeTypeDescription } from 'n8n-workflow';
import { CREDENTIAL } from '../shared/openClient';
import { modelProperty } from '../shared/modelProperty';
import { maxTokensProperty } from '../shared/samplingProperties';
import { systemMessageProperty } from '../shared/systemMessageProperty';
import { options } from './options';
import { toolsProperty } from './toolsProperty';

export const description: INodeTypeDescription = {
	displayName: 'TokenHub Tool Call Loop',
	name: 'tokenHubToolCallLoop',
	icon: { light: 'file:../shared/tokenhub.svg', dark: 'file:../shared/tokenhub.dark.svg' },
	group: ['transform'],
	version: 1,
	subtitle: '={{ $parameter["model"].value || $parameter["model"] }}',
	description: 'An agent: a Claude model that calls your tools until it can answer',
	defaults: { name: 'TokenHub Tool Call Loop' },
	usableAsTool: true,
	inputs: [
		NodeConnectionTypes.Main,
		{ type: NodeConnectionTypes.AiTool, displayName: 'Tools', required: false },
	],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: CREDENTIAL, required: true, testedBy: 'tokenHubApiTest' }],
	properties: [
		modelProperty,
		{
			displayName: 'Prompt',
			name: 'prompt',
			type: 'string',
			required: true,
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. Answer this customer: {{ $json.message }}',
		},
		systemMessageProperty,
		toolsProperty,
		maxTokensProperty,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options,
		},
	],
};
