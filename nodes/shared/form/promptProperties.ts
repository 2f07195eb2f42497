import type { INodeProperties, NodeHint } from 'n8n-workflow';
import { requiredField } from './properties';

/**
 * The field Prompt. Since version 2 of the nodes, it contains the chat message by default, as in n8n's
 * AI Agent: Chat Trigger passes it on as `chatInput`.
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

/** What the model does and how; one text, as TokenHub advises. */
export const systemMessageProperty: INodeProperties = {
	displayName: 'System Message',
	name: 'systemMessage',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. You answer customers of a bike shop, briefly and in their language.',
	description: 'Who the model is and how it should answer',
};

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
						{ name: 'User', value: 'user', description: 'What you ask the model' },
						{ name: 'Assistant', value: 'assistant', description: 'What the model said before' },
						{ name: 'System', value: 'system', description: 'How the model should behave' },
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

/** Before anything is paid for: warns about an expression that would be sent literally. */
export const bracesHint: NodeHint = {
	message:
		'{{ … }} will be sent as plain text. Switch the field from <b>Fixed</b> to <b>Expression</b>.',
	type: 'warning',
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
	displayCondition:
		'={{ ["prompt", "text", "systemMessage", "instructions"].some((name) => /^(?!=)[^]*\\{\\{\\s*\\$/.test($rawParameter[name] ?? "")) }}',
};
