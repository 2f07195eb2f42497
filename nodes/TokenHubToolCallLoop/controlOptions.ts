import type { INodeProperties } from 'n8n-workflow';
import { listProperty } from '../shared/listProperty';

/** Options of what a loop may do in each turn. */
export const controlOptions: INodeProperties[] = [
	listProperty(
		{
			displayName: 'Pinned Tools',
			name: 'pinnedTools',
			placeholder: 'e.g. find_order',
			description: 'Names of tools that the model is always offered, with Tool Search',
		},
		'Add Tool',
	),
	{
		displayName: 'Tool Search',
		name: 'toolSearch',
		type: 'options',
		default: 'auto',
		description:
			'Whether the model looks for tools by words instead of being offered all of them in each request. In version 1 nodes, saved before this option existed, the default is Off.',
		options: [
			{
				name: 'Auto',
				value: 'auto',
				description: 'Where the definitions of all tools take more than about 10,000 tokens',
			},
			{ name: 'Off', value: 'off', description: 'All tools are in every request' },
			{ name: 'On', value: 'on' },
		],
	},
];
