import type { Reply, Script } from '../../gateway';
import { openLoop } from '../support/runLoop';
import type { INodeType } from 'n8n-workflow';
import type { NodeRun } from '../support/runNode';
import { langchainTool, supplied, type Supplied } from '../support/supplied';

/** What our own nodes spend as tools of a loop is the loop's: in its sums, its steps and its Max Cost. */

const usage = { promptTokens: 1000, completionTokens: 100, totalTokens: 1100 };
/** By the list: 3 and 15 dollars, 1 and 5 dollars per million. */
const SONNET_USD = 0.0045;
const HAIKU_USD = 0.0015;
const HAIKU = { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' };

type ToolNode = NonNullable<NodeRun['tools']>[number];
const toolNode = (type: string, parameters: object): ToolNode => ({
	...{ name: 'helper', type },
	parameters: {
		...{ toolDescription: 'Helps', model: HAIKU, maxTokens: 200, options: {} },
		...{ prompt: "=inner {{ $fromAI('q', 'what', 'string') }}" },
		...parameters,
	},
});
const extract = (options: object) =>
	toolNode('tokenHubJsonExtractTool', {
		...{ text: "=inner {{ $fromAI('q', 'what', 'string') }}", schemaSource: 'jsonSchema' },
		jsonSchema: '{"type":"object","required":["n"],"properties":{"n":{"type":"number"}}}',
		options: { mode: 'json', ...options },
	});

/** The outer loop calls its tool once for each word of its question; the inner model says `inner`. */
const script =
	(inner: (asked: string) => Reply, rounds = 1): Script =>
	({ messages }) => {
		const text = JSON.stringify(messages);
		const asked = /inner (\w+)/.exec(text)?.[1];
		if (asked !== undefined && !text.includes('"tool_calls"')) return { usage, ...inner(asked) };
		const answered = messages.filter(({ role }) => role === 'tool').length;
		const words = /words: ([\w ]+)/.exec(text)?.[1]?.split(' ') ?? [];
		if (answered >= rounds * words.length) return { usage, text: 'Done.' };
		const toolCalls = words.map((q) => ({ name: 'helper', arguments: { q } }));
		return { usage, toolCalls };
	};

const spent = (requests: number, usd: number) => ({
	usage: {
		...{ promptTokens: 1000 * requests, completionTokens: 100 * requests },
		totalTokens: 1100 * requests,
	},
	...{ costUsd: expect.closeTo(usd, 9), requests },
});

async function runOuter(
	tool: ToolNode,
	inner: (asked: string) => Reply,
	{ rounds, ...run }: Partial<NodeRun> & { rounds?: number } = {},
) {
	const opened = await openLoop(script(inner, rounds));
	const items = run.items ?? [{ words: 'one' }];
	const parameters = { prompt: '=words: {{ $json.words }}', ...run.parameters };
	const result = await opened.run({ tools: [tool], ...run, items, parameters });
	expect(result.error).toBeUndefined();
	return { ...opened, jsons: result.last.map(({ json }) => json), result };
}

const answers: Array<[string, ToolNode, Reply, number]> = [
	['Chat Completion', toolNode('tokenHubChatCompletionTool', {}), { text: 'Hi' }, 1],
	['Tool Call Loop', toolNode('tokenHubToolCallLoopTool', { tools: {} }), { text: 'Hi' }, 1],
	['Extract', extract({}), { text: '{"n":1}' }, 1],
	['Extract that fails', extract({ maxRepairs: 1 }), { text: '{"n":"many"}' }, 2],
	[
		'Chat Completion that goes on',
		toolNode('tokenHubChatCompletionTool', { options: { autoContinue: true } }),
		{ text: 'more', finishReason: 'length' },
		11,
	],
];

test.each(answers)('of %s', async (_name, tool, reply, requests) => {
	const { jsons, bodies } = await runOuter(tool, () => reply);
	const inner = spent(requests, requests * HAIKU_USD);
	expect(jsons).toMatchObject([
		{
			...spent(requests + 2, requests * HAIKU_USD + 2 * SONNET_USD),
			...{ iterations: 2, steps: [{ tool: 'helper', spending: inner }] },
		},
	]);
	expect(JSON.stringify(bodies())).not.toMatch(/costUsd|spending|requests/);
});

test.each(answers)('of %s, where n8n runs the tool', async (_name, tool, reply, requests) => {
	const parameters = { options: { imageTools: ['helper'] } };
	const { jsons } = await runOuter(tool, () => reply, { parameters });
	const inner = spent(requests, requests * HAIKU_USD);
	expect(jsons).toMatchObject([
		{
			...spent(requests + 2, requests * HAIKU_USD + 2 * SONNET_USD),
			steps: [{ tool: 'helper', spending: inner }],
		},
	]);
});

test('each item and each call its own, side by side', async () => {
	const items = ['one', 'one two', 'one two three', 'nine'].map((words) => ({ words }));
	const tool = toolNode('tokenHubChatCompletionTool', { options: { autoContinue: true } });
	const inner = (asked: string): Reply =>
		asked === 'two'
			? { text: 'two', finishReason: 'length', delayMs: 5 }
			: { text: 'Hi', delayMs: 20 };
	const { jsons } = await runOuter(tool, inner, { items });
	expect(jsons.map(({ requests }) => requests)).toEqual([3, 14, 15, 3]);
	expect(
		jsons.map(({ steps }) => Array.from(Object(steps), (step) => Object(step).spending.requests)),
	).toEqual([[1], [1, 11], [1, 11, 1], [1]]);
});

test('a loop whose tools spend its Max Cost asks no more', async () => {
	const tool = toolNode('tokenHubChatCompletionTool', {});
	const options = { maxCostUsd: 0.0055, onLimit: 'return' };
	const { jsons } = await runOuter(tool, () => ({ text: 'Hi' }), {
		...{ rounds: 9, parameters: { options } },
	});
	expect(jsons).toMatchObject([{ stopReason: 'costBudget', ...spent(2, 0.006) }]);
});

test('and a tool stops where its loop has to', async () => {
	const tool = toolNode('tokenHubChatCompletionTool', { options: { autoContinue: true } });
	const options = { maxCostUsd: 0.0085, onLimit: 'return' };
	const { jsons } = await runOuter(tool, () => ({ text: 'on', finishReason: 'length' }), {
		parameters: { options },
	});
	expect(jsons).toMatchObject([{ stopReason: 'costBudget', ...spent(4, 0.009) }]);
});

/** A workflow that asks a model, and one that calls it in turn. */
const called = (id: string, node: object) => ({
	id,
	nodes: [
		{
			...{ name: 'Start', type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1 },
			parameters: { inputSource: 'passthrough' },
		},
		{ name: 'Ask', credentials: { tokenHubApi: { id: '1', name: 'TokenHub' } }, ...node },
	],
	connections: { Start: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
});
const asking = called('asking', {
	type: 'n8n-nodes-tokenhub.tokenHubChatCompletion',
	parameters: {
		...{ model: HAIKU, prompt: '=inner {{ $json.q }}', maxTokens: 50 },
		options: {},
	},
});
const schema = { type: 'object', properties: { q: { type: 'string' } } };
const inline = {
	...{ name: 'helper', type: 'workflow', schemaSource: 'jsonSchema' },
	...{ workflowId: { __rl: true, mode: 'id', value: 'asking' } },
	jsonSchema: JSON.stringify(schema),
};

/** As n8n's Call n8n Workflow Tool does it. */
function callingTool(): Supplied {
	const made = supplied('ai_tool', undefined);
	const nodeType: INodeType = {
		...made.nodeType,
		async supplyData() {
			const run = async (json: Record<string, unknown>) => {
				const parentExecution = { executionId: this.getExecutionId(), workflowId: 'x' };
				const input = [{ json: { q: String(json.q) } }];
				await this.executeWorkflow({ id: 'asking' }, input, undefined, { parentExecution });
				return 'asked';
			};
			return { response: langchainTool({ name: 'helper', schema, run }) };
		},
	};
	return { ...made, type: 'test.toolWorkflow', nodeType };
}

const ways: Array<[name: string, run: Partial<NodeRun>]> = [
	['defined in the node', { parameters: { tools: { values: [inline] } } }],
	['connected', { supplied: [callingTool()] }],
];

describe.each(ways)('a workflow that is called as a tool, %s', (_name, way) => {
	const runCalling = async (words: string, options: object = {}) => {
		const opened = await openLoop(script(() => ({ text: 'Hi' })));
		const result = await opened.run({
			...way,
			parameters: { prompt: '=words: {{ $json.words }}', options, ...way.parameters },
			...{ items: words.split('|').map((own) => ({ words: own })), workflows: [asking] },
		});
		expect(result.error).toBeUndefined();
		return { ...opened, jsons: result.last.map(({ json }) => json) };
	};

	test("spends what is the loop's, each call and each item its own", async () => {
		const { jsons } = await runCalling('one two|three');
		expect(jsons).toMatchObject([
			{
				...spent(4, 2 * HAIKU_USD + 2 * SONNET_USD),
				steps: [{ spending: spent(1, HAIKU_USD) }, { spending: spent(1, HAIKU_USD) }],
			},
			{ ...spent(3, HAIKU_USD + 2 * SONNET_USD), steps: [{ spending: spent(1, HAIKU_USD) }] },
		]);
	});

	test('and asks no more once Max Cost is reached', async () => {
		const limits = { maxCostUsd: 0.0055, onLimit: 'return', toolConcurrency: 1 };
		const { jsons, bodies } = await runCalling('one two three', limits);
		expect(jsons[0]).toMatchObject({ stopReason: 'costBudget', ...spent(2, 0.006) });
		expect(bodies()).toHaveLength(2);
	});
});
