import {
	deepCopy,
	NodeConnectionTypes,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

/**
 * The `<type>Tool` twin that n8n's server makes of every `usableAsTool` node. The code for it is in
 * n8n's own package (tool-generation/ai-tools.js), not in n8n-core, hence this copy.
 */
export function toolVariant(nodeType: INodeType): INodeType | undefined {
	const { usableAsTool, ...rest } = nodeType.description;
	if (!usableAsTool) return undefined;
	const replacements = typeof usableAsTool === 'object' ? usableAsTool.replacements : {};
	const base: INodeTypeDescription = { ...deepCopy(rest), ...replacements };
	const description: INodeTypeDescription = {
		...base,
		name: `${base.name}Tool`,
		displayName: `${base.displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		properties: withToolDescription(base),
	};
	const twin: INodeType = { description };
	// Not a copy: a class keeps its `execute` on the prototype.
	Reflect.setPrototypeOf(twin, nodeType);
	return twin;
}

function withToolDescription({ properties, description }: INodeTypeDescription): INodeProperties[] {
	const names = properties.map((property) => property.name);
	if (names.includes('toolDescription')) return properties;
	const text: INodeProperties = {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		default: description,
		required: true,
	};
	if (!names.includes('resource') && !names.includes('operation')) return [text, ...properties];
	text.displayOptions = { show: { descriptionType: ['manual'] } };
	return [descriptionType, text, ...properties];
}

const descriptionType: INodeProperties = {
	displayName: 'Tool Description',
	name: 'descriptionType',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Set Automatically', value: 'auto' },
		{ name: 'Set Manually', value: 'manual' },
	],
	default: 'auto',
};
