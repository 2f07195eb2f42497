import type { INodeProperties, UsableAsToolDescription, IExecuteFunctions } from 'n8n-workflow';
import { own } from '../../../core/lib/own';
import { TokenHubError } from '../../../core/errors';
import { nodeOf } from '../item/itemRun';

interface ToolTerms {
	/** What the node does, for the model that may call it. */
	description: string;
	/** Fields that this model fills in, with a description of each. */
	filled: Record<string, string>;
}

/**
 * The node as a tool of an agent: the agent's model fills in these fields without any settings. n8n
 * merges them into the description of the tool version that it makes of the node.
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

/** Whether the node is a tool of another agent: n8n then gives it no inputs, and it cannot wait. */
export function usedAsTool(context: IExecuteFunctions): boolean {
	return nodeOf(context).type.endsWith('Tool');
}

/** @throws TokenHubError `badConfig` that names the tool, if waiting is not possible. */
export function assertMayWait(context: IExecuteFunctions, tool: string): void {
	if (!usedAsTool(context)) return;
	const message = `The tool "${tool}" has to wait for others, which a loop used as a tool cannot do.`;
	throw new TokenHubError('badConfig', message, {
		hint: 'Connect manual tools and tools behind approval to a loop in the workflow itself.',
	});
}
