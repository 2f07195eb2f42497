import fc from 'fast-check';
import {
	answer,
	createClient,
	defineTool,
	estimateExtract,
	extract,
	priceOf,
	runToolLoop,
	TokenHubError,
	type TokenHubClient,
} from '../../core';
import { dryRun } from '../../core/chat/dryRun';
import { withFallbacks } from '../../core/chat/asking/withFallbacks';
import type { Reply, Script } from '../../gateway';
import { countUsage } from '../../gateway/answer/answer';
import { failure } from '../support/failure';
import { KEY, openGateway } from '../support/openGateway';

/** Max Cost and Max Total Tokens hold, whatever a gateway says or keeps to itself. */

const OTHER = 'acme/large';
const SONNET = 'anthropic/claude-sonnet-4-6';
const ask = { messages: [{ role: 'user' as const, content: 'Go' }] };
const look = defineTool({
	...{ name: 'look', description: '', parameters: { type: 'object' } },
	execute: () => 'seen',
});
const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };

type Limited = (client: TokenHubClient, model: string, maxCostUsd: number) => Promise<unknown>;
const LIMITED: Array<[string, Limited]> = [
	[
		'runToolLoop',
		(client, model, maxCostUsd) => runToolLoop(client, { prompt: 'Go', model, maxCostUsd }),
	],
	['answer', (client, model, maxCostUsd) => answer(client, { ...ask, model }, { maxCostUsd })],
	[
		'extract',
		(client, model, maxCostUsd) => extract(client, { text: 'a', schema, model, maxCostUsd }),
	],
	[
		'extract, a model to escalate to',
		(client, model, maxCostUsd) =>
			extract(client, { text: 'a', schema, escalateTo: [model], maxCostUsd }),
	],
	[
		'estimateExtract',
		async (client, model, maxCostUsd) =>
			await Promise.resolve(estimateExtract(client, { text: 'a', schema, model, maxCostUsd })),
	],
	[
		'dryRun',
		async (client, model, maxCostUsd) =>
			await Promise.resolve(dryRun(client, { ...ask, model }, maxCostUsd)),
	],
];

describe.each(LIMITED)('%s', (_name, run) => {
	test('refuses a model without a price before any request, and takes one with a price', async () => {
		const { client, gateway } = await openGateway(() => ({ text: '{"a":"a"}' }));
		const refusing = async () => await run(client, OTHER, 1);
		expect(await failure(refusing())).toMatchObject({
			kind: 'badConfig',
			message: `Max Cost cannot be applied: "${OTHER}" has no known price.`,
			details: { failures: [{ path: '/maxCostUsd' }] },
		});
		expect(gateway.requests).toHaveLength(0);
		const prices = { [OTHER]: { inputUsd: 1, outputUsd: 2 } };
		const priced = createClient({ apiKey: KEY, baseUrl: gateway.url, prices });
		// The embedded endpoint knows no such model: it is the one that refuses.
		const outcome = await run(priced, OTHER, 1).catch((error: unknown) => error);
		if (outcome instanceof TokenHubError) expect(outcome.kind).not.toBe('badConfig');
	});
});

test('a fallback model needs a price as well', async () => {
	const { client, gateway } = await openGateway([{ text: 'Hi' }]);
	const falling = withFallbacks(client, { models: [OTHER] });
	const refused = failure(runToolLoop(falling, { prompt: 'Go', maxCostUsd: 1 }));
	expect(await refused).toMatchObject({ kind: 'badConfig' });
	expect(gateway.requests).toHaveLength(0);
});

test.each([
	['its id', SONNET],
	['its short name', 'claude-sonnet-4-6'],
])("the caller's own price of a model stands in place of the list, by %s", async (_by, name) => {
	const prices = { [name]: { inputUsd: 100, outputUsd: 0 } };
	const usage = { promptTokens: 1000, completionTokens: 1000 };
	const { client } = await openGateway(() => ({ text: 'Hi', usage }), { prices });
	expect(await answer(client, ask, {})).toMatchObject({ costUsd: 0.1 });
	expect(await answer(client, { ...ask, model: 'claude-sonnet-4-6' })).toMatchObject({
		costUsd: 0.1,
	});
});

