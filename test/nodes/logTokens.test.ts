import type { ITaskData } from 'n8n-workflow';
import type { Reply } from '../../gateway';
import { openNode } from '../support/openNode';
import type { NodeRun } from '../support/runNode';

const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' },
	...{ prompt: '={{ $json.q }}', text: '={{ $json.q }}', maxTokens: 64, options: {} },
	fields: { values: [{ name: 'n', type: 'number' }] },
};
const items = [{ q: 'a' }, { q: 'b' }];
const usage = { promptTokens: 1_000, completionTokens: 100, totalTokens: 1_100 };
const answer: Reply = { text: '{"n":1}', usage };
const TYPES: Array<NodeRun['type']> = [
	'tokenHubChatCompletion',
	'tokenHubToolCallLoop',
	'tokenHubJsonExtract',
];

/** What n8n's Logs add up, and its Evaluations read. */
const loggedIn = ({ data }: ITaskData) =>
	Object.values(data ?? {})
		.flat(2)
		.flatMap((item) => item?.json.tokenUsage ?? item?.json.tokenUsageEstimate ?? []);

async function run(type: NodeRun['type'], replies: Reply[], more: Partial<NodeRun> = {}) {
	const opened = await openNode({ type, base, gateway: [replies] });
	const ran = await opened.run({}, { items, ...more });
	const runData = ran.run?.data.resultData.runData ?? {};
	return { ran, runs: runData.Node ?? [], runData };
}

describe.each(TYPES)('%s', (type) => {
	const replies = [answer, answer];

	test('shows the tokens of all its requests in the Logs, once', async () => {
		const { runs, ran } = await run(type, replies);
		expect(runs.map(loggedIn)).toEqual([
			[{ promptTokens: 2_000, completionTokens: 200, totalTokens: 2_200 }],
		]);
		expect(runs[0]?.data?.ai_languageModel?.[0]?.[0]?.json).toMatchObject({
			...{ requests: 2, costUsd: 0.003 },
		});
		for (const { json } of ran.last) {
			expect(json).not.toHaveProperty('tokenUsage');
			expect(json).not.toHaveProperty('tokenUsageEstimate');
		}
	});

	test('tells traces and log streaming tokens and cost, and nothing that was said', async () => {
		const events: Array<[string, unknown]> = [];
		const onAiEvent = (name: string, message: string) => events.push([name, JSON.parse(message)]);
		const refused: Reply = { status: 400, error: { message: 'no' } };
		const node = { onError: 'continueRegularOutput' as const };
		const { runs } = await run(type, [answer, refused], { onAiEvent, node });
		expect(runs[0]?.metadata?.tracing).toEqual({
			...{ 'llm.tokens.in': 1_000, 'llm.tokens.out': 100, 'llm.tokens.total': 1_100 },
			...{ 'llm.tokens.estimated': false, 'llm.cost.total': 0.0015 },
		});
		const model = 'anthropic/claude-haiku-4-5';
		expect(events.sort()).toEqual([
			[
				'ai-llm-errored',
				{
					kind: 'badRequest',
					message: expect.any(String),
					status: 400,
					requestId: expect.any(String),
				},
			],
			['ai-llm-generated-output', { model, tokenUsage: usage, costUsd: 0.0015 }],
		]);
	});

	test('shows an estimate where an answer does not count', async () => {
		const silent: Reply = { text: '{"n":1}', usage: null };
		const { runs } = await run(type, [silent, silent]);
		expect(runs.map(loggedIn)).toEqual([
			[{ ...usage, ...NOTHING, totalTokens: expect.any(Number) }],
		]);
		expect(loggedIn(runs[0] ?? never())).not.toMatchObject([{ totalTokens: 0 }]);
	});
});

const NOTHING = { promptTokens: 0, completionTokens: 0 };
const never = (): never => {
	throw new Error('the node has not run');
};

test('a try that failed counts with the one that did not', async () => {
	const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const refused: Reply = { status: 400, error: { message: 'no' } };
	const script = [answer, refused, answer, answer];
	const { runs } = await run('tokenHubChatCompletion', script, { node });
	expect(runs).toHaveLength(1);
	expect(loggedIn(runs[0] ?? never())).toMatchObject([{ totalTokens: 3_300 }]);
});

test('each run of a node shows its own, and a tool below a loop none of its own', async () => {
	const helper = {
		...{ name: 'helper', type: 'tokenHubChatCompletionTool' },
		parameters: { ...base, toolDescription: 'Helps', prompt: 'inner', options: {} },
	};
	const { runs, runData } = await run(
		'tokenHubToolCallLoop',
		[{ toolCalls: [{ id: 'a', name: 'helper', arguments: {} }], usage }, answer, answer],
		{ items: [{ q: 'a' }], tools: [helper] },
	);
	expect(loggedIn(runs[0] ?? never())).toMatchObject([{ totalTokens: 3_300 }]);
	expect((runData.helper ?? []).flatMap(loggedIn)).toEqual([]);
});
