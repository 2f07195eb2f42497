import type { Script } from '../../gateway';
import { keeper } from '../support/keeper';
import { openNode } from '../support/openNode';
import { textOf } from '../support/textOf';

/** Finished items are kept in a workflow of the user's own: no execution pays for the same twice. */

const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' },
	...{ prompt: '={{ $json.q }}', text: '={{ $json.q }}', maxTokens: 64 },
	fields: { values: [{ name: 'costUsd', type: 'string' }] },
};
const items = ['a', 'b', 'c', 'd'].map((q) => ({ q, stamp: 1 }));
const options = { resultsWorkflow: 'keeper', concurrency: 1, maxRetries: 0, mode: 'json' };
type Type = Parameters<typeof openNode>[0]['type'];
type Run = Awaited<ReturnType<typeof openNode>>['run'];

/** Answers all but the third question, until `power` is back. */
async function open(type: Type, kept = new Map<string, string>()) {
	const power = { isOut: true };
	const script: Script = ({ messages }) => {
		const question = textOf(messages.at(-1)?.content);
		if (question === 'c' && power.isOut) return { status: 401 };
		return { text: `{"costUsd":"${question}"}` };
	};
	const { run: runNode, gateway } = await openNode({ type, base, gateway: [script] });
	const { node, workflow } = keeper(kept);
	const run: Run = (parameters, rest = {}) =>
		runNode(parameters, { items, supplied: [node], workflows: [workflow], ...rest });
	return { run, gateway, power, kept };
}

const types: Array<[Type, object]> = [
	['tokenHubChatCompletion', {}],
	['tokenHubJsonExtract', {}],
	['tokenHubJsonExtract', { outputMode: 'merge' }],
];

