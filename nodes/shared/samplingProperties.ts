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
		'The maximum length of the answer, in tokens (about four characters each). You pay only for tokens that the model writes.',
};

/** Options that steer the answer, common to all nodes. */
export const samplingOptions: INodeProperties[] = [
	listProperty(
		{
			displayName: 'Stop Sequences',
			name: 'stop',
			description: `The answer stops before any of these texts. At most ${stop}.`,
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
			'From 0 to 1; lower is more predictable. Use this or Top P, not both: TokenHub refuses the pair.',
	},
	{
		displayName: 'Top P',
		name: 'topP',
		type: 'number',
		typeOptions: { minValue: topP.min, maxValue: topP.max, numberPrecision: 2 },
		default: 1,
		description:
			'Considers only the most likely words, up to this share of probability. Use this or Temperature, not both.',
	},
	{
		displayName: 'User ID',
		name: 'user',
		type: 'string',
		default: '',
		description: 'Your own ID for the end user, for tracking in TokenHub',
	},
];
