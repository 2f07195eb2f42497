import { z } from 'zod/v4';
import { paidIn } from '../../demo/spending';
import { startGateway, type Reply, type Script } from '../../gateway';
import { KEY } from '../support/openGateway';
import { openNode } from '../support/openNode';
import { openReader } from '../support/openReader';
import { runNode, type Back, type NodeRun } from '../support/runNode';
import { textOf } from '../support/textOf';

/** Version 1 keeps every key that 1.0.0 had; since version 2, Simplify Output leaves what is of use. */

const HAIKU = 'anthropic/claude-haiku-4-5';
const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-sonnet-4-6' },
	...{ prompt: 'Ask', text: 'a is b', maxTokens: 64, tools: {}, options: {} },
	fields: { values: [{ name: 'a' }] },
};
const SPENDING = ['model', 'usage', 'costUsd', 'requests', 'retries', 'latencyMs'];
const answer: Reply = { text: '{"a":"b"}' };
const json = { mode: 'json' };

type Type = NodeRun['type'];
const KEYS: Array<[Type, all: string[], simple: string[]]> = [
	['tokenHubChatCompletion', ['text', 'finishReason', 'id', ...SPENDING], ['text', 'costUsd']],
	[
		'tokenHubToolCallLoop',
		['output', 'stopReason', 'iterations', 'steps', ...SPENDING],
		['output', 'costUsd'],
	],
	[
		'tokenHubJsonExtract',
		['output', 'stage', 'attempts', 'warnings', ...SPENDING],
		['output', 'costUsd'],
	],
];

async function itemsOf(type: Type, script: Script | Reply[], run: Partial<NodeRun> = {}) {
	const opened = await openNode({ type, base, gateway: [script] });
	const { parameters = {}, ...rest } = run;
	const options = {
		...(type === 'tokenHubJsonExtract' ? json : {}),
		...Object(parameters.options),
	};
	const ran = await opened.run({ ...parameters, options }, { node: { typeVersion: 2 }, ...rest });
	return { ...ran, items: ran.last.map((item) => item.json), gateway: opened.gateway };
}

describe.each(KEYS)('%s', (type, all, simple) => {
	const keysOf = async (run: Partial<NodeRun>) => {
		const { items, error } = await itemsOf(type, [answer], run);
		expect(error).toBeUndefined();
		return Object.keys(items[0] ?? {});
	};

	test('of version 1 has all keys, whatever it says', async () => {
		const node = { typeVersion: 1 };
		expect((await keysOf({ node })).sort()).toEqual([...all].sort());
		const parameters = { simplify: true };
		expect((await keysOf({ node, parameters })).sort()).toEqual([...all].sort());
	});

	test('of version 2 has the answer first and its cost; the rest on request', async () => {
		expect(await keysOf({})).toEqual(simple);
		const parameters = { simplify: false };
		expect((await keysOf({ parameters })).sort()).toEqual([...all].sort());
	});

	test('a failed item is the same in both', async () => {
		const refused: Reply = { status: 400, error: { message: 'no' } };
		const node = { onError: 'continueRegularOutput' as const };
		for (const typeVersion of [1, 2]) {
			const { items } = await itemsOf(type, [refused], { node: { ...node, typeVersion } });
			expect(Object.keys(items[0] ?? {})).toEqual(['error', 'message', 'details']);
			expect(items[0]?.details).toMatchObject({ kind: 'badRequest', usage: {} });
		}
	});

	test('what a run has cost is in its log, whatever its items say', async () => {
		const whole = paidIn(await itemsOf(type, [answer], { node: { typeVersion: 1 } }));
		expect(whole).toMatchObject({ requests: 1, models: [base.model.value] });
		expect(paidIn(await itemsOf(type, [answer]))).toEqual(whole);
	});

	test('a run has its tokens in the logs, and one that is reused costs nothing', async () => {
		const options = { reuseResults: true, concurrency: 1 };
		const opened = await openNode({
			type,
			base,
			gateway: [(_body, n) => (n === 1 ? { status: 400 } : answer)],
		});
		const parameters = { options: { ...json, ...options } };
		const own = { items: [{ q: 'x' }, { q: 'y' }], node: { typeVersion: 2 } };
		const asked = { ...parameters, prompt: '={{ $json.q }}', text: '={{ $json.q }} b' };
		const failed = await opened.run(asked, own);
		const { last, run } = await opened.run(asked, { ...own, retryOf: failed.run });
		expect(last[0]?.json).toEqual({ ...last[1]?.json, costUsd: 0, reused: true });
		const task = run?.data.resultData.runData.Node?.at(-1);
		expect(task?.data?.ai_languageModel?.[0]?.[0]?.json).toMatchObject({ requests: 1 });
	});
});

