import { InMemoryChatMessageHistory } from '@langchain/core/chat_history';
import type { Script } from '../../gateway';
import { openNode } from '../support/openNode';
import { nodeAsTool, type Call } from '../support/itemTools';
import { supplied } from '../support/supplied';
import { textOf } from '../support/textOf';

const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' },
	...{ prompt: '={{ $json.q }}', text: '={{ $json.q }}', maxTokens: 64, tools: {} },
};
const items = ['a', 'b', 'c', 'd'].map((q) => ({ q }));
const options = { reuseResults: true, concurrency: 1, maxRetries: 0 };

/** Answers all but the third question, until `repaired` says that it can. */
async function open(type: Parameters<typeof openNode>[0]['type']) {
	const state = { repaired: false };
	const opened = await openNode({
		...{ type, base },
		gateway: [
			({ messages }) => {
				const question = JSON.stringify(messages.at(-1)?.content);
				if (question === '"c"' && !state.repaired) return { status: 500 };
				return { text: `{"n":${question}}` };
			},
		],
	});
	const run: typeof opened.run = (parameters, rest = {}) =>
		opened.run(parameters, { items, ...rest });
	return { ...opened, run, state };
}

const fields = { values: [{ name: 'n', type: 'string' }] };

describe.each([
	['tokenHubChatCompletion', {}],
	['tokenHubToolCallLoop', {}],
	['tokenHubJsonExtract', { fields, options: { ...options, mode: 'json' } }],
] as const)('Reuse Results of %s', (type, own) => {
	const parameters = { options, ...own };

	test('Retry of a failed execution does not pay for finished items again', async () => {
		const { run, gateway, state } = await open(type);
		const failed = await run(parameters);
		expect(failed.error).toMatchObject({
			description: expect.stringMatching(/item 2; 2 of 4 items done, 0\.0\d+ USD spent/),
		});
		expect(gateway.requests).toHaveLength(3);
		state.repaired = true;
		const { last } = await run(parameters, { retryOf: failed.run });
		expect(gateway.requests).toHaveLength(5);
		expect(last.map(({ json, pairedItem }) => [json.reused, json.requests, pairedItem])).toEqual([
			[true, 0, { item: 0 }],
			[true, 0, { item: 1 }],
			[undefined, 1, { item: 2 }],
			[undefined, 1, { item: 3 }],
		]);
		expect(last[0]?.json).toMatchObject({ costUsd: 0, usage: { totalTokens: 0 } });
		expect(JSON.stringify(last[0]?.json)).toMatch(/\\?"n\\?":\\?"a/);
		// Another execution with the same input is another person's, for all that anybody knows.
		await run(parameters);
		expect(gateway.requests).toHaveLength(9);
	});

	test('Retry On Fail does not either', async () => {
		const { run, gateway } = await open(type);
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		await run(parameters, { node });
		expect(gateway.requests).toHaveLength(4);
	});

	test('the same input in another execution is asked again', async () => {
		const { run, gateway, state } = await open(type);
		await run(parameters);
		state.repaired = true;
		const { last } = await run(parameters);
		expect(gateway.requests).toHaveLength(7);
		expect(last.map(({ json }) => json.reused)).toEqual(items.map(() => undefined));
	});

	test('what went well leaves nothing in the execution', async () => {
		const { run, state } = await open(type);
		state.repaired = true;
		const { run: done } = await run(parameters);
		expect(JSON.stringify(done?.data.executionData?.contextData)).not.toContain('reusable');
		const node = { onError: 'continueRegularOutput' as const };
		state.repaired = false;
		const { run: continued } = await run(parameters, { node });
		expect(JSON.stringify(continued?.data.executionData?.contextData)).not.toContain('reusable');
	});

	test('is off by default', async () => {
		const { run, gateway } = await open(type);
		const off = { ...parameters, options: { ...parameters.options, reuseResults: false } };
		const failed = await run(off);
		await run(off, { retryOf: failed.run });
		expect(gateway.requests).toHaveLength(6);
	});
});

const chatBase = { options };
type Rest = Parameters<Awaited<ReturnType<typeof open>>['run']>[1];

test.each<[change: string, parameters: object, rest: Rest, asked: number]>([
	['another model', { model: 'claude-sonnet-4-6' }, {}, 3],
	['another system message', { systemMessage: 'Be brief.' }, {}, 3],
	['other fallback models', { options: { ...options, fallbackModels: ['claude-x'] } }, {}, 3],
	[
		'another credential',
		{},
		{ node: { credentials: { tokenHubApi: { id: '2', name: 'Other' } } } },
		3,
	],
	['a tool that was not there', {}, { supplied: nodeAsTool([]) }, 3],
	['another option that the request ignores', { options: { ...options, concurrency: 2 } }, {}, 1],
])('%s: what would be asked otherwise is asked again', async (_change, parameters, rest, asked) => {
	const { run, gateway } = await open('tokenHubToolCallLoop');
	const failed = await run(chatBase);
	const before = gateway.requests.length;
	await run({ ...chatBase, ...parameters }, { retryOf: failed.run, ...rest });
	// Concurrency 2 has begun the item after the failing one.
	expect(gateway.requests.length - before).toBeGreaterThanOrEqual(asked);
	expect(gateway.requests.length - before).toBeLessThanOrEqual(asked + 1);
});

test('a tool whose parameters have changed is another tool', async () => {
	const { run, gateway } = await open('tokenHubToolCallLoop');
	const [tool] = nodeAsTool([]);
	if (!tool) throw new Error('unreachable');
	const withUrl = (value: string) => [{ ...tool, parameters: { ...tool.parameters, value } }];
	const failed = await run({ options }, { supplied: withUrl('one') });
	expect(gateway.requests).toHaveLength(3);
	await run({ options }, { supplied: withUrl('one'), retryOf: failed.run });
	expect(gateway.requests).toHaveLength(4);
	await run({ options }, { supplied: withUrl('two'), retryOf: failed.run });
	expect(gateway.requests).toHaveLength(7);
});

test('the address and the key of the endpoint are part of it', async () => {
	const [one, other] = [await open('tokenHubChatCompletion'), await open('tokenHubChatCompletion')];
	const failed = await one.run({ options });
	await other.run({ options }, { retryOf: failed.run });
	expect(other.gateway.requests).toHaveLength(3);
	expect(JSON.stringify(failed.run)).not.toContain('th-demo-key');
});

test('user B asks what user A asked, and gets an answer of their own', async () => {
	const calls: Call[] = [];
	const history = new InMemoryChatMessageHistory();
	const memory = supplied('ai_memory', {
		chatHistory: history,
		loadMemoryVariables: async () => ({ chat_history: [] }),
		saveContext: async () => undefined,
	});
	const script: Script = ({ messages, tools = [] }) => {
		const asked = textOf(messages.findLast(({ role }) => role === 'user')?.content);
		if (asked === 'fails') return { status: 500 };
		if (messages.at(-1)?.role === 'tool')
			return { text: `Answer for ${String(calls.at(-1)?.value)}` };
		const name = tools[0]?.function.name ?? '';
		return { toolCalls: [{ name, arguments: { text: asked } }] };
	};
	const opened = await openNode({ type: 'tokenHubToolCallLoop', base, gateway: [script] });
	const [tool] = nodeAsTool(calls);
	if (!tool) throw new Error('unreachable');
	const ask = async (user: string) => {
		const parameters = { ...tool.parameters, value: "={{ $('Start').first().json.user }}" };
		const nodes = [{ ...tool, parameters }, memory];
		return await opened.run(
			{ options, prompt: '={{ $json.chatInput }}' },
			{ items: ['balance?', 'fails'].map((chatInput) => ({ chatInput, user })), supplied: nodes },
		);
	};
	await ask('A');
	await ask('B');
	expect(calls.map(({ value }) => value)).toEqual(['A', 'B']);
});
