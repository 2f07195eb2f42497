import { createServer, type Server } from 'node:http';
import type { RunResult } from '../../demo/engine';
import { listen } from '../support/listen';
import { KEY } from '../support/openGateway';
import { openNode } from '../support/openNode';
import { runNode, type NodeRun } from '../support/runNode';

/** Max Cost counts what the gateway's answers cost, and nothing that an item or a model says. */

const usage = { promptTokens: 1000, completionTokens: 0, totalTokens: 1000 };
const model = (value: string) => ({ __rl: true, mode: 'id', value });
const SONNET = model('anthropic/claude-sonnet-4-6');
const base = { model: SONNET, prompt: 'Go', text: 'Go', maxTokens: 64, tools: {}, options: {} };
const hintsOf = ({ run }: RunResult) =>
	(run?.data.resultData.runData.Node ?? []).flatMap(({ hints = [] }) =>
		hints.map(({ message }) => message),
	);
const kinds = ({ last }: RunResult) =>
	last.map(({ json }) => Object(json.details).kind ?? 'answered');

test.each([
	['of the item', { costUsd: -1000, usage: { totalTokens: -1 } }, '{"n":1}'],
	['of the model', {}, '{"n":1,"costUsd":-1000,"usage":{}}'],
	['in words', { costUsd: 'free' }, '{"n":1}'],
])('fields called costUsd %s do not pay for the run', async (_whose, item, text) => {
	const { run } = await openNode({
		type: 'tokenHubJsonExtract',
		base,
		gateway: [() => ({ text, usage })],
	});
	const parameters = {
		...{ schemaSource: 'jsonSchema', jsonSchema: '{"type":"object"}' },
		options: { mode: 'json', outputMode: 'merge', maxCostUsd: 0.0065, concurrency: 1 },
	};
	const items = [item, item, item];
	const node = { onError: 'continueRegularOutput' as const };
	// Each item costs 0.003.
	expect(kinds(await run(parameters, { items, node }))).toEqual(['answered', 'answered', 'budget']);
});

/** An endpoint that knows any model. */
let server: Server;
let baseUrl: string;
beforeAll(async () => {
	server = createServer((_request, response) => {
		const choices = [{ message: { content: '{}' }, finish_reason: 'stop' }];
		const counted = { prompt_tokens: 1000, completion_tokens: 0 };
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ id: 'x', model: 'acme/large', choices, usage: counted }));
	});
	baseUrl = `http://127.0.0.1:${await listen(server)}/api/v1`;
});
afterAll(() => {
	server.close();
	server.closeAllConnections();
});

test.each([
	['tokenHubChatCompletion', {}],
	['tokenHubToolCallLoop', {}],
	[
		'tokenHubJsonExtract',
		{ schemaSource: 'jsonSchema', jsonSchema: '{"type":"object"}', outputMode: 'nested' },
	],
] as const)('%s: a model without a price is named, once', async (type, more) => {
	const items = [{ n: 1 }, { n: 2 }];
	const options = { maxCostUsd: 0.005, concurrency: 1 };
	const run = (parameters: object, rest: Partial<NodeRun>) =>
		runNode({ apiKey: KEY, baseUrl }, { type, parameters: { ...base, ...parameters }, ...rest });
	const other = { ...more, model: model('acme/large') };
	expect(hintsOf(await run({ ...other, options }, { items }))).toEqual([
		expect.stringMatching(/^Max Cost does not hold for "acme\/large"/),
	]);
	expect(hintsOf(await run({ ...other }, { items }))).toEqual([]);
	expect(hintsOf(await run({ ...more, options }, { items: [{ n: 1 }] }))).toEqual([]);
});
