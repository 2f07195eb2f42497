import type { INodeProperties } from 'n8n-workflow';
import { FIELD_TYPES } from './fieldSchema';

/** The result named field by field, for people who do not write schemas. */
export const fieldsProperty: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'fixedCollection',
	required: true,
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field', sortable: true },
	default: { values: [{ name: '', type: 'string', description: '', required: true, choices: '' }] },
	placeholder: 'Add Field',
	options: [
		{
			displayName: 'Field',
			name: 'values',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. invoiceNumber',
					required: true,
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					default: 'string',
					options: Object.entries(FIELD_TYPES).map(([value, { label }]) => ({
						name: label,
						value,
					})),
				},
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					default: '',
					placeholder: 'e.g. the total including tax',
					description: 'Helps the model to find the right value',
				},
				{
					displayName: 'Choices',
					name: 'choices',
					type: 'string',
					default: '',
					placeholder: 'e.g. low, medium, high',
					description: 'The only values allowed, separated by commas',
					displayOptions: { show: { type: ['enum'] } },
				},
				{
					displayName: 'Required',
					name: 'required',
					type: 'boolean',
					default: true,
					description: 'Whether the item fails when the text does not hold the value',
				},
			],
		},
	],
};