test('an answer of a model that nobody knows costs what the one that was asked costs', async () => {
	const usage = { promptTokens: 1000, completionTokens: 200 };
	const { client } = await openGateway(() => ({ text: 'Hi', usage, model: 'acme/hidden' }));
	expect(await answer(client, ask)).toMatchObject({ costUsd: 0.006, model: 'acme/hidden' });
});

test.each([NaN, 0, -1])('a Max Cost of %p is refused', async (maxCostUsd) => {
	const { client, gateway } = await openGateway(() => ({ text: 'Hi' }));
	expect(await failure(answer(client, ask, { maxCostUsd }))).toMatchObject({ kind: 'badConfig' });
	expect(gateway.requests).toHaveLength(0);
});

test.each(['length', 'max_tokens'])(
	'a forced tool is still forced after an answer that was cut (%s)',
	async (finishReason) => {
		const cut: Reply = { toolCalls: [{ name: 'look', arguments: {} }], finishReason };
		const { client, bodies } = await openGateway([cut, cut, { text: 'Hi' }]);
		const result = await runToolLoop(client, {
			...{ prompt: 'Go', tools: [look], toolChoice: 'required' },
		});
		expect(result.steps.every(({ error }) => error !== undefined)).toBe(true);
		expect(bodies().map(({ tool_choice: choice }) => choice)).toEqual(Array(3).fill('required'));
	},
);

test.each([-1, NaN, '3'])('a price of %p is refused', (inputUsd) => {
	const prices: object = { [OTHER]: { inputUsd, outputUsd: 1 } };
	expect(() => createClient({ apiKey: KEY, ...{ prices: Object(prices) } })).toThrow(TokenHubError);
});

/** Bills each answer by its own count, and says what it likes of it. */
function billing(seed: number) {
	const billed: Array<{ usd: number; tokens: number }> = [];
	let state = seed;
	const random = () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
	const bill = (usage: ReturnType<typeof countUsage>) =>
		billed.push({ usd: priceOf(SONNET, usage) ?? NaN, tokens: usage.totalTokens });
	const script: Script = (body, n): Reply => {
		if (random() < 0.1) return { status: 529, headers: { 'retry-after-ms': '1' } };
		const text = 'word '.repeat(Math.ceil(random() * 200));
		const isLast = body.tool_choice === 'none';
		const toolCalls = [{ name: 'look', arguments: { n, text } }];
		const usage = countUsage(body, isLast ? [text] : toolCalls);
		bill(usage);
		const said = [usage, null, { promptTokens: 0, completionTokens: 0, totalTokens: 0 }, {}];
		const told = said[Math.floor(random() * said.length)];
		const finishReason = random() < 0.2 ? 'length' : undefined;
		const more = finishReason ? { finishReason } : {};
		return isLast ? { text, usage: told, ...more } : { toolCalls, usage: told, ...more };
	};
	return { script, billed };
}

