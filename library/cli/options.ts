import { parseArgs } from 'node:util';
import { models } from '../../core';

/** What `evaluate` is told on the command line; each as it was written. */
export interface CliOptions {
	cases: string;
	models: string[];
	values: Partial<Record<OptionName, string>>;
}

/** Each option with what it takes, for the usage. */
const OPTIONS = {
	schema: 'file   JSON Schema of what is extracted from the text of each case',
	models: 'list   haiku, sonnet, opus, or ids of models, with commas between',
	instructions: 'text   what the schema cannot say',
	tools: 'file   tools with fixed results, for agents: [{ name, description, parameters, result }]',
	judge: 'model  grades texts by the rubric',
	rubric: 'text   what makes a text right',
	'judge-fields': 'list   fields that are graded, such as /summary; by default the whole answer',
	baseline: 'file   the JSON of an earlier run: exit code 1 when a model became worse',
	target: 'number F1 from 0 to 1: recommends the cheapest way to it',
	'min-f1': 'number exit code 1 when the best model is below',
	'max-cost': 'number US dollars of the whole evaluation: what is not asked by then does not count',
	out: 'name   where the reports are written: name.json, .md and .html (default: evaluation)',
	record: 'file   writes all requests and answers down',
	replay: 'file   answers from a recording, without a key or a connection',
	concurrency: 'number requests at once',
	seed: 'number chooses the samples of the intervals (default: 1)',
} as const;

type OptionName = keyof typeof OPTIONS;

const NAMES: OptionName[] = [
	...(['schema', 'models', 'instructions', 'tools', 'judge', 'rubric', 'judge-fields'] as const),
	...([
		'baseline',
		'target',
		'min-f1',
		'max-cost',
		'out',
		'record',
		'replay',
		'concurrency',
		'seed',
	] as const),
];

export const USAGE = `Usage: n8n-nodes-tokenhub evaluate cases.jsonl --schema schema.json --models haiku,sonnet,opus

Each line of the cases is JSON: { "id", "text" or "file", "expected" }, or { "prompt", "expected" or
"calls" }. The key is read from TOKENHUB_API_KEY, a gateway of your own from TOKENHUB_BASE_URL.

${NAMES.map((name) => `  --${name.padEnd(13)} ${OPTIONS[name]}`).join('\n')}
`;

/** @throws Error in words for the person who typed it. */
export function readOptions(args: readonly string[]): CliOptions {
	const options = Object.fromEntries(NAMES.map((name) => [name, { type: 'string' as const }]));
	const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
	const [command, cases, ...rest] = positionals;
	if (command !== 'evaluate') throw new Error('Say what to do: evaluate.');
	if (cases === undefined || rest.length > 0) throw new Error('Name one file of cases.');
	const named = Object.fromEntries(
		NAMES.flatMap((name) => (typeof values[name] === 'string' ? [[name, values[name]]] : [])),
	);
	return { cases, models: listOf(named.models ?? 'sonnet').map(modelId), values: named };
}

export const listOf = (text: string) =>
	text
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');

/** `haiku` is the newest of that name; whatever else stays as it is. */
export function modelId(name: string): string {
	const isTier = ['haiku', 'sonnet', 'opus'].includes(name);
	return (isTier && models.find(({ shortName }) => shortName.includes(name))?.id) || name;
}
