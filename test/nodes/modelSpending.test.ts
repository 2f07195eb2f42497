import { NodeConnectionTypes, type INodeType } from 'n8n-workflow';
import { z } from 'zod/v4';
import { LmChatTokenHub } from '../../nodes/LmChatTokenHub/LmChatTokenHub.node';
import type { Script } from '../../gateway';
import { openLoop } from '../support/runLoop';
import { langchainTool, supplied, type Supplied } from '../support/supplied';

/** n8n's model as far as it counts here: it sends by the fetch that it is given. */
jest.mock(
	'@n8n/ai-node-sdk',
	() => ({
		supplyModel(_context: object, config: Record<string, string>) {
			const clientConfig: { fetch?: typeof fetch } = {};
			const invoke = async (content: string) => {
				const response = await clientConfig.fetch?.(`${config.baseUrl}/chat/completions`, {
					method: 'POST',
					headers: { authorization: `Bearer ${config.apiKey}` },
					body: JSON.stringify({ model: config.model, messages: [{ role: 'user', content }] }),
				});
				const said: unknown = await response?.json();
				if (!response?.ok) throw new Error(JSON.stringify(said));
				return { content: JSON.parse(JSON.stringify(said)).choices[0].message.content };
			};
			return { response: { fields: { configuration: {} }, clientConfig, invoke } };
		},
	}),
	{ virtual: true },
);

const usage = { promptTokens: 1000, completionTokens: 100, totalTokens: 1100 };
const SONNET_USD = 0.0045;
const HAIKU_USD = 0.0015;
const HAIKU = { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' };

/** The loop calls its tool once for each word of its question; the model below says Hi. */
const script: Script = ({ messages }) => {
	const text = JSON.stringify(messages);
	if (text.includes('inner ') && !text.includes('tool_calls')) return { usage, text: 'Hi' };
	const words = /words: ([\w ]+)/.exec(text)?.[1]?.split(' ') ?? [];
	if (messages.some(({ role }) => role === 'tool')) return { usage, text: 'Done.' };
	return { usage, toolCalls: words.map((q) => ({ name: 'helper', arguments: { q } })) };
};

const spent = (requests: number, usd: number) => ({
	usage: expect.objectContaining({ totalTokens: 1100 * requests }),
	...{ costUsd: expect.closeTo(usd, 9), requests },
});

/** An agent that is a tool, with our model below, as n8n's AI Agent Tool is one. */
function agentBelow(): Supplied[] {
	const agent = supplied('ai_tool', undefined);
	const askable = z.custom<{ invoke(text: string): Promise<{ content: unknown }> }>();
	const nodeType: INodeType = {
		description: { ...agent.nodeType.description, inputs: [NodeConnectionTypes.AiLanguageModel] },
		async supplyData() {
			const given: unknown = await this.getInputConnectionData('ai_languageModel', 0);
			const model = askable.parse(Array.isArray(given) ? given[0] : given);
			const run = async ({ q }: Record<string, unknown>) =>
				(await model.invoke(`inner ${String(q)}`)).content;
			const schema = { type: 'object', properties: { q: { type: 'string' } } };
			return { response: langchainTool({ name: 'helper', schema, run }) };
		},
	};
	const model: Supplied = {
		...{ type: 'n8n-nodes-tokenhub.lmChatTokenHub', name: 'Model', to: agent.type },
		...{ nodeType: new LmChatTokenHub(), connection: 'ai_languageModel' },
		parameters: { model: HAIKU, options: {} },
		node: { credentials: { tokenHubApi: { id: '1', name: 'TokenHub' } } },
	};
	return [{ ...agent, nodeType }, model];
}

describe('a TokenHub Chat Model below an agent that is a tool', () => {
	const runAgent = async (words: string, options: object = {}) => {
		const opened = await openLoop(script);
		const parameters = { prompt: '=words: {{ $json.words }}', options };
		const result = await opened.run({
			...{ supplied: agentBelow(), items: words.split('|').map((own) => ({ words: own })) },
			parameters,
		});
		expect(result.error).toBeUndefined();
		return { ...opened, result, jsons: result.last.map(({ json }) => json) };
	};

	test("spends what is the loop's, each call and each item its own", async () => {
		const { jsons, result } = await runAgent('one two|three');
		expect(jsons).toMatchObject([
			{
				...spent(4, 2 * HAIKU_USD + 2 * SONNET_USD),
				steps: [{ spending: spent(1, HAIKU_USD) }, { spending: spent(1, HAIKU_USD) }],
			},
			{ ...spent(3, HAIKU_USD + 2 * SONNET_USD), steps: [{ spending: spent(1, HAIKU_USD) }] },
		]);
		// What it spends is in a row of its own in n8n's Logs.
		const [run] = result.run?.data.resultData.runData.Node ?? [];
		const logged = run?.data?.ai_languageModel?.flat().map((item) => item?.json) ?? [];
		expect(JSON.stringify(logged)).toContain('"totalTokens":4400');
	});

	test('and asks no more once Max Cost is reached', async () => {
		const { jsons, bodies } = await runAgent('one two three', {
			...{ maxCostUsd: 0.0055, onLimit: 'return', toolConcurrency: 1 },
		});
		expect(jsons[0]).toMatchObject({ stopReason: 'costBudget', ...spent(2, 0.006) });
		expect(jsons[0]?.steps).toMatchObject([
			{ result: 'Hi' },
			{ error: expect.stringMatching(/Max Cost is reached/) },
			{ error: expect.stringMatching(/Max Cost is reached/) },
		]);
		expect(bodies()).toHaveLength(2);
	});
});

test("n8n's AI Agent Tool does not see by what it would ask n8n's engine", async () => {
	const agent = supplied('ai_tool', undefined);
	const seen: boolean[] = [];
	const nodeType: INodeType = {
		description: {
			...agent.nodeType.description,
			...{ usableAsTool: true, inputs: [NodeConnectionTypes.AiTool] },
			outputs: [NodeConnectionTypes.AiTool],
		},
		async execute() {
			seen.push('getExecuteData' in this, 'getNodeParameter' in this);
			return [[{ json: { answer: this.getNodeParameter('toolDescription', 0) } }]];
		},
	};
	const { run } = await openLoop(({ messages, tools = [] }) =>
		messages.some(({ role }) => role === 'tool')
			? { text: 'Done.' }
			: { toolCalls: tools.map(({ function: { name } }) => ({ name, arguments: {} })) },
	);
	const inner = supplied(
		'ai_tool',
		langchainTool({ name: 'inner', schema: { type: 'object' }, run: () => 'never' }),
	);
	const type = 'test.agentTool';
	const result = await run({
		supplied: [
			{ ...agent, type, nodeType, parameters: { toolDescription: 'Knows a lot' } },
			{ ...inner, to: type },
		],
	});
	expect(result.error).toBeUndefined();
	expect(result.last[0]?.json.output).toBe('Done.');
	expect(seen).toEqual([false, true]);
});
