import type { INodeProperties } from 'n8n-workflow';
import { SAMPLING_LIMITS } from '../../core/chat/chatRequest';
import { listProperty } from './listProperty';

const { temperature, topP, stop, maxTokens } = SAMPLING_LIMITS;

export const maxTokensProperty: INodeProperties = {
	displayName: 'Max Tokens',
	name: 'maxTokens',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: maxTokens,
	description:
		'The longest answer allowed, in tokens (about four characters each). Only tokens that are written are paid for.',
};

/** Options that steer the answer, common to all nodes. */
export const samplingOptions: INodeProperties[] = [
	listProperty(
		{
			displayName: 'Stop Sequences',
			name: 'stop',
			description: `The answer ends before any of these texts. At most ${stop}.`,
		},
		'Add Stop Sequence',
	),
	{
		displayName: 'Temperature',
		name: 'temperature',
		type: 'number',
		typeOptions: {
			minValue: temperature.min,
			maxValue: temperature.max,
			numberPrecision: 2,
		},
		default: 1,
		description:
			'Lower is more predictable, 0 to 1. Use this or Top P, never both: TokenHub refuses the pair.',
	},
	{
		displayName: 'Top P',
		name: 'topP',
		type: 'number',
		typeOptions: { minValue: topP.min, maxValue: topP.max, numberPrecision: 2 },
		default: 1,
		description:
			'Only the likeliest words, up to this share, are considered. Use this or Temperature, never both.',
	},
	{
		displayName: 'User ID',
		name: 'user',
		type: 'string',
		default: '',
		description: 'Your own ID of the end user, for tracking in TokenHub',
	},
];
