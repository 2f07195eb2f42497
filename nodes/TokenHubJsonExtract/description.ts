import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { modelProperty, modelNotice } from '../shared/form/modelProperty';
import { optionNotices, optionsProperty, maxTokensProperty } from '../shared/form/optionsProperty';
import { simplifyProperty } from '../shared/run/output';
import { requiredField } from '../shared/form/properties';
import { fieldsProperty } from './fieldsProperty';
import { labelProperties } from './labelProperties';
import { options } from './options';

const from = (source: string) => ({ show: { schemaSource: [source] } });

const schemaProperties: INodeProperties[] = [
	{
		displayName: 'Schema Source',
		name: 'schemaSource',
		type: 'options',
		noDataExpression: true,
		default: 'fields',
		description: 'How to describe the result',
		options: [
			{ name: 'Fields', value: 'fields', description: 'Name the fields one by one' },
			{ name: 'JSON Example', value: 'example', description: 'Show what a result looks like' },
			{ name: 'JSON Schema', value: 'jsonSchema', description: 'Full control, draft-04 or newer' },
			{
				name: 'Labels',
				value: 'labels',
				description: 'Classify the text with labels that you define',
			},
			{ name: 'Zod', value: 'zod', description: 'A zod schema, parsed as text and never executed' },
		],
	},
	{ ...fieldsProperty, displayOptions: from('fields') },
	{
		displayName: 'JSON Example',
		name: 'jsonExample',
		type: 'json',
		required: true,
		default: '{\n  "name": "Ada Lovelace",\n  "age": 36\n}',
		description:
			'One result as it should look: its keys, all required, and its types become the schema',
		displayOptions: from('example'),
	},
	{
		displayName: 'Several Examples',
		name: 'severalExamples',
		type: 'boolean',
		default: false,
		description:
			'Whether the JSON is a list of several results. A key missing from one of them is then optional, a null makes a value nullable, and texts that repeat become the only choices.',
		displayOptions: from('example'),
	},
	{
		displayName: 'JSON Schema',
		name: 'jsonSchema',
		type: 'json',
		required: true,
		default:
			'{\n  "type": "object",\n  "properties": {\n    "name": { "type": "string" }\n  },\n  "required": ["name"]\n}',
		description:
			'The schema of the result. All of JSON Schema is supported, including $ref, formats and ranges.',
		displayOptions: from('jsonSchema'),
	},
	{
		displayName: 'Zod Schema',
		name: 'zodSchema',
		type: 'string',
		typeOptions: { rows: 6 },
		required: true,
		default:
			'z.object({\n  name: z.string().describe("full name"),\n  age: z.number().int().nullable(),\n})',
		description:
			'Written as in code, but parsed as text and never executed. Use describe() to tell the model what a field means.',
		displayOptions: from('zod'),
	},
	...labelProperties,
];

const textProperty: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. {{ $json.text }}',
	description: 'The text to extract from. Can be empty if there are images.',
};
/** With files, an empty text is not a missing value. */
const withFiles: IDisplayOptions['show'] = { '/options.images': [{ _cnd: { exists: true } }] };

const textProperties: INodeProperties[] = [
	...requiredField({ ...textProperty, displayOptions: { hide: withFiles } }),
	{ ...textProperty, displayOptions: { show: withFiles } },
];

/** The form. */
export const properties: INodeProperties[] = [
	modelProperty,
	modelNotice,
	...textProperties,
	...schemaProperties,
	{
		displayName: 'Instructions',
		name: 'instructions',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Amounts are net. Use null where the text says nothing.',
		description: 'What the schema cannot express',
	},
	maxTokensProperty,
	simplifyProperty,
	...optionNotices,
	optionsProperty(options),
];

/** The description for an agent that has the node as a tool. */
export const toolTerms = {
	description: 'Reads a text and returns the data in it as JSON of a fixed shape, in "output".',
	filled: { text: 'The whole text to read, unchanged' },
};
