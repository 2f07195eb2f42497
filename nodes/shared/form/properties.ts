import type { INodeProperties, IDisplayOptions } from 'n8n-workflow';

/** A list of texts, each in its own box. */
export function listProperty(
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'>,
	buttonText: string,
): INodeProperties {
	return {
		...property,
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: buttonText },
		default: [],
	};
}

/** Files for the model to see and read, for the nodes with a prompt. */
export const filesProperty: INodeProperties = listProperty(
	{
		displayName: 'Images and Files',
		name: 'images',
		placeholder: 'e.g. data, * for all, or https://example.com/photo.jpg',
		description:
			'Binary field names, * for all of them, or URLs of images. The model sees images, and reads PDFs and text files. Without this option, a version 2 node sends the files of a chat message.',
	},
	'Add File',
);

type Terms = [displayName: string, name: string, fallback: number, description: string];

/** A number, at least 0 unless `limits` says otherwise. */
export function numberProperty(
	[displayName, name, fallback, description]: Terms,
	limits: INodeProperties['typeOptions'] = {},
): INodeProperties {
	const typeOptions = { minValue: 0, ...limits };
	return { displayName, name, type: 'number', typeOptions, default: fallback, description };
}

/**
 * A field that n8n marks on the canvas while it is empty, and without which a workflow does not start.
 * With nodes of version 1, saved by 1.0.0, a workflow starts anyway, and the item says what is missing.
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

/** A note that the form shows under a condition. */
export function notice(
	name: string,
	displayName: string,
	show: IDisplayOptions['show'],
): INodeProperties {
	return { displayName, name, type: 'notice', default: '', displayOptions: { show } };
}
