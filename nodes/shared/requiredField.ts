import type { INodeProperties } from 'n8n-workflow';

/**
 * A field that n8n marks on the canvas while it is empty, and without which a workflow does not start.
 * Nodes of version 1, saved by 1.0.0, start all the same, and an item says what is missing.
 */
export function requiredField(
	property: INodeProperties,
	later: Pick<Partial<INodeProperties>, 'default'> = {},
): INodeProperties[] {
	const { show, ...others } = property.displayOptions ?? {};
	return [
		{ ...property, displayOptions: { ...others, show: { ...show, '@version': [1] } } },
		{
			...{ ...property, ...later, required: true },
			displayOptions: { ...others, show: { ...show, '@version': [{ _cnd: { gte: 2 } }] } },
		},
	];
}
