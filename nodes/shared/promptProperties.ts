import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

type Show = NonNullable<IDisplayOptions['show']>;

/**
 * The field Prompt. Since version 2 of the nodes it is filled in with what the person wrote in the chat,
 * as in n8n's AI Agent: Chat Trigger hands that over as `chatInput`.
 */
export function promptProperties(
	placeholder: string,
	{ show, required }: { show?: Show; required?: boolean } = {},
): INodeProperties[] {
	const first: INodeProperties = {
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		required,
		typeOptions: { rows: 4 },
		default: '',
		placeholder,
		displayOptions: { show: { ...show, '@version': [1] } },
	};
	return [
		first,
		{
			...first,
			required: true,
			default: '={{ $json.chatInput }}',
			displayOptions: { show: { ...show, '@version': [{ _cnd: { gte: 2 } }] } },
		},
	];
}