test.each(['return', 'answer'] as const)(
	'a loop never spends more than its limits and the requests that reached them: %s',
	async (onLimit) => {
		const runs = fc.record({
			seed: fc.nat(),
			maxCostUsd: fc.double({ min: 0.0005, max: 0.02, noNaN: true }),
			maxTotalTokens: fc.integer({ min: 100, max: 5000 }),
			stream: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(runs, async ({ seed, ...limits }) => {
				const { script, billed } = billing(seed);
				const { client } = await openGateway(script, { maxRetries: 5 });
				const request = { prompt: 'Go', tools: [look], maxIterations: 60 };
				const result = await runToolLoop(client, { ...request, ...limits, onLimit });
				expect(['costBudget', 'tokenBudget', 'truncated']).toContain(result.stopReason);
				const sum = (key: 'usd' | 'tokens', until: number) =>
					billed.slice(0, until).reduce((all, one) => all + one[key], 0);
				// All but the request that reached the limit, and the last answer.
				const isOver = onLimit === 'answer' && result.stopReason !== 'truncated';
				const before = billed.length - (isOver ? 2 : 1);
				expect(sum('usd', before)).toBeLessThanOrEqual(limits.maxCostUsd * 1.01);
				expect(sum('tokens', before)).toBeLessThanOrEqual(limits.maxTotalTokens * 1.01);
				if (result.estimated) {
					expect(result.costUsd).toBeNull();
					expect(result.warnings?.[0]).toMatch(
						/^Max Cost and Max Total Tokens counted an estimate/,
					);
				}
			}),
			{ seed: 5, numRuns: 40 },
		);
	},
	60_000,
);

test('an answer that is billed and cannot be used is not asked for again beyond Max Cost', async () => {
	const usage = { prompt_tokens: 1_000_000, completion_tokens: 1, total_tokens: 1_000_001 };
	const raw = JSON.stringify({ id: 'x', model: SONNET, choices: 'none', usage });
	const open = () => openGateway(() => ({ raw, headers: { 'retry-after-ms': '1' } }));
	for (const [, run] of LIMITED.slice(0, 3)) {
		const { client, gateway } = await open();
		await run(client, SONNET, 1).catch(() => undefined);
		// On Limit is to answer: the loop asks for that once.
		expect(gateway.requests.length).toBeLessThanOrEqual(2);
	}
});

test.each(LIMITED.slice(0, 3))(
	'%s counts what the endpoint says an answer cost, where that is more than its price',
	async (name, run) => {
		const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cost: 0.6 };
		const call = { id: 'a', type: 'function', function: { name: 'look', arguments: '{}' } };
		const choices = [{ message: { content: null, tool_calls: [call] }, finish_reason: 'error' }];
		const raw = JSON.stringify({ id: 'x', model: SONNET, choices, usage });
		const { client, gateway } = await openGateway(() => ({
			...{ raw, headers: { 'retry-after-ms': '1' } },
		}));
		const { details } = await failure(run(client, SONNET, 1));
		// On Limit is to answer: the loop asks for that once.
		const asked = name === 'runToolLoop' ? 3 : 2;
		expect(details.reportedCostUsd).toBeCloseTo(0.6 * asked);
		expect(gateway.requests).toHaveLength(asked);
	},
);

test('a resumed loop counts what it estimated before it stopped', async () => {
	const manual = defineTool({ name: 'm', description: '', parameters: { type: 'object' } });
	const { client, gateway } = await openGateway(() => ({
		...{ toolCalls: [{ name: 'm', arguments: {} }], usage: null },
	}));
	const limits = { tools: [manual], maxCostUsd: 0.000_1, onLimit: 'return' as const };
	const first = await runToolLoop(client, { ...limits, prompt: 'Go '.repeat(2000) });
	expect(first).toMatchObject({ stopReason: 'awaitingTools', costUsd: null });
	const { resume } = structuredClone(first);
	if (!resume) throw new Error('it waits');
	const callId = resume.pending[0]?.callId ?? '';
	const results = [{ callId, result: 1 }];
	const last = await runToolLoop(client, { ...limits, resume: { ...resume, results } });
	expect(last.stopReason).toBe('costBudget');
	expect(gateway.requests).toHaveLength(1);
});

test('a cut call is asked for again with twice the tokens, while Max Cost can pay for them', async () => {
	const script: Script = () => ({
		toolCalls: [{ name: 'look', arguments: '{"a' }],
		...{ finishReason: 'length', usage: { promptTokens: 1, completionTokens: 1000 } },
	});
	const most = async (maxCostUsd?: number, maxTokens = 1024) => {
		const { client, bodies } = await openGateway(script);
		const result = await runToolLoop(client, {
			prompt: 'Go',
			tools: [look],
			maxCostUsd,
			maxTokens,
		});
		expect(result.stopReason).toBe('truncated');
		return bodies().map(({ max_tokens }) => max_tokens);
	};
	expect(await most()).toEqual([1024, 2048, 4096]);
	expect(await most(0.07)).toEqual([1024, 2048, 1024]);
	expect(await most(undefined, 8000)).toEqual([8000, 8192, 8192]);
	expect(await most(undefined, 16_000)).toEqual([16_000, 16_000, 16_000]);
});
