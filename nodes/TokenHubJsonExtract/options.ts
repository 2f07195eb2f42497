import type { INodeProperties } from 'n8n-workflow';
import { EXTRACT_DEFAULTS } from '../../core/extract/extractRequest';
import { runOptionProperties } from '../shared/runProperties';
import { listProperty } from '../shared/listProperty';
import { samplingOptions } from '../shared/samplingProperties';

const { chunkOverlap, maxRepairs } = EXTRACT_DEFAULTS;

const extractOptions: INodeProperties[] = [
	{
		displayName: 'Chunk Overlap',
		name: 'chunkOverlap',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: chunkOverlap,
		description: 'Characters that two neighbouring chunks share, so that nothing is cut in two',
		displayOptions: { show: { chunkSize: [{ _cnd: { gt: 0 } }] } },
	},
	{
		displayName: 'Chunk Size',
		name: 'chunkSize',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'Characters of one request. A longer text is read in chunks side by side and merged. 0 means never.',
	},
	{
		displayName: 'Coerce Types',
		name: 'coerce',
		type: 'boolean',
		default: true,
		description:
			'Whether values in other spellings are read, such as "1.234,56 €" for a number, where only one reading is possible. Never a guess.',
	},
	{
		displayName: 'Cut Answers',
		name: 'cutAnswers',
		type: 'options',
		default: 'finish',
		description:
			'What becomes of an answer that Max Tokens has cut. In nodes of version 1, saved before this option came, the default is Fail.',
		options: [
			{ name: 'Fail', value: 'fail', description: 'The item fails, or the next model is asked' },
			{
				name: 'Finish',
				value: 'finish',
				description: 'The rest is asked for, within Max Cost: each is a paid request',
			},
		],
	},
	listProperty(
		{
			displayName: 'Escalate To',
			name: 'escalateTo',
			placeholder: 'e.g. anthropic/claude-sonnet-4-6',
			description: 'Model IDs to try in order when the one before gave nothing valid',
		},
		'Add Model',
	),
	{
		displayName: 'Evidence',
		name: 'evidence',
		type: 'boolean',
		default: false,
		description: 'Whether to add where in the text each value stands',
	},
	listProperty(
		{
			displayName: 'Images and PDFs',
			name: 'images',
			placeholder: 'e.g. data or https://example.com/receipt.jpg',
			description:
				'Names of binary fields, or URLs of images. Images are looked at; of PDFs the text is read.',
		},
		'Add File',
	),
	{
		displayName: 'Include Input Fields',
		name: 'includeOtherFields',
		type: 'boolean',
		default: false,
		description: 'Whether the fields of the input item stay beside the result',
		// Merge keeps them in any case.
		displayOptions: { hide: { outputMode: ['merge'] } },
	},
	{
		displayName: 'Items Path',
		name: 'itemsPath',
		type: 'string',
		default: '',
		placeholder: 'e.g. lines',
		description:
			'With Output Mode Items: where in the result the list is. Empty takes the only list there is.',
		displayOptions: { show: { outputMode: ['items'] } },
	},
	{
		displayName: 'Max Repairs',
		name: 'maxRepairs',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10 },
		default: maxRepairs,
		description:
			'How often each model is told what is wrong and asked again. Each is a paid request.',
	},
	{
		displayName: 'Min Evidence',
		name: 'minEvidence',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0,
		description:
			'How well the text has to say each required value, or the answer counts as wrong. 1 is the value itself, also in another spelling; 0.8 takes similar texts too; 0 turns this off.',
	},
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		default: 'auto',
		options: [
			{ name: 'Auto', value: 'auto', description: 'Tool, and JSON mode where that is refused' },
			{ name: 'JSON Mode', value: 'json' },
			{ name: 'Tool Call', value: 'tool' },
		],
	},
	{
		displayName: 'Output Mode',
		name: 'outputMode',
		type: 'options',
		default: 'nested',
		options: [
			{ name: 'Items', value: 'items', description: 'One item for each entry of a list' },
			{ name: 'Merge', value: 'merge', description: 'Extracted fields beside the input fields' },
			{ name: 'Nested', value: 'nested', description: 'Everything under output' },
		],
	},
];

export const options = [...extractOptions, ...samplingOptions, ...runOptionProperties];
