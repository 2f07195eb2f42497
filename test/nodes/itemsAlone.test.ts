import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type ISupplyDataFunctions,
} from 'n8n-workflow';
import { readsItem } from '../../nodes/shared/item/itemExpressions';
import { type Script, startGateway } from '../../gateway';
import { agentTool, nodeAsTool, retriedTool, toolkit, type Call } from '../support/itemTools';
import { KEY } from '../support/openGateway';
import { openLoop } from '../support/runLoop';
import { supplied, type Supplied } from '../support/supplied';
import { textOf } from '../support/textOf';

const items = Array.from({ length: 12 }, (_, n) => ({ n, sessionId: `s${n}`, token: `t${n}` }));
const prompt = '=item {{ $json.n }}';
const parameters = { prompt, options: { concurrency: 8 } };

/** Has every tool called once for each item, twice where the item says so. */
const script: Script = ({ messages, tools = [] }) => {
	const item = Number(/item (\d+)/.exec(textOf(messages[0]?.content))?.[1]);
	if (messages.length > 1) return { text: `Done ${item}` };
	const calls = tools.flatMap(({ function: { name } }) =>
		[0, 1, 2].map((n) => ({ name, arguments: { text: `${item}-${n}` } })),
	);
	return { toolCalls: calls, delayMs: (item * 5) % 7 };
};

const reading = (nodes: Supplied[], value: string): Supplied[] =>
	nodes.map((node) => ({ ...node, parameters: { ...node.parameters, value } }));

test.each([
	['=plain', false],
	["={{ $fromAI('a', 'b') }} and {{ $now.toISO() }}", false],
	["={{ $('Users').first().json.id }} {{ $input.all().length }} {{ $vars.x }}", false],
	['={{ $json.a }}', true],
	["={{ $('Users').item.json.id }}", true],
	["={{ $('Users')?.first().json.id }}", true],
	['={{ $node["Users"].json.id }}', true],
	['={{ this["$js" + "on"].a }}', true],
	['={{ $unheardOf }}', true],
	['return $input.item.json.a', true],
	['return _json["a"]', true],
	['costs $5, or 5 $', false],
	[{ deep: [{ value: '={{ $binary.x }}' }] }, true],
	[{ n: 1, list: ['=x', null] }, false],
])('%j reads the item: %s', (parameter, expected) => {
	expect(readsItem(parameter)).toBe(expected);
});

test.each([
	['$node', '={{ $node["Start"].json.n }}'],
	['$items()', '={{ $items()[0].json.n }} {{ $json.n }}'],
	['$item()', '={{ $item(1).$json.n }}'],
	['$input of all items', '={{ $input.all()[0].json.n + $json.n }}'],
	['.itemMatching()', "={{ $('Start').itemMatching($itemIndex).json.n }}"],
	['the quoted word "$itemIndex"', '={{ $json["$itemIndex"] }}'],
	['$evaluateExpression()', '={{ $evaluateExpression("$json.n") }}'],
	['$parameter beside $itemIndex', '={{ $parameter["text"] + $itemIndex }}'],
])('%s cannot be told apart, and is refused before any request', async (word, value) => {
	const { run, gateway } = await openLoop(script);
	const { error } = await run({ items, parameters, supplied: reading(nodeAsTool([]), value) });
	expect(error?.message).toContain(`reads ${word} in "${value}"`);
	expect(error).toMatchObject({ description: expect.stringContaining('Loop Over Items') });
	expect(gateway.requests.length).toBe(0);
	// A single item has nothing to be told apart from.
	const one = await run({
		items: [{ n: 0 }],
		parameters,
		supplied: reading(nodeAsTool([]), value),
	});
	expect(one.error).toBeUndefined();
});

test('what is common to all items keeps its meaning', async () => {
	const calls: Call[] = [];
	const { run } = await openLoop(script);
	const value = "={{ $input.all().length + $input.first().json.n + $('Start').last().json.n }}";
	await run({ items, parameters, supplied: reading(nodeAsTool(calls), value) });
	expect(calls).toHaveLength(36);
	expect(new Set(calls.map((call) => call.value))).toEqual(new Set([12 + 0 + 11]));
});

