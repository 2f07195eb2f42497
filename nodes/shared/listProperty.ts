import type { INodeProperties } from 'n8n-workflow';

/** A list of texts, each in a box of its own. */
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

/** Files for the model to see and read, common to the nodes that ask. */
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
