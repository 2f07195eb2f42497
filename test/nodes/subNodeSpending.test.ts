import type { Reply, Script } from '../../gateway';
import { openLoop } from '../support/runLoop';
import type { NodeRun } from '../support/runNode';

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
