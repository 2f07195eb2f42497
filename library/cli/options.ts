import { parseArgs } from 'node:util';
import { models } from '../../core';

/** The options of `evaluate` on the command line, each as it was typed. */
export interface CliOptions {
	cases: string;
	models: string[];
	values: Partial<Record<OptionName, string>>;
}

/** Each option with its value, for the usage. */
const OPTIONS = {
	schema: 'file   JSON Schema of what to extract from the text of each case',
	models: 'list   haiku, sonnet, opus, or model ids, separated by commas (default: sonnet)',
	instructions: 'text   what the schema cannot express',
	tools: 'file   tools with fixed results, for agents: [{ name, description, parameters, result }]',
	judge: 'model  grades texts by the rubric',
	rubric: 'text   what makes a text right',
	'judge-fields': 'list   fields that are graded, such as /summary; by default the whole answer',
	baseline: 'file   the JSON report of an earlier run: exit code 1 if a model became worse',
	target: 'number F1 from 0 to 1: recommends the cheapest way to reach it',
	'min-f1': 'number exit code 1 if the best model is below this F1',
	'max-cost': 'number US dollars for the whole evaluation: cases not asked by then do not count',
	out: 'name   names the reports: name.json, name.md and name.html (default: evaluation)',
	record: 'file   records all requests and answers',
	replay: 'file   answers from a recording, without a key or a connection',
	concurrency: 'number requests in parallel',
	seed: 'number the random seed of the intervals (default: 1)',
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

/** @throws Error with a message for the person who typed it. */
export function readOptions(args: readonly string[]): CliOptions {
	const options = Object.fromEntries(NAMES.map((name) => [name, { type: 'string' as const }]));
	const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
	const [command, cases, ...rest] = positionals;
	if (command !== 'evaluate') throw new Error('Unknown command: use evaluate.');
	if (cases === undefined || rest.length > 0)
		throw new Error('Name one file of cases, such as cases.jsonl.');
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

/** `haiku` is the newest model of that name; any other name stays as it is. */
export function modelId(name: string): string {
	const isTier = ['haiku', 'sonnet', 'opus'].includes(name);
	return (isTier && models.find(({ shortName }) => shortName.includes(name))?.id) || name;
}
