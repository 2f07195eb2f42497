import type { INodeProperties } from 'n8n-workflow';
import { requiredField } from '../shared/form/properties';
import { FIELD_TYPES, LEVELS, NESTING_TYPES } from './fieldSchema';

const collection = {
	name: 'fields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field', sortable: true },
	placeholder: 'Add Field',
} as const;

const choices: INodeProperties = {
	displayName: 'Choices',
	name: 'choices',
	type: 'string',
	default: '',
	placeholder: 'e.g. low, medium, high',
	description: 'The only values allowed, separated by commas',
	displayOptions: { show: { type: ['enum'] } },
};

/** The result described field by field, for people who do not write schemas. */
export const fieldsProperty: INodeProperties = {
	...collection,
	displayName: 'Fields',
	required: true,
	default: { values: [{ name: '', type: 'string', description: '', required: true, choices: '' }] },
	options: [{ displayName: 'Field', name: 'values', values: fieldProperties(LEVELS) }],
};

function fieldProperties(levels: number): INodeProperties[] {
	const mayNest = levels > 1;
	const types = Object.entries(FIELD_TYPES)
		.filter(([type]) => mayNest || !NESTING_TYPES.some((nesting) => nesting === type))
		.map(([value, { label }]) => ({ name: label, value }));
	return [
		...requiredField({
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. invoiceNumber',
			description: 'Its key in the result',
		}),
		{ displayName: 'Type', name: 'type', type: 'options', default: 'string', options: types },
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			placeholder: 'e.g. the total including tax',
			description: 'Helps the model to find the right value',
		},
		choices,
		...(mayNest ? [innerFields(levels - 1)] : []),
		{
			displayName: 'Required',
			name: 'required',
			type: 'boolean',
			default: true,
			description: 'Whether the item fails if the value is not in the text',
		},
	];
}

function innerFields(levels: number): INodeProperties {
	return {
		...collection,
		displayName: 'Fields of the Object',
		default: {},
		displayOptions: { show: { type: NESTING_TYPES } },
		options: [{ displayName: 'Field', name: 'values', values: fieldProperties(levels) }],
	};
}
