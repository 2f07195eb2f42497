import type { INodeProperties } from 'n8n-workflow';
import { EXTRACT_DEFAULTS } from '../../core/extract/extractRequest';
import { listProperty } from '../shared/form/properties';
import { samplingOptions } from '../shared/form/optionsProperty';
import { withResultOptions } from '../shared/run/findResult';

const { chunkOverlap, maxRepairs } = EXTRACT_DEFAULTS;

const extractOptions: INodeProperties[] = [
	listProperty(
		{
			displayName: 'Images and PDFs',
			name: 'images',
			placeholder: 'e.g. data, * for all, or https://example.com/receipt.jpg',
			description:
				'Binary field names, * for all of them, or URLs of images. The model sees images and reads the text of PDFs and text files.',
		},
		'Add File',
	),
	{
		displayName: 'Output Mode',
		name: 'outputMode',
		type: 'options',
		default: 'nested',
		options: [
			{ name: 'Nested', value: 'nested', description: 'Everything under output' },
			{
				name: 'Merge',
				value: 'merge',
				description: 'The extracted fields together with the input fields',
			},
			{ name: 'Items', value: 'items', description: 'One item for each entry of a list' },
		],
	},
	{
		displayName: 'Items Path',
		name: 'itemsPath',
		type: 'string',
		default: '',
		placeholder: 'e.g. lines',
		description: 'Where the list is in the result. Leave empty if there is only one list.',
		displayOptions: { show: { outputMode: ['items'] } },
	},
	{
		displayName: 'Include Input Fields',
		name: 'includeOtherFields',
		type: 'boolean',
		default: false,
		description: 'Whether to keep the fields of the input item next to the result',
		// Merge always keeps them.
		displayOptions: { hide: { outputMode: ['merge'] } },
	},
	{
		displayName: 'Evidence',
		name: 'evidence',
		type: 'boolean',
		default: false,
		description: 'Whether to add the place of each value in the text',
	},
	{
		displayName: 'Min Evidence',
		name: 'minEvidence',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0,
		description:
			'How well the text must support each required value, or the answer counts as invalid. 1 requires the value itself, in any spelling; 0.8 also accepts similar texts; 0 turns this off.',
	},
	{
		displayName: 'Samples',
		name: 'samples',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 5 },
		default: 1,
		description:
			'The maximum number of answers to request. Another one is requested while a value is in doubt; each is a paid request. Above 1, the output has the confidence of each value, and says whether a person should review it.',
	},
	listProperty(
		{
			displayName: 'Escalate To',
			name: 'escalateTo',
			placeholder: 'e.g. anthropic/claude-sonnet-4-6',
			description: 'Model IDs to try, in order, if the previous model gave no valid result',
		},
		'Add Model',
	),
	{
		displayName: 'Max Repairs',
		name: 'maxRepairs',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10 },
		default: maxRepairs,
		description:
			'How many times to ask each model to correct an invalid answer. Each repair is a paid request.',
	},
	{
		displayName: 'Coerce Types',
		name: 'coerce',
		type: 'boolean',
		default: true,
		description:
			'Whether to read values in other spellings, such as "1.234,56 €" for a number, if only one reading is possible. Values are never guessed.',
	},
	{
		displayName: 'Expected (JSON)',
		name: 'expected',
		type: 'json',
		default: '',
		placeholder: 'e.g. {{ $json.expected }}',
		description:
			'The right result, in the shape of the schema. Adds a score from 0 to 1 and every value that differs. Numbers, dates and texts are compared by meaning.',
	},
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		default: 'auto',
		options: [
			{
				name: 'Auto',
				value: 'auto',
				description: 'A tool call, or JSON mode if the model refuses the tool',
			},
			{ name: 'Tool Call', value: 'tool' },
			{ name: 'JSON Mode', value: 'json' },
		],
	},
	{
		displayName: 'Chunk Size',
		name: 'chunkSize',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'The maximum number of characters per request. A longer text is read in chunks, in parallel, and the results are merged. 0 means no limit.',
	},
	{
		displayName: 'Chunk Overlap',
		name: 'chunkOverlap',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: chunkOverlap,
		description: 'How many characters consecutive chunks share, so that nothing is cut in two',
		displayOptions: { show: { chunkSize: [{ _cnd: { gt: 0 } }] } },
	},
	{
		displayName: 'Cut Answers',
		name: 'cutAnswers',
		type: 'options',
		default: 'finish',
		description:
			'What to do with an answer cut off by Maximum Number of Tokens. In version 1 nodes, saved before this option existed, the default is Fail.',
		options: [
			{ name: 'Fail', value: 'fail', description: 'The item fails, or the next model is asked' },
			{
				name: 'Finish',
				value: 'finish',
				description: 'Asks for the rest, within Max Cost. Each continuation is a paid request.',
			},
		],
	},
];

export const options = [...extractOptions, ...samplingOptions, ...withResultOptions];
