import {
	chat,
	createClient,
	defineTool,
	extract,
	runToolLoop,
	streamChat,
	type TokenHubClient,
	type ToolLoopRequest,
} from '../../core';
import { answer } from '../../core/chat/answer';

/** What a tool spends by asking models itself is in the sums of its loop, once. */

const ask = { model: 'anthropic/claude-haiku-4-5', messages: [{ role: 'user', content: 'inner' }] };
const SONNET_USD = 0.0045;
const HAIKU_USD = 0.0015;

/** Answers `inner` questions with JSON; calls the tools `names`, and then is done. */
function stub(names: readonly string[]) {
	let requests = 0;
	const fetch = async (_url: unknown, init?: { body?: unknown }) => {
		requests += 1;
		const body = JSON.parse(String(init?.body));
		const text = JSON.stringify(body.messages);
		const isCalled = text.includes('tool_calls');
		const tool_calls = names.map((name, index) => ({
			...{ index, id: `c${index}`, type: 'function' },
			function: { name, arguments: '{}' },
		}));
		const message = text.includes('inner')
			? { content: '{"n":1}' }
			: isCalled
				? { content: 'Done.' }
				: { content: null, tool_calls };
		const completion = {
			...{ id: 'x', model: body.model },
			usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
		};
		const finish_reason = 'tool_calls' in message ? 'tool_calls' : 'stop';
		if (!body.stream)
			return Response.json({ ...completion, choices: [{ message, finish_reason }] });
		const chunk = { ...completion, choices: [{ delta: message, finish_reason }] };
		const events = `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`;
		return new Response(events, { headers: { 'content-type': 'text/event-stream' } });
	};
	const client = createClient({ apiKey: 'th-demo-key', baseUrl: 'https://a.test', fetch });
	return { client, requests: () => requests };
}

type Execute = (client: TokenHubClient) => unknown;
const tool = (
	execute: (own: TokenHubClient, loops: TokenHubClient) => unknown,
	own: TokenHubClient,
) =>
	defineTool({
		...{ name: 'helper', description: 'Helps', parameters: {} },
		execute: (_args, { client }) => execute(own, client),
	});

async function run(
	execute: (own: TokenHubClient, loops: TokenHubClient) => unknown,
	more: Partial<ToolLoopRequest> = {},
) {
	const { client, requests } = stub(['helper']);
	const result = await runToolLoop(client, {
		...{ prompt: 'Go', tools: [tool(execute, client)] },
		...more,
	});
	return { result, requests: requests() };
}

const manual = defineTool({ name: 'later', description: 'Later', parameters: {} });
async function streamed(client: TokenHubClient) {
	let last: unknown;
	for await (const event of streamChat(client, ask)) last = event;
	return last;
}
async function drop(paid: Promise<unknown>) {
	await paid;
	return 'nothing of it';
}
const failing = { ...ask, messages: [{ role: 'user', content: 'inner' }] };
const extraction = (required: string) => ({
	...{ model: ask.model, text: 'inner', mode: 'json' as const, maxRepairs: 1 },
	schema: { type: 'object', required: [required], properties: { n: { type: 'number' } } },
});

const ways: Array<[string, Execute, number]> = [
	['chat', (client) => chat(client, ask), 1],
	['answer', (client) => answer(client, ask), 1],
	['extract', (client) => extract(client, extraction('n')), 1],
	['extract that fails', (client) => extract(client, extraction('m')), 2],
	['a loop', (client) => runToolLoop(client, { ...failing, tools: [] }), 1],
];

test.each(ways)('%s, given or thrown by the tool as it is', async (_name, execute, inner) => {
	const { result, requests } = await run((own) => execute(own));
	expectCounted(result, inner, requests);
});

test.each<[string, Execute, number]>([
	...ways,
	['streamChat', streamed, 1],
	['chat of which nothing is told', (client) => drop(chat(client, ask)), 1],
	['an error that is caught', (client) => extract(client, extraction('m')).catch(() => 'none'), 2],
	[
		'a loop with a tool of its own that asks',
		(client) =>
			runToolLoop(client, {
				...{ prompt: 'go', model: ask.model, maxIterations: 1, onLimit: 'return' },
				tools: [
					defineTool({
						name: 'helper',
						description: '',
						parameters: {},
						execute: (_args, { client: next }) => chat(next, ask),
					}),
				],
			}),
		2,
	],
])('%s, asked through the client of the loop', async (_name, execute, inner) => {
	const { result, requests } = await run((_own, loops) => execute(loops));
	expectCounted(result, inner, requests);
});

function expectCounted(
	result: Awaited<ReturnType<typeof runToolLoop>>,
	inner: number,
	sent: number,
) {
	expect(sent).toBe(inner + 2);
	expect(result).toMatchObject({
		...{ requests: sent, iterations: 2 },
		usage: { totalTokens: 1100 * sent },
		costUsd: expect.closeTo(inner * HAIKU_USD + 2 * SONNET_USD, 9),
		steps: [{ spending: { requests: inner, costUsd: expect.closeTo(inner * HAIKU_USD, 9) } }],
	});
}

test('a result that was there before, or comes twice, is not counted again', async () => {
	const { client } = stub(['helper', 'helper']);
	const before = await chat(client, ask);
	const since: { value?: unknown } = {};
	const tools = [
		tool(async (own) => {
			since.value ??= chat(own, ask);
			return await since.value;
		}, client),
	];
	const twice = await runToolLoop(client, { prompt: 'Go', tools, toolConcurrency: 1 });
	expect(twice).toMatchObject({ requests: 3 });
	expect(twice.steps.map((step) => 'spending' in step)).toEqual([true, false]);
	const kept = await runToolLoop(client, { prompt: 'Go', tools: [tool(() => before, client)] });
	expect(kept).toMatchObject({ requests: 2 });
});

