import type { INodeProperties } from 'n8n-workflow';

/** Sets the model's task and manner; one text, as TokenHub advises. */
export const systemMessageProperty: INodeProperties = {
	displayName: 'System Message',
	name: 'systemMessage',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. You answer customers of a bike shop, briefly and in their language.',
	description: 'Who the model is and how it should answer',
};