test.each([
	['an agent with tools of its own', agentTool],
	['a node that n8n tries again', retriedTool],
])('calls side by side of %s keep their arguments, for one item too', async (_name, kind) => {
	for (const some of [items.slice(0, 1), items]) {
		const calls: Call[] = [];
		const { run } = await openLoop(script);
		const { error } = await run({ items: some, parameters, supplied: reading(kind(calls), 'x') });
		expect(error).toBeUndefined();
		const texts = some.flatMap(({ n }) => [0, 1, 2].map((call) => `${n}-${call}`));
		expect(calls.map(({ text }) => text).sort()).toEqual(texts.sort());
	}
});

test("n8n's log of the execution holds each call once, under the run that made it", async () => {
	const calls: Call[] = [];
	const { run } = await openLoop(script);
	const nodes = reading([...agentTool(calls), ...nodeAsTool(calls)], '={{ $json.n }}');
	const { run: raw } = await run({ items, parameters, supplied: nodes });
	const runData = raw?.data.resultData.runData ?? {};
	const [agent, inner, plain] = nodes.map(({ name, type }) => runData[name ?? type] ?? []);
	for (const tasks of [agent, inner, plain]) {
		const asked = tasks?.map(({ inputOverride }) => inputOverride?.ai_tool?.[0]?.[0]?.json.text);
		const texts = items.flatMap(({ n }) => [0, 1, 2].map((call) => `${n}-${call}`));
		expect(asked?.sort()).toEqual(texts.sort());
		expect(tasks?.every(({ executionStatus, data }) => executionStatus === 'success' && data)).toBe(
			true,
		);
	}
	for (const task of inner ?? []) {
		const [source] = task.source;
		const parent = agent?.[source?.previousNodeRun ?? -1];
		expect(parent?.inputOverride?.ai_tool?.[0]?.[0]?.json).toEqual(
			task.inputOverride?.ai_tool?.[0]?.[0]?.json,
		);
	}
});

test('notes on tools are given once, tool choice and names are those of one run', async () => {
	const broken = supplied('ai_tool', {
		name: 'half',
		description: 'x',
		schema: { type: 'objekt' },
	});
	const { run, bodies } = await openLoop(script);
	const options = { concurrency: 8, toolChoice: 'one', imageTools: ['gone'] };
	const { run: raw, error } = await run({
		items,
		parameters: { prompt, options },
		supplied: [...reading(toolkit([]), '={{ $json.n }}'), ...toolkit([]), broken],
	});
	expect(error).toBeUndefined();
	const hints = raw?.data.resultData.runData.Node?.[0]?.hints?.map(({ message }) => message).sort();
	expect(hints).toEqual([
		'Image Tools: no connected tool is named gone.',
		expect.stringContaining('"half" was left out'),
	]);
	const first = bodies().filter(({ messages }) => Array.isArray(messages) && messages.length === 1);
	expect(first).toHaveLength(items.length);
	for (const { tools, tool_choice: choice } of first) {
		expect(Array.isArray(tools) && tools.map((tool) => tool.function.name)).toEqual([
			...['one', 'two', expect.stringMatching(/_one$/), expect.stringMatching(/_two$/)],
		]);
		expect(choice).toEqual({ type: 'function', function: { name: 'one' } });
	}
});

/** A tool or memory whose credential is read as n8n's nodes read theirs: without saying for which item. */
function withCredential(seen: unknown[]): Supplied[] {
	const [tool] = nodeAsTool([]);
	if (!tool) throw new Error('unreachable');
	const credentials = { test: { id: '1', name: 'Test' } };
	tool.nodeType.description.credentials = [{ name: 'test', required: true }];
	tool.nodeType.execute = async function (this: IExecuteFunctions) {
		const { token } = await this.getCredentials('test');
		seen.push([this.getNodeParameter('text', 0), token]);
		return [[{ json: {} }]];
	};
	return [{ ...tool, node: { ...tool.node, credentials } }];
}

test('an expression in a credential of a tool is answered for its item', async () => {
	const seen: unknown[] = [];
	const { run } = await openLoop(script);
	await run({
		...{ items, parameters, supplied: withCredential(seen) },
		others: { test: { token: '={{ $json.token }}' } },
	});
	const expected = items.flatMap(({ n, token }) =>
		[0, 1, 2].map((call) => [`${n}-${call}`, token]),
	);
	expect(seen.sort()).toEqual(expected.sort());
});

