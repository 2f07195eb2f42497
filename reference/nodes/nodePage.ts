import type { INodeTypeDescription } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leftOut, type OutputField } from '../../nodes/shared/run/output';
import { blocks, code, sentence, table } from '../markdown';
import type { DocumentedNode } from './documented';
import { parameters } from './parameters';

/** Everything that a user who opens "Docs" in n8n may look up. */
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

const OF_RUN = 'These apply to all items of a run and are read from the first item.';
const OF_REQUEST = 'These apply to each request.';

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
	const always = leftOut.always.filter((name) => name in fields).map(code);
	const atTimes = leftOut.atTimes.flatMap((name) => {
		if (!(name in fields)) return [];
		const when = LEFT_OUT_WHEN[name];
		if (!when) throw new Error(`LEFT_OUT_WHEN needs ${name}`);
		return `- ${code(name)}, ${when}`;
	});
	return blocks(
		'With **Simplify Output**, which is on in nodes of version 2, an item has the answer, its cost and anything unusual. It has none of these keys:',
		[`- ${always.join(', ')}`, ...atTimes].join('\n'),
		'With the option off, or in version 1, it has all of the following.',
	);
}

/** When Simplify Output leaves out a key that it does not always leave out. */
const LEFT_OUT_WHEN: Record<string, string> = {
	finishReason: 'if it is `stop`',
	stopReason: 'if it is `answered`',
	warnings: 'if there are none',
	steps: 'if `stopReason` is `answered` or `stopped`',
	model: 'unless another model failed before it',
	costUsd: 'if it is not known',
	reportedCostUsd: 'if `costUsd` is known',
	estimated: 'if `costUsd` is known',
};

const FAILED =
	'### A failed item\n\nWith **On Error** set to continue, a failed item is `{ error, message, details }` and nothing else. [Errors](../errors.md) describes `details`, and how to branch on it.';

const MODEL_OUTPUT =
	"A chat model for n8n's own AI nodes: AI Agent, Basic LLM Chain, Information Extractor and others. The tokens, cached tokens and cost in US dollars of each request are in n8n's own tracing.";

function asTool({ toolTerms, description }: DocumentedNode): string | undefined {
	if (!toolTerms) return undefined;
	const filled = Object.entries(toolTerms.filled).map(([name, words]) => {
		const field = description.properties.find((property) => property.name === name);
		return `- **${field?.displayName ?? name}**: ${words}`;
	});
	return blocks(
		'## As a tool of an agent',
		"Connect it to the Tools of an AI Agent or a Tool Call Loop. The agent's model reads:",
		`> ${toolTerms.description}`,
		'It fills in these fields, unless you do:',
		filled.join('\n'),
	);
}

type Ends = INodeTypeDescription['inputs'] | INodeTypeDescription['outputs'];

/** A node's inputs and outputs, one line each. */
function connections({ inputs, outputs, outputNames }: INodeTypeDescription): string {
	const lines = [...ends('Input', inputs), ...ends('Output', outputs, outputNames)];
	return lines.map((line) => `- ${line}`).join('\n');
}

function ends(side: string, list: Ends, names: readonly string[] = []): string[] {
	if (typeof list === 'string') return [];
	return list.map((end, index) => {
		const { type, displayName = names[index] } = typeof end === 'string' ? { type: end } : end;
		const named = displayName === undefined ? side : `${side} **${displayName}**`;
		return [`${named}, ${code(type)}`, ...limits(end)].join(', ');
	});
}

function limits(end: string | object): string[] {
	if (typeof end === 'string') return [];
	const isOptional = 'required' in end && end.required === false;
	const isSingle = 'maxConnections' in end && end.maxConnections === 1;
	return [...(isOptional ? ['optional'] : []), ...(isSingle ? ['at most one'] : [])];
}

/** Links to the workflows in examples/ that contain the node, itself or as a tool. */
function examplesOf(root: string, name: string): string[] {
	const folder = join(root, 'examples');
	const type = new RegExp(`"n8n-nodes-tokenhub\\.${name}(Tool)?"`);
	return readdirSync(folder)
		.filter((file) => file.endsWith('.workflow.json'))
		.filter((file) => type.test(readFileSync(join(folder, file), 'utf8')))
		.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
		.map((file) => `[${file.replace('.workflow.json', '')}](../../examples/${file})`);
}

/** The keys of an output item. */
function outputTable(fields: Record<string, OutputField>): string {
	const rows = Object.entries(fields).map(([key, { type, text, when }]) => [
		code(key),
		type,
		sentence(text) + (when ? ` Only when ${when}.` : ''),
	]);
	return table(['Key', 'Type', 'What it is'], rows);
}