test('calls side by side have their own', async () => {
	const { client } = stub(['one', 'none', 'two']);
	const asking = (name: string, count: number) =>
		defineTool({
			...{ name, description: name, parameters: {} },
			execute: (_args, { client: own }) =>
				Promise.all(Array.from({ length: count }, () => chat(own, ask))),
		});
	const tools = [asking('one', 1), asking('none', 0), asking('two', 2)];
	const result = await runToolLoop(client, { prompt: 'Go', tools });
	expect(result.requests).toBe(5);
	expect(result.steps.map(({ spending }) => spending?.requests)).toEqual([1, undefined, 2]);
});

test('limits count it, and what they stop has it in its details', async () => {
	const asking = (_own: TokenHubClient, loops: TokenHubClient) => chat(loops, ask);
	const { result } = await run(asking, { maxCostUsd: 0.0055, onLimit: 'return' });
	expect(result).toMatchObject({ stopReason: 'costBudget', requests: 2 });
	const tokens = await run(asking, { maxTotalTokens: 2000, onLimit: 'return' });
	expect(tokens.result).toMatchObject({ stopReason: 'tokenBudget', requests: 2 });
	await expect(run(asking, { maxCostUsd: 0.0055, onLimit: 'error' })).rejects.toMatchObject({
		kind: 'budget',
		details: { costUsd: expect.closeTo(0.006, 9), steps: [{ spending: { requests: 1 } }] },
	});
});

const long = {
	...ask,
	messages: [{ role: 'user', content: `inner ${'word '.repeat(1000)}` }],
};

test('side by side, tools ask no more than Max Cost of the loop can pay', async () => {
	const { client, requests } = stub(['helper']);
	const many = tool(
		(_own, loops) =>
			Promise.allSettled(
				Array.from({ length: 40 }, () => chat(loops, { ...long, maxTokens: 100 })),
			),
		client,
	);
	const limits = { maxCostUsd: 0.0105, onLimit: 'return' as const };
	const result = await runToolLoop(client, { prompt: 'Go', tools: [many], ...limits });
	// 0.0045 for the turn leaves room for four.
	expect(requests()).toBe(5);
	expect(result).toMatchObject({ stopReason: 'costBudget', costUsd: expect.closeTo(0.0105, 9) });
});

test.each([1, 40])(
	'tools ask no more than Max Total Tokens of the loop allow, %d at a time',
	async (width) => {
		const { client, requests } = stub(['helper']);
		const many = tool(async (_own, loops) => {
			const said: unknown[] = [];
			for (let left = 40; left > 0; left -= width) {
				const asked = Array.from({ length: width }, () => chat(loops, { ...ask, maxTokens: 1090 }));
				said.push(...(await Promise.allSettled(asked)));
			}
			return said.filter((one) => JSON.stringify(one).includes('"budget"')).length;
		}, client);
		const limits = { maxTotalTokens: 5500, onLimit: 'return' as const };
		const result = await runToolLoop(client, { prompt: 'Go', tools: [many], ...limits });
		// 1100 for the turn leave room for four.
		expect(requests()).toBe(5);
		expect(result).toMatchObject({ stopReason: 'tokenBudget', usage: { totalTokens: 5500 } });
	},
);

test('a loop within a tool stops at the tokens of the outer one', async () => {
	const { client } = stub(['helper']);
	const inner: unknown[] = [];
	const asking = tool(async (_own, loops) => {
		await chat(loops, ask);
		inner.push(
			await runToolLoop(loops, { ...failing, tools: [], onLimit: 'return' }).catch(String),
		);
	}, client);
	const limits = { maxTotalTokens: 2200, onLimit: 'return' as const };
	const result = await runToolLoop(client, { prompt: 'Go', tools: [asking], ...limits });
	expect(inner).toEqual([expect.objectContaining({ stopReason: 'tokenBudget' })]);
	expect(result).toMatchObject({ stopReason: 'tokenBudget', requests: 2 });
});

test('a model without a price costs a limit as much as that of the loop', async () => {
	const unpriced = (_own: TokenHubClient, loops: TokenHubClient) =>
		chat(loops, { ...ask, model: 'acme/large' });
	const { result } = await run(unpriced, { maxCostUsd: 0.008, onLimit: 'return' });
	expect(result).toMatchObject({
		...{ stopReason: 'costBudget', costUsd: null, requests: 2 },
		estimated: { totalTokens: 2200, costUsd: expect.closeTo(2 * SONNET_USD, 9) },
		warnings: [expect.stringMatching(/^Max Cost counted an estimate/)],
	});
});

test('a pending call may say what it has spent elsewhere', async () => {
	const { client } = stub(['later']);
	const waiting = await runToolLoop(client, { prompt: 'Go', tools: [manual] });
	const { resume } = waiting;
	if (!resume) throw new Error('nothing to resume');
	const { usage, costUsd, requests, retries } = await chat(client, ask);
	const spending = { usage, costUsd, requests, retries };
	const results = [{ callId: 'c0', result: 'yes', spending }];
	const ended = await runToolLoop(client, { tools: [manual], resume: { ...resume, results } });
	expect(ended).toMatchObject({
		...{ requests: 3, costUsd: expect.closeTo(HAIKU_USD + 2 * SONNET_USD, 9) },
		steps: [{ result: 'yes', spending }],
	});
	const forged = [{ ...results[0], callId: 'c0', spending: { ...spending, costUsd: -1 } }];
	await expect(
		runToolLoop(client, { tools: [manual], resume: { ...resume, results: forged } }),
	).rejects.toMatchObject({ kind: 'badConfig' });
});
