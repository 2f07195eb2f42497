import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineTool, type Tool } from '../../../core';

/** One tool of those that servers offer, and what a model writes that needs it. */
export interface Labelled {
	tool: Tool;
	need: string;
}

export const labelled: Labelled[] = readFileSync(join(__dirname, 'tools.txt'), 'utf8')
	.trim()
	.split('\n')
	.map((line) => {
		const [name = '', description = '', words = '', need = ''] = line.split('|');
		return { tool: toolOf(name, description, words.split(' ')), need };
	});

/** As long as those of real servers, which describe each argument. */
function toolOf(name: string, description: string, words: readonly string[]): Tool {
	const properties = Object.fromEntries(
		words.map((word) => [
			word,
			{
				type: 'string',
				description: `The ${word.replaceAll('_', ' ')} to use, as the service knows it`,
			},
		]),
	);
	return defineTool({
		...{ name, description: `${description}.` },
		parameters: {
			type: 'object',
			properties,
			required: words.slice(0, 1),
			additionalProperties: false,
		},
		execute: (args) => ({ ran: name, args }),
	});
}
