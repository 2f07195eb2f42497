import { createServer, type Server } from 'node:http';
import type { RunResult } from '../../demo/engine';
import { listen } from '../support/listen';
import { KEY } from '../support/openGateway';
import { openNode } from '../support/openNode';
import { runNode } from '../support/runNode';

/** Max Cost counts what the gateway's answers cost, and nothing that an item or a model says. */

const usage = { promptTokens: 995, completionTokens: 1, totalTokens: 996 };
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
let requests = 0;
beforeAll(async () => {
	server = createServer((_request, response) => {
		requests += 1;
		const choices = [{ message: { content: '{}' }, finish_reason: 'stop' }];
		const counted = { prompt_tokens: 999, completion_tokens: 1 };
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
] as const)(
	'%s: a model without a price is refused, one with a price is counted',
	async (type, more) => {
		const items = [{ n: 1 }, { n: 2 }];
		const limited = { maxCostUsd: 0.005, concurrency: 1 };
		const node = { onError: 'continueRegularOutput' as const };
		const run = async (options: object, parameters: object = {}) => {
			const other = { ...base, ...more, model: model('acme/large'), ...parameters, options };
			return await runNode({ apiKey: KEY, baseUrl }, { type, parameters: other, items, node });
		};
		const before = requests;
		const refused = await run(limited);
		expect(kinds(refused)).toEqual(['badConfig', 'badConfig']);
		expect(refused.last[0]?.json.message).toMatch(/^Max Cost cannot be applied: "acme\/large"/);
		// Each model that may be asked needs a price.
		const fallback = { model: SONNET };
		expect(kinds(await run({ ...limited, fallbackModels: ['acme/large'] }, fallback))).toEqual([
			'badConfig',
			'badConfig',
		]);
		expect(requests).toBe(before);
		const prices = { values: [{ model: 'acme/large', inputUsd: 5, outputUsd: 5 }] };
		const counted = await run({ ...limited, prices });
		expect(kinds(counted)).toEqual(['answered', 'budget']);
		expect(counted.last[0]?.json).toMatchObject({ costUsd: 0.005 });
		expect(hintsOf(counted).join()).not.toMatch('Max Cost counted');
		expect(kinds(await run({}))).toEqual(['answered', 'answered']);
	},
);

test.each(['tokenHubChatCompletion', 'tokenHubToolCallLoop'] as const)(
	'%s: what a gateway does not count is estimated, and said once',
	async (type) => {
		const { run } = await openNode({
			type,
			base,
			gateway: [() => ({ text: 'Hi', usage: null })],
		});
		const options = { maxCostUsd: 0.000001, concurrency: 1 };
		const node = { onError: 'continueRegularOutput' as const };
		const result = await run({ options }, { items: [{ n: 1 }, { n: 2 }], node });
		expect(kinds(result)).toEqual(['answered', 'budget']);
		expect(result.last[0]?.json).toMatchObject({
			...{ costUsd: null, estimated: { costUsd: expect.any(Number) } },
			warnings: [expect.stringMatching(/^Max Cost .*counted an estimate/)],
		});
		expect(hintsOf(result).filter((words) => words.startsWith('Max Cost counted'))).toHaveLength(1);
		expect(hintsOf(result).join()).not.toMatch('mended');
	},
);

test('Dry Run refuses what the run would refuse, and knows Prices', async () => {
	const type = 'tokenHubChatCompletion';
	const run = async (options: object) =>
		await runNode(
			{ apiKey: KEY, baseUrl },
			{
				...{ type, items: [{}], node: { onError: 'continueRegularOutput' as const } },
				parameters: { ...base, model: model('acme/large'), options: { dryRun: true, ...options } },
			},
		);
	const prices = { values: [{ model: 'acme/large', inputUsd: 5, outputUsd: 1_000_000 }] };
	expect(kinds(await run({ maxCostUsd: 1 }))).toEqual(['badConfig']);
	const { last } = await run({ maxCostUsd: 1, prices });
	expect(Object(last[0]?.json.estimate).maxCostUsd).toBeGreaterThan(64);
});

test('a price without numbers is refused', async () => {
	const { run } = await openNode({ type: 'tokenHubChatCompletion', base, gateway: [() => ({})] });
	const prices = { values: [{ model: 'acme/large', inputUsd: 0, outputUsd: 0 }] };
	const node = { onError: 'continueRegularOutput' as const };
	expect(kinds(await run({ options: { prices } }, { items: [{}], node }))).toEqual(['badConfig']);
});

test('Auto Continue ends where Max Cost does, and says so', async () => {
	const { run } = await openNode({
		...{ type: 'tokenHubChatCompletion', base },
		gateway: [() => ({ text: 'more and more', finishReason: 'length', usage })],
	});
	const options = { autoContinue: true, maxCostUsd: 0.004, concurrency: 1 };
	const { last } = await run({ options }, { items: [{}] });
	expect(last[0]?.json).toMatchObject({
		...{ finishReason: 'length', requests: 2, continuations: 1 },
		warnings: [expect.stringMatching(/^Max Cost is reached/)],
	});
});
