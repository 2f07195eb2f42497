import type { INodeProperties } from 'n8n-workflow';

/**
 * The Options collection of a node, in the order that people need them: first those that are named,
 * then the others as they come.
 */
export function optionsProperty(
	options: readonly INodeProperties[],
	first: readonly string[] = [],
): INodeProperties {
	const rank = ({ name }: INodeProperties) => {
		if (name === LAST) return Infinity;
		return first.includes(name) ? first.indexOf(name) : first.length;
	};
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: options.toSorted((a, b) => rank(a) - rank(b)),
	};
}

/** Who asks, for the account's books. */
const LAST = 'user';
