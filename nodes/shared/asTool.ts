import type { INodeProperties, UsableAsToolDescription } from 'n8n-workflow';
import { own } from '../../core/own';

interface ToolTerms {
	/** What the node does, in words for the model that may call it. */
	description: string;
	/** Fields that this model fills in, and what it has to know of each. */
	filled: Record<string, string>;
}

/**
 * The node as a tool of an agent: what the agent has to say is its to say without any setting. n8n
 * merges these into the description of the twin that it makes of the node.
 */
export function asTool(
	properties: readonly INodeProperties[],
	{ description, filled }: ToolTerms,
): UsableAsToolDescription {
	const replacements = {
		description,
		properties: properties.map((property) => {
			const words = own(filled, property.name);
			if (words === undefined) return property;
			return { ...property, default: byModel(property.displayName, words) };
		}),
	};
	return { replacements };
}

/** The form in which n8n's editor shows a field as "defined automatically by the model". */
function byModel(name: string, words: string): string {
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${name}', \`${words}\`, 'string') }}`;
}