describe('says what did not go as usual:', () => {
	const chat = async (reply: Reply, options = {}) => {
		const { items } = await itemsOf('tokenHubChatCompletion', [reply, answer], {
			parameters: { options },
		});
		return items[0];
	};
	const call = { id: 'a', name: 'look', arguments: {} };

	test.each<[string, Reply, object, object]>([
		[
			'a cut answer',
			{ text: 'c', finishReason: 'length' },
			{},
			{ text: 'c', finishReason: 'length' },
		],
		['a refusal', { refusal: 'No.' }, {}, { refusal: 'No.' }],
		[
			'tool calls',
			{ toolCalls: [call] },
			{},
			{ toolCalls: [{ id: 'a' }], finishReason: 'tool_calls' },
		],
		['the raw answer', { text: 'c' }, { includeRaw: true }, { raw: { object: 'chat.completion' } }],
		[
			'another model',
			{ status: 529 },
			{ fallbackModels: [HAIKU], maxRetries: 0 },
			{ model: HAIKU, fallbacks: [{ kind: 'overloaded' }] },
		],
		['tokens that nobody counted', { text: 'c', usage: null }, {}, { estimated: {} }],
	])('%s', async (_name, reply, options, said) => {
		expect(await chat(reply, options)).toMatchObject(said);
	});

	test('what the gateway says of a cost that is not known, and no nulls', async () => {
		// An endpoint that knows the model, which the price list does not.
		const repair = (body: unknown) => ({ ...Object(body), model: HAIKU });
		const costOf = async (reply: Reply) => {
			const gateway = await startGateway({ keys: { [KEY]: 'active' }, script: [reply], repair });
			const model = { __rl: true, mode: 'id', value: 'acme/new' };
			const { last } = await runNode(
				{ apiKey: KEY, baseUrl: gateway.url },
				{
					...{ type: 'tokenHubChatCompletion', node: { typeVersion: 2 } },
					parameters: { ...base, model },
				},
			);
			await gateway.close();
			return last[0]?.json;
		};
		const of = { text: 'c', model: 'acme/new' };
		const paid = { cost: 0.1 };
		expect(await costOf(of)).toEqual({ text: 'c' });
		expect(await costOf({ ...of, usage: paid })).toEqual({ text: 'c', reportedCostUsd: 0.1 });
		expect(await costOf({ ...of, usage: null })).toEqual({ text: 'c' });
	});

	test('a loop that a limit has ended, with the steps that were paid for', async () => {
		const tools = { values: [{ name: 'look', type: 'httpRequest', url: 'http://127.0.0.1:1/' }] };
		const parameters = {
			tools,
			options: { maxIterations: 1, onLimit: 'return', includeMessages: true },
		};
		const { items } = await itemsOf('tokenHubToolCallLoop', [{ toolCalls: [call] }], {
			parameters,
		});
		expect(items[0]).toMatchObject({ stopReason: 'maxIterations', steps: [{ tool: 'look' }] });
		expect(Object.keys(items[0] ?? {})).toEqual([
			'output',
			'stopReason',
			'steps',
			'messages',
			'costUsd',
		]);
	});

	test('how much is as expected', async () => {
		const options = { expected: '{"a":"c"}' };
		const run = { parameters: { options } };
		const { items } = await itemsOf('tokenHubJsonExtract', [answer], run);
		expect(Object.keys(items[0] ?? {})).toEqual(['output', 'score', 'differences', 'costUsd']);
	});

	test('a value that a person should look at, and where it stands', async () => {
		const options = { samples: 2, evidence: true };
		const { items } = await itemsOf('tokenHubJsonExtract', [answer, answer], {
			parameters: { options },
		});
		expect(Object.keys(items[0] ?? {})).toEqual([
			...['output', 'evidence', 'confidence', 'needsReview', 'costUsd'],
		]);
	});
});

