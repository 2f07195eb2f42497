import { properties as chat } from '../../nodes/TokenHubChatCompletion/description';
import { properties as extract } from '../../nodes/TokenHubJsonExtract/description';
import { properties as loop } from '../../nodes/TokenHubToolCallLoop/description';
import type { NodeRun } from './runNode';

const FORMS: Record<NodeRun['type'], typeof chat> = {
	tokenHubChatCompletion: chat,
	tokenHubJsonExtract: extract,
	tokenHubToolCallLoop: loop,
};

/** A node's options, each with a value that a person would give. */
export function optionsOf(type: NodeRun['type']): Array<{ name: string; usual: unknown }> {
	const options = FORMS[type].find(({ name }) => name === 'options')?.options ?? [];
	return options.map((option) => ({
		name: option.name,
		usual: 'default' in option ? option.default : undefined,
	}));
}
