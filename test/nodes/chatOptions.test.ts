import type { openGateway } from '../support/openGateway';
import { openNode } from '../support/openNode';

const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-sonnet-4-6' },
	...{ prompt: 'Hello', maxTokens: 1024, options: {} },
};
const open = (...gateway: Parameters<typeof openGateway>) =>
	openNode({ type: 'tokenHubChatCompletion', base, gateway });
type Ran = Awaited<ReturnType<Awaited<ReturnType<typeof open>>['run']>>;
const hintsOf = ({ run }: Ran) =>
	(run?.data.resultData.runData.Node?.[0]?.hints ?? []).map(({ message }) => message);

describe('a conversation that a strict endpoint would refuse', () => {
	const messages = [
		{ role: 'assistant', content: 'Before anybody asked.' },
		{ role: 'system', content: 'Be kind.' },
		{ role: 'user', content: 'First' },
		{ role: 'assistant', content: '' },
		{ role: 'tool', tool_call_id: 'gone', content: 'an answer to nothing' },
		{ role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
		{ role: 'user', content: 'Second' },
	];

	test('is repaired, and says how', async () => {
		const { run, bodies } = await open([{ text: 'Hi' }]);
		const ran = await run({ inputMode: 'json', messagesJson: JSON.stringify(messages) });
		expect(bodies()[0]?.messages).toEqual([
			{ role: 'system', content: 'Be kind.\n\nBe brief.' },
			{ role: 'user', content: '(The conversation begins here.)' },
			{ role: 'assistant', content: 'Before anybody asked.' },
			{ role: 'user', content: 'First' },
			{
				role: 'user',
				content: [
					{ type: 'text', text: '[Result of an earlier call]' },
					{ type: 'text', text: 'an answer to nothing' },
				],
			},
			{ role: 'user', content: 'Second' },
		]);
		expect(ran.last[0]?.json.warnings).toEqual([
			'Left out blank texts: "".',
			'Kept tool results without a call as user text: gone.',
			'Left out empty messages: assistant.',
			expect.stringMatching(/since the assistant spoke first/),
			'Merged all system messages into one at the start: 2 in all.',
		]);
		expect(hintsOf(ran)).toEqual([expect.stringMatching(/repaired before sending: 1 of 1/)]);
	});

	test('without a user is refused before any request', async () => {
		const { run, gateway } = await open([]);
		const { error } = await run({
			inputMode: 'json',
			messagesJson: [{ role: 'system', content: 'Be kind.' }],
		});
		expect(error).toMatchObject({ message: expect.stringContaining('has no user message') });
		expect(gateway.requests).toHaveLength(0);
	});

	test('one that is fine has no warnings', async () => {
		const { run } = await open([{ text: 'Hi' }]);
		const ran = await run({});
		expect(ran.last[0]?.json).not.toHaveProperty('warnings');
		expect(hintsOf(ran)).toEqual([]);
	});
});

describe('fallback models', () => {
	test('say who answered and why', async () => {
		const { run } = await open(
			({ model }) => (model.includes('sonnet') ? { status: 529 } : { text: `I am ${model}` }),
			{ maxRetries: 0 },
		);
		const options = { fallbackModels: ['anthropic/claude-haiku-4-5'], maxRetries: 0 };
		const ran = await run({ options });
		expect(ran.last[0]?.json).toMatchObject({
			text: 'I am anthropic/claude-haiku-4-5',
			model: 'anthropic/claude-haiku-4-5',
			fallbacks: [{ model: 'anthropic/claude-sonnet-4-6', kind: 'overloaded' }],
		});
		expect(hintsOf(ran)).toEqual([expect.stringMatching(/by a fallback model: 1 of 1/)]);
	});

	test.each<[on: string[] | undefined, status: number, answers: boolean]>([
		[undefined, 529, true],
		[undefined, 400, false],
		[['badRequest'], 400, true],
		[['badRequest'], 529, false],
	])('Fallback On %p: at %i another model answers: %p', async (fallbackOn, status, answers) => {
		const { run, gateway } = await open(({ model }) =>
			model.includes('sonnet') ? { status } : { text: 'Hi' },
		);
		const fallbackModels = ['anthropic/claude-haiku-4-5'];
		const ran = await run({ options: { fallbackModels, fallbackOn, maxRetries: 0 } });
		expect(ran.error === undefined).toBe(answers);
		expect(gateway.requests).toHaveLength(answers ? 2 : 1);
	});

	test('are not there when nobody was passed over', async () => {
		const { run } = await open([{ text: 'Hi' }]);
		const { last } = await run({ options: { fallbackModels: ['anthropic/claude-haiku-4-5'] } });
		expect(last[0]?.json).not.toHaveProperty('fallbacks');
	});
});

test('an answer that is cut gives a hint; Auto Continue goes on', async () => {
	const script = [{ text: 'One, ', finishReason: 'length' }, { text: 'two.' }];
	const cut = await open(script);
	const ran = await cut.run({});
	expect(ran.last[0]?.json).toMatchObject({ text: 'One, ', finishReason: 'length' });
	expect(hintsOf(ran)).toEqual([
		expect.stringMatching(/cut off by Maximum Number of Tokens: 1 of 1/),
	]);
	const whole = await open(script);
	const { last } = await whole.run({ options: { autoContinue: true } });
	expect(last[0]?.json).toMatchObject({ text: 'One, two.', requests: 2, continuations: 1 });
});

test('a budget that was reached gives a hint', async () => {
	const usage = { promptTokens: 999_995, completionTokens: 1, totalTokens: 999_996 };
	const { run } = await open(() => ({ text: 'Hi', usage }));
	const ran = await run(
		{ options: { maxCostUsd: 1, concurrency: 1 } },
		{ items: [{}, {}], node: { onError: 'continueRegularOutput' } },
	);
	expect(hintsOf(ran)).toEqual([expect.stringMatching(/ended by a budget: 1 of 2/)]);
});

test('a dry run shows the body and its price, and sends nothing', async () => {
	const { run, gateway } = await open([]);
	const bytes = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(500)]);
	const data = { data: bytes.toString('base64'), mimeType: 'image/png' };
	const { last } = await run(
		{ options: { dryRun: true, images: ['data'], temperature: 0.5 }, systemMessage: 'Be kind.' },
		{ input: [{ json: {}, binary: { data } }] },
	);
	expect(gateway.requests).toHaveLength(0);
	expect(last[0]?.json).toMatchObject({
		...{ dryRun: true, requests: 0, costUsd: 0, model: 'anthropic/claude-sonnet-4-6' },
		request: { model: 'anthropic/claude-sonnet-4-6', max_tokens: 1024, temperature: 0.5 },
		estimate: { maxCompletionTokens: 1024, maxCostUsd: expect.any(Number) },
	});
	const words = JSON.stringify(last[0]?.json);
	expect(words).toContain('data:image/png;base64,iVBO');
	expect(words).toContain('(680 characters)');
	expect(words.length).toBeLessThan(1500);
	expect(words).toMatch(/"promptTokens":16\d\d/);
});

