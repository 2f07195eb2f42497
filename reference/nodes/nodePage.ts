import { leftOut } from '../../nodes/shared/run/output';
import { blocks, code, sentence } from '../markdown';
import { connections } from './connections';
import type { DocumentedNode } from './documented';
import { examplesOf } from './examplesOf';
import { outputTable } from './outputTable';
import { parameters } from './parameters';

/** Everything that a person who opens "Docs" in n8n wants to look up. */
export function nodePage(root: string, node: DocumentedNode): string {
	const { displayName, description, name, properties, inputs } = node.description;
	const [guide, title] = node.guide;
	return blocks(
		`# ${displayName}`,
		`<!-- Written by \`npm run docs\` from nodes/${node.folder}: change it there. -->`,
		sentence(description),
		`How it works: [${title}](../${guide}). Also: [credential](credential.md) · [models and prices](models.md) · [errors](../errors.md) · [many items](../many-items.md) · [cookbook](../cookbook.md)`,
		`Type ${code(`n8n-nodes-tokenhub.${name}`)}, with a [TokenHub API credential](credential.md).`,
		connections(node.description),
		`Importable workflows with it: ${examplesOf(root, name).join(' · ')}`,
		parameters(properties, inputs.length === 0 ? OF_REQUEST : OF_RUN),
		outputs(node),
		asTool(node),
	);
}

const OF_RUN = 'They hold for all items of a run, and are read from the first.';
const OF_REQUEST = 'They hold for each request.';

function outputs({ outputs, description }: DocumentedNode): string {
	const [first, ...others] = outputs;
	if (!first) return blocks('## Output', MODEL_OUTPUT);
	const ends = typeof description.outputs === 'string' ? [] : description.outputs;
	const named = [first, ...others].map((fields, index) => {
		const end = ends[index];
		const name = typeof end === 'object' ? end.displayName : undefined;
		return blocks(name && `### ${name}`, outputTable(fields));
	});
	return blocks('## Output', 'The `json` of an item.', simplified(first), ...named, FAILED);
}

function simplified(fields: object): string {
	const namesIn = (names: readonly string[]) =>
		names
			.filter((name) => name in fields)
			.map(code)
			.join(', ');
	return `With **Simplify Output**, which nodes of version 2 have on, an item is the answer, its cost and what did not go as usual: without ${namesIn(leftOut.always)}, and without ${namesIn(leftOut.atTimes)} where they say nothing. Without it, or in version 1, it is all of the following.`;
}

const FAILED =
	'### An item that failed\n\nWith **On Error** set to continue, it is `{ error, message, details }` and nothing else: [errors](../errors.md) says what `details` holds, and how to branch on it.';

const MODEL_OUTPUT =
	"A chat model for n8n's own AI nodes: AI Agent, Basic LLM Chain, Information Extractor and others. Tokens, cached tokens and cost in US dollars of each request are in n8n's own tracing.";

function asTool({ toolTerms, description }: DocumentedNode): string | undefined {
	if (!toolTerms) return undefined;
	const filled = Object.entries(toolTerms.filled).map(([name, words]) => {
		const field = description.properties.find((property) => property.name === name);
		return `- **${field?.displayName ?? name}**: ${words}`;
	});
	return blocks(
		'## As a tool of an agent',
		"Connect it to the Tools of an AI Agent or a Tool Call Loop. The agent's model is told:",
		`> ${toolTerms.description}`,
		'It fills in, unless you do:',
		filled.join('\n'),
	);
}
