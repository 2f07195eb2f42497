import { NodeConnectionTypes, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';
import { requiredField } from '../shared/form/properties';

const show = { schemaSource: ['labels'] };

/** The labels of a text, for people who classify rather than extract. */
export const labelProperties: INodeProperties[] = [
	{
		displayName: 'Labels',
		name: 'labels',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Label', sortable: true },
		placeholder: 'Add Label',
		required: true,
		default: { values: [{ name: '', description: '' }] },
		displayOptions: { show },
		options: [
			{
				displayName: 'Label',
				name: 'values',
				values: [
					...requiredField({
						displayName: 'Name',
						name: 'name',
						type: 'string',
						// n8n draws the node's outputs from it before there is an item.
						noDataExpression: true,
						default: '',
						placeholder: 'e.g. returns',
						description: 'The label in the result',
					}),
					{
						displayName: 'Description',
						name: 'description',
						type: 'string',
						default: '',
						placeholder: 'e.g. wants to send something back',
						description: 'Tells the model when the label fits',
					},
				],
			},
		],
	},
	{
		displayName: 'Other Label',
		name: 'otherLabel',
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder: 'e.g. other',
		description:
			'Name of a label for texts that fit none of the others. Leave empty to always get the label that fits best.',
		displayOptions: { show },
	},
	{
		displayName: 'Several Labels',
		name: 'severalLabels',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether to return all labels that fit, possibly none, instead of the one that fits best',
		displayOptions: { show },
	},
	{
		displayName: 'Route by Label',
		name: 'routeByLabel',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether to give each label its own output. Failed items leave through the last output, Failed, or through the error output.',
		displayOptions: { show: { ...show, severalLabels: [false] } },
	},
];

/** The last output of a node that has one for each label. */
export const FAILED = 'Failed';

/** One output, or one for each label: n8n draws them from the node's parameters. */
export const outputs: INodeTypeDescription['outputs'] = `={{
	$parameter.schemaSource === 'labels' && $parameter.routeByLabel && !$parameter.severalLabels
		? [...($parameter.labels?.values ?? []).map((label) => label.name), $parameter.otherLabel, '${FAILED}']
			.map((name) => String(name ?? '').trim())
			.filter((name) => name !== '')
			.map((displayName) => ({ type: '${NodeConnectionTypes.Main}', displayName }))
		: ['${NodeConnectionTypes.Main}']
}}`;