describe.each(types)('%s %o', (type, own) => {
	const parameters = { options: { ...options, ...own } };

	test('another execution pays for nothing that was finished', async () => {
		const { run, gateway, power, kept } = await open(type);
		const failed = await run(parameters);
		expect(failed.error).toBeDefined();
		expect(gateway.requests).toHaveLength(3);
		power.isOut = false;
		// What is no part of the request may differ.
		const later = items.map((item) => ({ ...item, stamp: 2 }));
		const { last } = await run(parameters, { items: later });
		expect(gateway.requests).toHaveLength(5);
		expect(last.map(({ json }) => json.reused)).toEqual([true, true, undefined, undefined]);
		expect(last.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(last[0]?.json).toMatchObject({ requests: 0, usage: { totalTokens: 0 } });
		expect(JSON.stringify([...kept])).not.toContain('th-demo-key');
		const third = await run(parameters);
		expect(gateway.requests).toHaveLength(5);
		expect(third.last.map(({ json }) => json.reused)).toEqual(items.map(() => true));
	});

	test.each([
		['model', { model: 'claude-sonnet-4-6' }],
		['system message or instructions', { systemMessage: 'Be brief.', instructions: 'Be brief.' }],
		['Maximum Number of Tokens', { maxTokens: 65 }],
		['parameter', { options: { ...options, ...own, temperature: 1 } }],
		['key', { options: { ...options, ...own, resultsKey: 'other' } }],
	])('another %s is asked', async (_what, changed) => {
		const { run, gateway, power } = await open(type);
		power.isOut = false;
		await run(parameters);
		await run({ ...parameters, ...changed });
		expect(gateway.requests).toHaveLength(8);
	});
});

test('of Extract, what says the schema is part of it, and what only shapes the output is not', async () => {
	const { run, gateway, power } = await open('tokenHubJsonExtract');
	power.isOut = false;
	await run({ options });
	const { last } = await run({ options: { ...options, outputMode: 'merge', expected: '{}' } });
	expect(gateway.requests).toHaveLength(4);
	expect(last[0]?.json).toMatchObject({ q: 'a', stamp: 1, costUsd: 'a', reused: true, score: 0 });
	for (const schema of [
		{ schemaSource: 'zod', zodSchema: 'z.object({ costUsd: z.string() })' },
		{ schemaSource: 'zod', zodSchema: 'z.object({ costUsd: z.string().min(1) })' },
		{ schemaSource: 'example', jsonExample: '{"costUsd":"x"}' },
	]) {
		const before = gateway.requests.length;
		await run({ options, ...schema });
		expect(gateway.requests).toHaveLength(before + 4);
	}
});

test('a field of the document keeps its value on Retry, whatever it is called', async () => {
	const power = { isOut: true };
	const names = ['costUsd', 'usage', 'requests', 'retries', 'latencyMs', 'estimated', 'reused'];
	const fields = { values: names.map((name) => ({ name, type: 'string' })) };
	const own = { mode: 'tool', outputMode: 'merge', reuseResults: true, concurrency: 1 };
	const { run: runNode } = await openNode({
		...{ type: 'tokenHubJsonExtract', base: { ...base, fields } },
		gateway: [
			({ messages, tools = [] }) => {
				const isOut = power.isOut && JSON.stringify(messages).includes('"c"');
				if (isOut) return { status: 401 };
				const said = Object.fromEntries(names.map((name) => [name, `the ${name}`]));
				return { toolCalls: [{ name: tools[0]?.function.name ?? '', arguments: said }] };
			},
		],
	});
	const failed = await runNode({ options: own }, { items: [{ q: 'a' }, { q: 'c' }] });
	power.isOut = false;
	const { last } = await runNode(
		{ options: own },
		{ items: [{ q: 'a' }, { q: 'c' }], retryOf: failed.run },
	);
	for (const name of names) expect(last[0]?.json[name]).toBe(`the ${name}`);
});

test('a reader of a chat gets the answer that was kept', async () => {
	const { run, gateway, power } = await open('tokenHubChatCompletion');
	power.isOut = false;
	const said: string[] = [];
	const onChunk = ({ content }: { content?: string }) => void said.push(content ?? '');
	await run({ options }, { items: [{ q: 'a' }] });
	await run({ options }, { items: [{ q: 'a' }], onChunk });
	expect(gateway.requests).toHaveLength(1);
	expect(said.join('')).toBe('{"costUsd":"a"}');
});

test.each([
	['of another key', (state: string) => state.replace(/"of":"[^"]+"/, '"of":"x"'), /another key/],
	['that cannot be read', () => '{"result":1}', /cannot be read/],
	['that is no JSON', () => '"soon"', /cannot be read/],
])('a state %s is an error, and nothing is paid', async (_what, changed, words) => {
	const { run, gateway, power, kept } = await open('tokenHubChatCompletion');
	power.isOut = false;
	await run({ options });
	for (const [key, state] of kept) kept.set(key, changed(state));
	const { error } = await run({ options });
	expect(error?.message).toMatch(words);
	expect(gateway.requests).toHaveLength(4);
});

test('Max Cost that is spent does not keep from what is paid for', async () => {
	const { run, power } = await open('tokenHubChatCompletion');
	power.isOut = false;
	await run({ options });
	const more = [{ q: 'new' }, ...items, { q: 'newer' }];
	const { last } = await run(
		{ options: { ...options, maxCostUsd: 0.0000001 } },
		{ items: more, node: { onError: 'continueRegularOutput' } },
	);
	expect(last.map(({ json }) => json.reused ?? Object(json.details).kind)).toEqual([
		...[undefined, true, true, true, true, 'budget'],
	]);
});

test('a dry run is neither kept nor answered', async () => {
	const { run, gateway, power, kept } = await open('tokenHubChatCompletion');
	power.isOut = false;
	const dry = { options: { ...options, dryRun: true } };
	await run(dry);
	expect(kept.size).toBe(0);
	await run({ options });
	const { last } = await run(dry);
	expect(last[0]?.json).toMatchObject({ dryRun: true });
	expect(gateway.requests).toHaveLength(4);
});

test('items that ask the same have an answer each, and keep it', async () => {
	const { node, workflow } = keeper(new Map());
	const { run, gateway } = await openNode({
		...{ type: 'tokenHubChatCompletion', base },
		gateway: [(_body, n) => ({ text: `Answer ${n}` })],
	});
	const same = { items: [{ q: 'a' }, { q: 'a' }], supplied: [node], workflows: [workflow] };
	const textsOf = async () => (await run({ options }, same)).last.map(({ json }) => json.text);
	const first = await textsOf();
	expect(new Set(first).size).toBe(2);
	expect(await textsOf()).toEqual(first);
	expect(gateway.requests).toHaveLength(2);
});