/** As n8n's memory nodes are, with the session of the item that they are asked for. */
function memory(seen: unknown[], to?: string): Supplied {
	const made = supplied('ai_memory', undefined);
	const credentials = { test: { id: '1', name: 'Test' } };
	made.nodeType.description.credentials = [{ name: 'test', required: true }];
	made.nodeType.supplyData = async function (this: ISupplyDataFunctions, itemIndex: number) {
		const { token } = await this.getCredentials('test');
		const evaluate: unknown = Reflect.get(this, 'evaluateExpression');
		if (typeof evaluate !== 'function') throw new Error('unreachable');
		const session: unknown = evaluate.call(this, '{{ $json.sessionId }}', itemIndex);
		const saveContext = async ({ input }: { input: string }) => {
			seen.push([input, session, token]);
		};
		const chatHistory = { sessionId: session };
		return {
			response: { chatHistory, saveContext, loadMemoryVariables: async () => ({ h: [] }) },
		};
	};
	return { ...made, to, node: { credentials } };
}

test('memory has the session and the credential of its item', async () => {
	const seen: unknown[] = [];
	const { run } = await openLoop(script);
	const { error } = await run({
		...{ items, parameters, supplied: [memory(seen)] },
		others: { test: { token: '={{ $json.token }}' } },
	});
	expect(error).toBeUndefined();
	const expected = items.map(({ n, sessionId, token }) => [`item ${n}`, sessionId, token]);
	expect(seen.sort()).toEqual(expected.sort());
});

type Save = (exchange: object) => Promise<void>;
const isSave = (value: unknown): value is Save => typeof value === 'function';

test('the memory of an agent that is a tool has the session of the item', async () => {
	const seen: unknown[] = [];
	const [agent] = agentTool([]);
	if (!agent) throw new Error('unreachable');
	agent.nodeType.description.inputs = [{ type: NodeConnectionTypes.AiMemory, maxConnections: 1 }];
	agent.nodeType.execute = async function (this: IExecuteFunctions) {
		const input = textOf(this.getNodeParameter('text', 0));
		const found: unknown = await this.getInputConnectionData(NodeConnectionTypes.AiMemory, 0);
		const save: unknown = Reflect.get(Object(found), 'saveContext');
		if (isSave(save)) await save({ input });
		return [[{ json: {} }]];
	};
	const { run } = await openLoop(script);
	const { error } = await run({
		...{ items, parameters, supplied: [agent, memory(seen, agent.type)] },
		others: { test: { token: 'same' } },
	});
	expect(error).toBeUndefined();
	const expected = items.flatMap(({ n, sessionId }) =>
		[0, 1, 2].map((call) => [`${n}-${call}`, sessionId, 'same']),
	);
	expect(seen.sort()).toEqual(expected.sort());
});

test('an expression in the TokenHub credential is answered for each item', async () => {
	const keys = Object.fromEntries(items.map(({ n }) => [`th-user-${n}`, 'active' as const]));
	const gateway = await startGateway({ keys: { ...keys, [KEY]: 'active' }, script });
	const { run } = await openLoop(script);
	const apiKey = '={{ "th-user-" + $json.n }}';
	const others = { tokenHubApi: { apiKey, baseUrl: gateway.url } };
	const { error } = await run({ items, parameters, others });
	await gateway.close();
	expect(error).toBeUndefined();
	for (const { headers, body } of gateway.requests) {
		const item = /item (\d+)/.exec(JSON.stringify(body))?.[1];
		expect(headers.authorization).toBe(`Bearer th-user-${item}`);
	}
	expect(gateway.requests.length).toBeGreaterThanOrEqual(items.length);
});

test('options of the whole run that differ by item are named', async () => {
	const { run } = await openLoop(() => ({ text: 'Hi' }));
	const options = { maxCostUsd: '={{ $json.n + 1 }}', concurrency: 2, maxRetries: '={{ 1 + 1 }}' };
	const hintsOf = async (some: typeof items) => {
		const { run: raw } = await run({ items: some, parameters: { prompt, options } });
		return raw?.data.resultData.runData.Node?.[0]?.hints?.map(({ message }) => message) ?? [];
	};
	expect(await hintsOf(items)).toEqual([
		'Options for the whole run, read from the first item only: Max Cost (USD).',
	]);
	expect(await hintsOf(items.slice(0, 1))).toEqual([]);
});
