import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** The choices of a field, when it has any. */
export function choicesOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.flatMap((option) => ('value' in option ? option : []));
}

/** The fields in a collection, or in each row of a fixed collection. */
export function fieldsIn({ type, options = [] }: INodeProperties): INodeProperties[] {
	if (type !== 'collection' && type !== 'fixedCollection') return [];
	return options.flatMap((option) => ('values' in option ? option.values : fieldOf(option)));
}

function fieldOf(option: object): INodeProperties[] {
	return isField(option) ? [option] : [];
}

function isField(option: object): option is INodeProperties {
	return 'type' in option && 'displayName' in option;
}

export const isNotice = ({ type }: INodeProperties) => type === 'notice';
