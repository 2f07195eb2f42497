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
