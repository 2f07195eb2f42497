import { randomUUID } from 'node:crypto';
import { clearShelf, openShelf, storeShelf } from '../../nodes/shared/reuse/shelf';
import { openNode } from '../support/openNode';

const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' },
	...{ prompt: '={{ $json.q }}', text: '={{ $json.q }}', maxTokens: 64, tools: {} },
};
const items = ['a', 'b', 'c', 'd'].map((q) => ({ q }));
const options = { reuseResults: true, concurrency: 1, maxRetries: 0 };

/** Answers all but the third question, until `mended` says that it can. */
async function open(type: Parameters<typeof openNode>[0]['type']) {
	const state = { mended: false };
	const opened = await openNode({
		...{ type, base },
		gateway: [
			({ messages }) => {
				const question = JSON.stringify(messages.at(-1)?.content);
				if (question === '"c"' && !state.mended) return { status: 500 };
				return { text: `{"n":${question}}` };
			},
		],
	});
	// Each test has a node of its own.
	const id = randomUUID();
	const run: typeof opened.run = (parameters, rest = {}) =>
		opened.run(parameters, { items, ...rest, node: { id, ...rest.node } });
	return { ...opened, run, state };
}

const fields = { values: [{ name: 'n', type: 'string' }] };

describe.each([
	['tokenHubChatCompletion', {}],
	['tokenHubToolCallLoop', {}],
	['tokenHubJsonExtract', { fields, options: { ...options, mode: 'json' } }],
] as const)('Reuse Results of %s', (type, own) => {
	const parameters = { options, ...own };

	test('after a failed run, finished items are not paid for again', async () => {
		const { run, gateway, state } = await open(type);
		const failed = await run(parameters);
		expect(failed.error).toMatchObject({
			description: expect.stringMatching(/item 2; 2 of 4 items done, 0\.0\d+ USD spent/),
		});
		expect(gateway.requests).toHaveLength(3);
		state.mended = true;
		const { last } = await run(parameters);
		expect(gateway.requests).toHaveLength(5);
		expect(last.map(({ json, pairedItem }) => [json.reused, json.requests, pairedItem])).toEqual([
			[true, 0, { item: 0 }],
			[true, 0, { item: 1 }],
			[undefined, 1, { item: 2 }],
			[undefined, 1, { item: 3 }],
		]);
		expect(last[0]?.json).toMatchObject({ costUsd: 0, usage: { totalTokens: 0 } });
		expect(JSON.stringify(last[0]?.json)).toMatch(/\\?"n\\?":\\?"a/);
		// All is well now: a further run asks anew.
		await run(parameters);
		expect(gateway.requests).toHaveLength(9);
	});

	test('items that failed under Continue are tried again, the others are not', async () => {
		const { run, gateway, state } = await open(type);
		const node = { onError: 'continueRegularOutput' as const };
		await run(parameters, { node });
		expect(gateway.requests).toHaveLength(4);
		state.mended = true;
		const { last } = await run(parameters, { node });
		expect(gateway.requests).toHaveLength(5);
		expect(last.map(({ json }) => json.reused)).toEqual([true, true, undefined, true]);
	});

	test('is off by default', async () => {
		const { run, gateway } = await open(type);
		const off = { ...parameters, options: { ...parameters.options, reuseResults: false } };
		await run(off);
		await run(off);
		expect(gateway.requests).toHaveLength(6);
	});
});

const file = { data: { data: 'aGk=', mimeType: 'text/plain' } };

test.each<[change: string, parameters: object, input: object, asked: number]>([
	['another model', { model: 'claude-sonnet-4-6' }, {}, 3],
	['another system message', { systemMessage: 'Be brief.' }, {}, 3],
	['another item', {}, { items: [{ q: 'a' }, { q: 'x' }, { q: 'c' }] }, 2],
	['another file', {}, { input: items.map((json) => ({ json, binary: file })) }, 3],
	['another option that the request ignores', { options: { ...options, concurrency: 2 } }, {}, 1],
])('%s: what was asked otherwise is asked anew', async (_change, parameters, input, asked) => {
	const { run, gateway } = await open('tokenHubChatCompletion');
	await run({ options });
	const before = gateway.requests.length;
	await run({ options, ...parameters }, input);
	// Concurrency 2 has begun the item after the failing one.
	expect(gateway.requests.length - before).toBeGreaterThanOrEqual(asked);
	expect(gateway.requests.length - before).toBeLessThanOrEqual(asked + 1);
});

type Context = Parameters<typeof openShelf>[0];
const isContext = (value: unknown): value is Context => typeof value === 'object';

/** As much of n8n as the shelf may ask for. */
function contextOf(id: string): Context {
	const known: Record<string, unknown> = {
		getNode: () => ({ id }),
		getWorkflow: () => ({ id: 'w' }),
	};
	const context: unknown = new Proxy(known, {
		get(target, key) {
			if (key in target) return target[String(key)];
			throw new Error(`the shelf asks the context for ${String(key)}`);
		},
	});
	if (!isContext(context)) throw new Error('unreachable');
	return context;
}

test('what is kept is bounded by age and size, the newest of all nodes first', () => {
	const entry = (text: string, at = Date.now()) => ({ at, results: [{ text }] });
	const long = 'x'.repeat(20_000_000);
	const [one, other] = [contextOf('one'), contextOf('other')];
	const old = entry('old', Date.now() - 25 * 3_600_000);
	storeShelf(
		one,
		new Map([
			['old', old],
			['first', entry(long)],
			['second', entry(long)],
		]),
	);
	expect([...openShelf(one).keys()]).toEqual(['first', 'second']);
	storeShelf(other, new Map([['third', entry(long)]]));
	expect([...openShelf(one).keys()]).toEqual(['second']);
	expect([...openShelf(other).keys()]).toEqual(['third']);
	clearShelf(one);
	clearShelf(other);
	expect(openShelf(other).size).toBe(0);
});