test('calls of manual tools are whole, and the loop goes on from them', async () => {
	const look = { name: 'look', type: 'manual', schemaSource: 'zod', zodSchema: 'z.object({})' };
	const back: Back = (items) => items.map((item) => ({ json: { ...item.json, result: 'seen' } }));
	const script = [{ toolCalls: [{ id: 'a', name: 'look', arguments: {} }] }, { text: 'Done.' }];
	const run = { parameters: { tools: { values: [look] } }, back };
	const { nodes, error } = await itemsOf('tokenHubToolCallLoop', script, run);
	expect(error).toBeUndefined();
	const [answers, calls] = nodes.Node?.outputs ?? [];
	expect(calls?.[0]?.json).toMatchObject({
		stopReason: 'awaitingTools',
		resume: { pending: [{}] },
	});
	expect(Object.keys(answers?.[0]?.json ?? {})).toEqual(['output', 'costUsd']);
});

describe('an extraction', () => {
	const shaped = async (outputMode: string, text: string, fields: object[], item = {}) => {
		const parameters = { fields: { values: fields }, options: { outputMode } };
		const run = { parameters, items: [item] };
		return (await itemsOf('tokenHubJsonExtract', [{ text }], run)).items;
	};

	test('merged: fields of the item and of the result stay, whatever their names', async () => {
		const item = { usage: 'daily', stage: 3 };
		const text = '{"attempts":"b"}';
		expect(await shaped('merge', text, [{ name: 'attempts' }], item)).toEqual([
			{ ...item, attempts: 'b', costUsd: expect.any(Number) },
		]);
	});

	test('as items: their costs add up', async () => {
		const list = [{ name: 'a', type: 'stringList' }];
		const [first, second] = await shaped('items', '{"a":["x","y"]}', list);
		expect(first).toEqual({ output: 'x', costUsd: expect.any(Number) });
		expect(second).toEqual({ output: 'y', costUsd: 0 });
	});
});

const bodySchema = z.object({
	messages: z.array(z.object({ role: z.string(), content: z.unknown() })),
});

describe('as a tool', () => {
	/** What the agent is told. */
	const told = async (type: string, typeVersion: number, own: object = {}) => {
		const { model, ...rest } = base;
		const parameters = { ...rest, ...own, model, toolDescription: 'Helps' };
		const asks = { toolCalls: [{ id: 'a', name: 'helper', arguments: {} }] };
		const script: Reply[] = [asks, answer, { text: 'Done.' }];
		const helper = { name: 'helper', type: `${type}Tool`, typeVersion, parameters };
		const { gateway, error } = await itemsOf('tokenHubToolCallLoop', script, { tools: [helper] });
		expect(error).toBeUndefined();
		const { messages } = bodySchema.parse(gateway.requests.at(-1)?.body);
		const said = messages.find(({ role }) => role === 'tool');
		const [result]: unknown[] = JSON.parse(textOf(said?.content));
		return Object.keys(Object(result));
	};

	test.each(KEYS)('%s gives the answer alone, all of it on request', async (type, all) => {
		const options = type === 'tokenHubJsonExtract' ? json : {};
		const [key = ''] = all;
		expect(await told(type, 1, { options })).toEqual([key]);
		expect(await told(type, 2, { options })).toEqual([key]);
		const whole = await told(type, 2, { options, simplify: false });
		expect(whole.sort()).toEqual([...all].sort());
	});
});

test('a chat that streams gets the same text, and the item is simplified', async () => {
	const reader = openReader();
	const run = { onChunk: reader.onChunk };
	const { items } = await itemsOf('tokenHubChatCompletion', [{ text: 'Hello there' }], run);
	expect(reader.text()).toBe('Hello there');
	expect(Object.keys(items[0] ?? {})).toEqual(['text', 'costUsd']);
});
