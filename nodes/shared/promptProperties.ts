import type { INodeProperties } from 'n8n-workflow';
import { requiredField } from './requiredField';

/**
 * The field Prompt. Since version 2 of the nodes it is filled in with what the person wrote in the chat,
 * as in n8n's AI Agent: Chat Trigger hands that over as `chatInput`.
 */
export function promptProperties(
	placeholder: string,
	terms: Pick<INodeProperties, 'displayOptions' | 'required'> = {},
): INodeProperties[] {
	const property: INodeProperties = {
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		...terms,
		typeOptions: { rows: 4 },
		default: '',
		placeholder,
	};
	return requiredField(property, { default: '={{ $json.chatInput }}' });
}
