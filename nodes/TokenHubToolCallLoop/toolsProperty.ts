import type { INodeProperties } from 'n8n-workflow';
import { requiredField } from '../shared/form/properties';

const whenType = (...types: string[]) => ({ show: { type: types } });
const whenSource = (source: string) => ({ show: { schemaSource: [source] } });

const httpProperties: INodeProperties[] = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		default: 'GET',
		options: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].map((value) => ({ name: value, value })),
		displayOptions: whenType('httpRequest'),
	},
	...requiredField({
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://api.example.com/orders/{orderId}',
		description:
			'{name} inserts an argument of the tool. The host cannot be an argument: the model must not choose where your data goes.',
		displayOptions: whenType('httpRequest'),
	}),
	{
		displayName: 'Headers (JSON)',
		name: 'headers',
		type: 'json',
		default: '{}',
		displayOptions: whenType('httpRequest'),
	},
	{
		displayName: 'Body (JSON)',
		name: 'body',
		type: 'json',
		default: '',
		placeholder: 'e.g. { "city": "{city}" }',
		description: 'Leave empty to send all arguments as a JSON object. GET and DELETE send no body.',
		displayOptions: { show: { type: ['httpRequest'], method: ['PATCH', 'POST', 'PUT'] } },
	},
];

const parameterProperties: INodeProperties[] = [
	{
		displayName: 'Parameters As',
		name: 'schemaSource',
		type: 'options',
		default: 'zod',
		description: 'How to describe the arguments that the model must give',
		options: [
			{ name: 'JSON Schema', value: 'jsonSchema' },
			{ name: 'Zod', value: 'zod', description: 'Parsed as text and never executed' },
		],
	},
	{
		displayName: 'Zod Parameters',
		name: 'zodSchema',
		type: 'string',
		typeOptions: { rows: 4 },
		default: 'z.object({\n  query: z.string().describe("what to look for"),\n})',
		displayOptions: whenSource('zod'),
	},
	{
		displayName: 'JSON Schema Parameters',
		name: 'jsonSchema',
		type: 'json',
		default:
			'{\n  "type": "object",\n  "properties": {\n    "query": { "type": "string" }\n  },\n  "required": ["query"]\n}',
		displayOptions: whenSource('jsonSchema'),
	},
];

/** In the order in which a person fills them in. */
const toolFields: INodeProperties[] = [
	...requiredField({
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. find_order',
		description: 'Letters, digits, _ and - are kept; other characters become _',
	}),
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Finds an order by its number and returns its status',
		description: 'Tells the model when to use the tool',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		default: 'httpRequest',
		options: [
			{ name: 'HTTP Request', value: 'httpRequest', description: 'Calls an API' },
			{
				name: 'Manual',
				value: 'manual',
				description: 'Passes the call to your workflow through the Tool Calls output',
			},
			{ name: 'Workflow', value: 'workflow', description: 'Runs another workflow' },
		],
	},
	...httpProperties,
	...requiredField({
		displayName: 'Workflow',
		name: 'workflowId',
		type: 'workflowSelector',
		default: '',
		description:
			'Its trigger receives the arguments as one item; the items of its last node are the result',
		displayOptions: whenType('workflow'),
	}),
	...parameterProperties,
	{
		displayName: 'Max Calls',
		name: 'maxCalls',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'How many times the model may call the tool for one item. 0 means no limit.',
	},
];

/** Says where most tools come from, which the form alone does not. */
export const toolsNotice: INodeProperties = {
	displayName: 'Connect n8n tools to this node on the canvas, or define tools here.',
	name: 'toolsNotice',
	type: 'notice',
	// n8n's editor takes every type with "tool" in its name for a tool, and complains after each run that
	// no parameter is filled by a model, unless this word is among them.
	default: '$fromAI',
};

/** Tools that need no node of their own. */
export const toolsProperty: INodeProperties = {
	displayName: 'Tools Defined Here',
	name: 'tools',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tool', sortable: true },
	default: {},
	placeholder: 'Add Tool',
	description: 'Used together with the tools connected to the node',
	options: [
		{
			displayName: 'Tool',
			name: 'values',
			values: toolFields,
		},
	],
};
