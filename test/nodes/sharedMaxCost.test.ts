import type { Reply } from '../../gateway';
import { openNode } from '../support/openNode';

/** Items side by side spend no more together than one after the other would. */

const HAIKU = { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' };
const base = { model: HAIKU, prompt: 'Go', text: 'Go', maxTokens: 1000, tools: {}, options: {} };
/** The most expensive answer: 0.005 USD and a little for the question. */
const usage = { promptTokens: 10, completionTokens: 1000, totalTokens: 1010 };
const USD = 0.00501;
const MAX = 0.05;
const items = Array.from({ length: 30 }, (_, n) => ({ n }));
const node = { onError: 'continueRegularOutput' as const };
const look = {
	...{ name: 'look', description: 'Looks', type: 'workflow', workflowId: 'missing' },
	...{ schemaSource: 'jsonSchema', jsonSchema: '{"type":"object"}' },
};
const looks: Reply = { toolCalls: [{ name: 'look', arguments: {} }] };
const schema = { schemaSource: 'jsonSchema', jsonSchema: '{"type":"object"}' };

const open = async (
	type: Parameters<typeof openNode>[0]['type'],
	reply: Reply,
	more: { parameters?: object; options?: object } = {},
) => {
	const { run, gateway } = await openNode({
		...{ type, base: { ...base, ...more.parameters } },
		gateway: [
			({ tool_choice }, n) => ({
				delayMs: n % 7,
				usage,
				...(tool_choice === 'none' ? { text: 'Enough.' } : reply),
			}),
		],
	});
	const options = { maxCostUsd: MAX, concurrency: 30, ...more.options };
	const { last, error } = await run({ options }, { items, node });
	expect(error).toBeUndefined();
	const sent = gateway.requests.filter(({ status }) => status === 200).length;
	return { jsons: last.map(({ json }) => json), sent };
};

const cases: Array<[string, Parameters<typeof open>]> = [
	['Chat Completion', ['tokenHubChatCompletion', { text: 'Hi' }]],
	['streamed', ['tokenHubChatCompletion', { text: 'Hi' }, { options: { stream: true } }]],
	[
		'Auto Continue',
		[
			'tokenHubChatCompletion',
			{ text: 'on', finishReason: 'length' },
			{ options: { autoContinue: true } },
		],
	],
	[
		'Extract',
		['tokenHubJsonExtract', { text: '{"a":1}' }, { parameters: schema, options: { mode: 'json' } }],
	],
	[
		'Extract that repairs',
		['tokenHubJsonExtract', { text: 'no' }, { parameters: schema, options: { mode: 'json' } }],
	],
	['Tool Call Loop', ['tokenHubToolCallLoop', { text: 'Hi' }]],
	[
		'loops of several turns',
		[
			'tokenHubToolCallLoop',
			looks,
			{
				parameters: { tools: { values: [look] } },
				options: { onLimit: 'return', repeatLimit: 99 },
			},
		],
	],
];

test.each(cases)('%s', async (_name, args) => {
	const { sent, jsons } = await open(...args);
	// One more may begin while any money is left.
	expect(sent * USD).toBeLessThanOrEqual(MAX + USD);
	expect(sent).toBeGreaterThanOrEqual(9);
	// Whatever was paid for stands in an output.
	const paid = jsons.map((json) => Number(json.costUsd ?? Object(json.details).costUsd ?? 0));
	expect(paid.reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(sent * USD, 6);
	const ended = jsons.filter(
		(json) => Object(json.details).kind === 'budget' || json.stopReason === 'costBudget',
	);
	expect(ended.length).toBeGreaterThan(0);
});

test('last answers of loops come on top, one for each that had begun', async () => {
	const parameters = { tools: { values: [look] } };
	const { sent, jsons } = await open('tokenHubToolCallLoop', looks, {
		...{ parameters, options: { repeatLimit: 99 } },
	});
	const begun = jsons.filter(({ stopReason }) => stopReason === 'costBudget');
	expect(begun.length).toBeGreaterThan(2);
	expect(begun.every(({ output }) => output === 'Enough.')).toBe(true);
	expect(sent * USD).toBeLessThanOrEqual(MAX + (1 + begun.length) * USD);
});
