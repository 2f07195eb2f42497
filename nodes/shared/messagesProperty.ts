import type { INodeProperties } from 'n8n-workflow';
import { requiredField } from './requiredField';

/** A conversation row by row. */
export const messagesProperty: INodeProperties = {
	displayName: 'Messages',
	name: 'messages',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Message', sortable: true },
	default: { values: [{ role: 'user', content: '' }] },
	placeholder: 'Add Message',
	options: [
		{
			displayName: 'Message',
			name: 'values',
			values: [
				{
					displayName: 'Role',
					name: 'role',
					type: 'options',
					default: 'user',
					options: [
						{ name: 'User', value: 'user', description: 'What the model is asked' },
						{ name: 'Assistant', value: 'assistant', description: 'What the model said before' },
						{ name: 'System', value: 'system', description: 'What the model is to be' },
					],
				},
				...requiredField({
					displayName: 'Content',
					name: 'content',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
				}),
			],
		},
	],
};
