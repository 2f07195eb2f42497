import type { INodeProperties } from 'n8n-workflow';
import { approveOption } from './approval/approveOption';
import { listProperty, numberProperty } from '../shared/form/properties';

/** Options that control what a loop may do in each turn. */
export const controlOptions: INodeProperties[] = [
	approveOption.field,
	{
		displayName: 'Tool Search',
		name: 'toolSearch',
		type: 'options',
		default: 'auto',
		description:
			'Whether the model searches for tools instead of getting all of them in each request. In version 1 nodes, saved before this option existed, the default is Off.',
		options: [
			{
				name: 'Auto',
				value: 'auto',
				description: 'If the definitions of all tools take more than about 10,000 tokens',
			},
			{ name: 'Off', value: 'off', description: 'All tools are in every request' },
			{ name: 'On', value: 'on' },
		],
	},
	listProperty(
		{
			displayName: 'Pinned Tools',
			name: 'pinnedTools',
			placeholder: 'e.g. find_order',
			description: 'Names of tools that Tool Search always offers',
		},
		'Add Tool',
	),
	{
		displayName: 'Stop After Tool',
		name: 'stopAfterTool',
		type: 'string',
		default: '',
		placeholder: 'e.g. submit_report',
		description:
			'Name of a tool after which the loop ends without another request: its result is the output',
	},
	{
		displayName: 'Stronger Model',
		name: 'strongerModel',
		type: 'string',
		default: '',
		placeholder: 'e.g. anthropic/claude-opus-4-7',
		description:
			'ID of the model that takes over after two turns in a row whose tool calls all failed, or after Stronger Model After (Turns)',
	},
	numberProperty([
		'Stronger Model After (Turns)',
		'strongerAfterTurns',
		0,
		'After how many turns the Stronger Model takes over. 0 means only after failures.',
	]),
	{
		displayName: 'Checkpoint Workflow',
		name: 'checkpointWorkflow',
		type: 'workflowSelector',
		default: '',
		description:
			'A workflow that stores the loop while it runs: it receives "key" and, to be stored, "state", and returns the state that it has for the key',
	},
	{
		displayName: 'Checkpoint Key',
		name: 'checkpointKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.ticketId }}',
		description:
			'The key under which the loop of an item is stored. With your own key, a new execution continues a loop whose execution crashed, and outputs a finished one again. By default, the execution and the item.',
	},
];