describe('identical requests of a run', () => {
	const items = [{ q: 'a' }, { q: 'b' }, { q: 'a' }, { q: 'a' }];
	const prompt = '={{ $json.q }}';

	test.each<[name: string, options: object, requests: number]>([
		['are sent once at temperature 0', { temperature: 0 }, 2],
		['are sent each else', {}, 4],
		['are sent once when asked for', { reuseIdentical: true }, 2],
		['are sent each when asked for', { reuseIdentical: false, temperature: 0 }, 4],
	])('%s', async (_name, options, requests) => {
		const { run, gateway } = await open(({ messages }) => ({
			text: `Answer to ${JSON.stringify(messages.at(-1))}`,
		}));
		const { last } = await run({ prompt, options }, { items });
		expect(gateway.requests).toHaveLength(requests);
		expect(last[3]?.json.text).toBe(last[0]?.json.text);
		expect(last[1]?.json.text).not.toBe(last[0]?.json.text);
		const paid = last.reduce((sum, { json }) => sum + Number(json.requests), 0);
		expect(paid).toBe(requests);
		expect(last.filter(({ json }) => json.reused === true)).toHaveLength(4 - requests);
	});

	test('one that failed is sent again', async () => {
		const { run, gateway } = await open([{ status: 500 }, { text: 'Hi' }]);
		const { last } = await run(
			{ prompt, options: { reuseIdentical: true, maxRetries: 0 } },
			{ items: [{ q: 'a' }, { q: 'a' }], node: { onError: 'continueRegularOutput' } },
		);
		expect(last.map(({ json }) => json.text)).toEqual([undefined, 'Hi']);
		expect(gateway.requests).toHaveLength(2);
	});
});
