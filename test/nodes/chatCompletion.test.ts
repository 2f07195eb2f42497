import { models } from '../../core';
import { assertReachable } from '../../nodes/shared/account/n8nDispatcher';
import { KEY, type openGateway } from '../support/openGateway';
import { openNode } from '../support/openNode';
import { runNode } from '../support/runNode';

const MODEL = { __rl: true, mode: 'list', value: 'anthropic/claude-sonnet-4-6' };
const base = { model: MODEL, prompt: 'Hello', maxTokens: 1024, options: {} };

const open = (...gateway: Parameters<typeof openGateway>) =>
	openNode({ type: 'tokenHubChatCompletion', base, gateway });

const weather = {
	type: 'function',
	function: { name: 'weather', parameters: { type: 'object', properties: {} } },
};
const user = { role: 'user', content: 'Hello' };

describe('every parameter reaches the gateway as documented', () => {
	const rows = {
		values: [
			{ role: 'system', content: 'A' },
			user,
			{ role: 'assistant', content: 'Hi' },
			{ role: 'user', content: 'More' },
		],
	};
	const picture = (url: string) => ({ type: 'image_url', image_url: { url } });
	const uri = 'data:image/png;base64,iVBORw0KGgo=';
	const asked = { type: 'text', text: 'Hello' };
	const call = { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{}' } };
	const conversation = [
		{ role: 'user', content: [{ type: 'text', text: 'See' }, picture('https://x.y/a.png')] },
		{ role: 'assistant', content: null, tool_calls: [call] },
		{ role: 'tool', tool_call_id: 'c1', content: 'Sunny' },
		{ role: 'assistant', content: 'It is sunny.' },
		{ role: 'user', content: 'Thanks' },
	];
	const cases: Array<[name: string, parameters: Record<string, unknown>, sent: object]> = [
		[
			'prompt',
			{ prompt: '=Hello {{ $json.who }}' },
			{ messages: [{ role: 'user', content: 'Hello you' }] },
		],
		[
			'systemMessage',
			{ systemMessage: 'Be brief' },
			{ messages: [{ role: 'system', content: 'Be brief' }, user] },
		],
		[
			'message rows, one system message',
			{ inputMode: 'messages', messages: rows, systemMessage: 'S' },
			{ messages: [{ role: 'system', content: 'S\n\nA' }, ...rows.values.slice(1)] },
		],
		[
			'messages as JSON',
			{ inputMode: 'json', messagesJson: JSON.stringify([user]) },
			{ messages: [user] },
		],
		[
			'a whole conversation with parts and tool calls as JSON',
			{ inputMode: 'json', messagesJson: conversation, options: { tools: [weather] } },
			{ messages: conversation, tools: [weather] },
		],
		[
			'an image with a detail',
			{
				inputMode: 'json',
				messagesJson: [
					{
						role: 'user',
						content: [{ type: 'image_url', image_url: { url: uri, detail: 'low' } }],
					},
				],
			},
			{
				messages: [
					{
						role: 'user',
						content: [{ type: 'image_url', image_url: { url: uri, detail: 'low' } }],
					},
				],
			},
		],
		[
			'images of all forms, in their order, before the text',
			{ options: { images: ['https://x.y/a.png', 'photo', uri, 'scan'] } },
			{
				messages: [
					{
						role: 'user',
						content: [
							picture('https://x.y/a.png'),
							picture('data:image/webp;base64,UklGRgAAAABXRUJQ'),
							picture(uri),
							picture('data:image/jpeg;base64,/9j/4AA='),
							asked,
						],
					},
				],
			},
		],
		[
			'images with the last of several rows',
			{ inputMode: 'messages', messages: rows, options: { images: [uri] } },
			{
				messages: [
					...rows.values.slice(0, -1),
					{ role: 'user', content: [picture(uri), { type: 'text', text: 'More' }] },
				],
			},
		],
		[
			'a model by expression',
			{ model: '=anthropic/{{ $json.which }}' },
			{ model: 'anthropic/claude-haiku-4-5' },
		],
		[
			'no tool',
			{ options: { tools: [weather], toolChoice: 'none' } },
			{ tools: [weather], tool_choice: 'none' },
		],
		['maxTokens', { maxTokens: 5 }, { max_tokens: 5 }],
		['temperature', { options: { temperature: 0.3 } }, { temperature: 0.3 }],
		['topP', { options: { topP: 0.9 } }, { top_p: 0.9 }],
		['stop', { options: { stop: ['END', ''] } }, { stop: ['END'] }],
		['user', { options: { user: 'u1' } }, { user: 'u1' }],
		[
			'responseFormat',
			{ options: { responseFormat: 'jsonObject' } },
			{ response_format: { type: 'json_object' } },
		],
		[
			'tools and a choice',
			{ options: { tools: JSON.stringify([weather]), toolChoice: 'required' } },
			{ tools: [weather], tool_choice: 'required' },
		],
		[
			'one tool',
			{ options: { tools: [weather], toolChoice: 'weather' } },
			{ tools: [weather], tool_choice: { type: 'function', function: { name: 'weather' } } },
		],
		[
			'stream',
			{ options: { stream: true } },
			{ stream: true, stream_options: { include_usage: true } },
		],
		[
			'an image by URL',
			{ options: { images: ['https://x.y/a.png'] } },
			{
				messages: [
					{
						role: 'user',
						content: [
							{ type: 'image_url', image_url: { url: 'https://x.y/a.png' } },
							{ type: 'text', text: 'Hello' },
						],
					},
				],
			},
		],
	];
	const binary = {
		photo: { data: 'UklGRgAAAABXRUJQ', mimeType: 'image/webp' },
		// Its type is told by its bytes.
		scan: { data: '/9j/4AA=', mimeType: 'application/octet-stream' },
	};
	test.each(cases)('%s', async (_name, parameters, sent) => {
		const { run, bodies } = await open([{ text: 'Hi' }]);
		const result = await run(parameters, {
			input: [{ json: { who: 'you', which: 'claude-haiku-4-5' }, binary }],
		});
		expect(result.error).toBeUndefined();
		expect(bodies()).toEqual([{ model: MODEL.value, max_tokens: 1024, messages: [user], ...sent }]);
	});

	test.each(models.flatMap(({ id, shortName }) => [id, shortName]))('model %s', async (model) => {
		const { run, bodies } = await open([{ text: 'Hi' }]);
		await run({ model: { __rl: true, mode: 'id', value: model } });
		expect(bodies()[0]?.model).toBe(model);
	});
});

test('expressions deep in the options hold for their own item', async () => {
	const { run, bodies } = await open(() => ({ text: 'Hi' }));
	const options = { user: '={{ $json.who }}', stop: ['END', '={{ $json.who }}'], concurrency: 1 };
	await run({ options }, { items: [{ who: 'a' }, { who: 'b' }] });
	expect(bodies().map(({ user: sent, stop }) => [sent, stop])).toEqual([
		['a', ['END', 'a']],
		['b', ['END', 'b']],
	]);
});

describe('the output', () => {
	test('of an item has text, usage and cost', async () => {
		const usage = { promptTokens: 1000, completionTokens: 1000, totalTokens: 2000 };
		const { run } = await open([{ text: 'Hi', usage }]);
		const { last } = await run({});
		expect(last).toEqual([
			{
				json: {
					text: 'Hi',
					finishReason: 'stop',
					id: expect.any(String),
					model: MODEL.value,
					usage,
					costUsd: 0.018,
					requests: 1,
					retries: 0,
					latencyMs: expect.any(Number),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('keeps the order of the items, whichever answers first', async () => {
		const { run } = await open((body) => {
			const asked = Number(JSON.stringify(body.messages).match(/n=(\d+)/)?.[1]);
			return { text: `answer ${asked}`, delayMs: 50 - asked * 5 };
		});
		const items = Array.from({ length: 10 }, (_, n) => ({ n }));
		const { last } = await run({ prompt: '=n={{ $json.n }}' }, { items });
		expect(last.map(({ json, pairedItem }) => [json.text, pairedItem])).toEqual(
			items.map(({ n }) => [`answer ${n}`, { item: n }]),
		);
	});

	test('of the raw answer comes on request', async () => {
		const { run } = await open([{ text: 'Hi' }]);
		const { last } = await run({ options: { includeRaw: true } });
		expect(last[0]?.json.raw).toMatchObject({ object: 'chat.completion' });
	});

	test('is empty for no items', async () => {
		const { run, gateway } = await open([]);
		expect((await run({}, { items: [] })).error).toBeUndefined();
		expect(gateway.requests).toHaveLength(0);
	});

	test('names the fallback that answered', async () => {
		const { run } = await open([{ status: 404, error: { message: 'gone' } }, { text: 'Hi' }]);
		const { last } = await run({ options: { fallbackModels: ['claude-haiku-4-5'] } });
		expect(last[0]?.json).toMatchObject({ text: 'Hi', model: 'anthropic/claude-haiku-4-5' });
	});
});

describe('a failing item', () => {
	const script = (body: { messages: unknown }) =>
		JSON.stringify(body.messages).includes('bad')
			? { status: 400, error: { message: 'no such luck' } }
			: { text: 'Hi' };
	const items = [{ p: 'good' }, { p: 'bad' }, { p: 'fine' }];
	const failed = {
		error: 'TokenHub answered 400: no such luck',
		message: 'TokenHub answered 400: no such luck',
		details: {
			kind: 'badRequest',
			status: 400,
			hint: expect.any(String),
			requestId: expect.any(String),
			usage: { promptTokens: 0, completionTokens: 0, totalTokens: 0 },
			costUsd: 0,
		},
	};

	test('goes on among the others under Continue', async () => {
		const { run } = await open(script);
		const { last, ok } = await run(
			{ prompt: '={{ $json.p }}' },
			{ items, node: { onError: 'continueRegularOutput' } },
		);
		expect(ok).toBe(true);
		expect(last.map(({ json }) => json.text)).toEqual(['Hi', undefined, 'Hi']);
		expect(last[1]).toMatchObject({ json: failed, pairedItem: { item: 1 } });
		expect(Object.keys(last[1]?.json ?? {}).sort()).toEqual(['details', 'error', 'message']);
	});

	test('leaves by the error output', async () => {
		const { run } = await open(script);
		const { nodes } = await run(
			{ prompt: '={{ $json.p }}' },
			{ items, node: { onError: 'continueErrorOutput' } },
		);
		const [done, errors] = nodes['Node']?.outputs ?? [];
		expect(done).toHaveLength(2);
		expect(errors).toHaveLength(1);
		expect(errors?.[0]?.json).toMatchObject({ ...failed, p: 'bad' });
	});

	test('stops the run otherwise, and the error names the item and what to do', async () => {
		const { run } = await open(script);
		const { ok, error } = await run(
			{ prompt: '={{ $json.p }}', options: { concurrency: 1 } },
			{ items },
		);
		expect(ok).toBe(false);
		expect(error).toMatchObject({
			node: 'Node',
			itemIndex: 1,
			message: expect.stringContaining('no such luck'),
		});
		expect(error?.description).toContain('Correct the request');
	});
});

describe('bad input is refused before any request, with field and item', () => {
	const cases: Array<[problem: string, parameters: Record<string, unknown>, words: RegExp]> = [
		['no prompt', { prompt: '  ' }, /"Prompt" is empty/],
		['no messages', { inputMode: 'messages', messages: {} }, /"Messages" is empty/],
		[
			'messages that are not JSON',
			{ inputMode: 'json', messagesJson: '[{]' },
			/Messages \(JSON\) is not valid JSON/,
		],
		[
			'an unknown role',
			{ inputMode: 'json', messagesJson: '[{"role":"bot","content":"x"}]' },
			/Messages \(JSON\).*role/,
		],
		[
			'temperature 1.5',
			{ options: { temperature: 1.5 } },
			/Sampling Temperature must be between 0 and 1/,
		],
		['temperature with topP', { options: { temperature: 1, topP: 1 } }, /never both/],
		['five stops', { options: { stop: ['a', 'b', 'c', 'd', 'e'] } }, /Stop Sequences: at most 4/],
		[
			'a tool without a name',
			{ options: { tools: [{ type: 'function', function: { name: '' } }] } },
			/Tools \(JSON\).*a name/,
		],
		[
			'a number that is none',
			{ maxTokens: 'many' },
			/Maximum Number of Tokens must be a number, but is a text/,
		],
		['an image that is not there', { options: { images: ['photo'] } }, /photo/],
		[
			'an image of a type that nobody takes',
			{ options: { images: ['data:image/tiff;base64,aGk='] } },
			/image\/tiff, not PNG/,
		],
		[
			'an image that is too large',
			{ options: { images: [`data:image/png;base64,${'A'.repeat(11 * 1024 * 1024)}`] } },
			/11\.0 MB as base64, more than 10/,
		],
		[
			'images that are too large together',
			{
				options: {
					images: Array(4).fill(`data:image/png;base64,iVBORw0KGgoA${'A'.repeat(9 * 1024 * 1024)}`),
				},
			},
			/images have 36\.0 MB as base64, more than 32/,
		],
	];
	test.each(cases)('%s', async (_problem, parameters, words) => {
		const { run, gateway } = await open([]);
		const node = { onError: 'continueRegularOutput' as const };
		const { last } = await run(parameters, { node, items: [{}, {}] });
		expect(last.map(({ json }) => json.error)).toEqual([
			expect.stringMatching(words),
			expect.stringMatching(words),
		]);
		expect(last[0]?.json.details).toMatchObject({ kind: 'badConfig' });
		expect(gateway.requests).toHaveLength(0);
		const { error } = await run(parameters);
		expect(error).toMatchObject({ message: expect.stringMatching(words), itemIndex: 0 });
	});

	test('an image deep in a conversation is named by its path', async () => {
		const { run } = await open([]);
		const url = 'data:image/tiff;base64,aGk=';
		const messagesJson = [
			user,
			{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] },
		];
		const { last } = await run(
			{ inputMode: 'json', messagesJson },
			{ node: { onError: 'continueRegularOutput' } },
		);
		expect(last[0]?.json.details).toMatchObject({
			failures: [{ path: '/1/content/0/image_url/url', message: expect.stringContaining('tiff') }],
		});
	});

	test.each<[problem: string, credential: { apiKey: string; baseUrl: string }, words: RegExp]>([
		['a key with a space', { apiKey: 'th-a b', baseUrl: 'http://127.0.0.1:9' }, /API key.*space/],
		['a key without th-', { apiKey: 'sk-1', baseUrl: 'http://127.0.0.1:9' }, /API key.*th-/],
		[
			'a base URL typo',
			{ apiKey: KEY, baseUrl: 'htp:/tokenhub' },
			/Invalid Base URL "htp:\/tokenhub"/,
		],
	])('%s', async (_problem, credential, words) => {
		const { error } = await runNode(credential, {
			type: 'tokenHubChatCompletion',
			parameters: base,
		});
		expect(error).toMatchObject({ message: expect.stringMatching(words), itemIndex: 0 });
	});
});

describe('the run', () => {
	test('of Execute Once asks once', async () => {
		const { run, gateway } = await open([{ text: 'Hi' }, { text: 'Hi' }]);
		const { last } = await run({}, { items: [{}, {}, {}], node: { executeOnce: true } });
		expect(last.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		expect(gateway.requests).toHaveLength(1);
	});

	test('of one huge item goes through whole', async () => {
		const { run, bodies } = await open([{ text: 'Hi' }]);
		const text = 'long '.repeat(1_000_000);
		const { last } = await run({ prompt: '={{ $json.text }}' }, { items: [{ text }] });
		expect(last[0]?.json.text).toBe('Hi');
		expect(bodies()[0]?.messages).toEqual([{ role: 'user', content: text }]);
	});

	test.each<[option: string, options: object, delays: object, words: RegExp]>([
		['First Byte Timeout', { firstByteTimeoutSeconds: 0.1 }, { delayMs: 3_000 }, /No first byte/],
		[
			'Idle Timeout',
			{ idleTimeoutSeconds: 0.1, stream: true },
			{ chunkDelayMs: 3_000 },
			/nothing more arrived/,
		],
		['Timeout', { timeoutSeconds: 0.1 }, { delayMs: 3_000 }, /not complete within 0\.1 s/],
	])('ends by %s', async (_option, options, delays, words) => {
		const { run } = await open([{ text: 'One two three four', ...delays }]);
		const { error } = await run({ options: { maxRetries: 0, ...options } });
		expect(error).toMatchObject({ message: expect.stringMatching(words) });
	});

	test.each([{ requestsPerMinute: 2 }, { tokensPerMinute: 2_500 }])(
		'keeps to %j: what does not fit into the minute waits',
		async (rates) => {
			const usage = { promptTokens: 1_000, completionTokens: 200 };
			const { run, gateway } = await open(() => ({ text: 'Hi', usage }));
			const stop = new AbortController();
			const running = run({ options: rates }, { items: [{}, {}, {}, {}], signal: stop.signal });
			while (gateway.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
			await new Promise((resolve) => setTimeout(resolve, 200));
			expect(gateway.requests).toHaveLength(2);
			stop.abort();
			expect((await running).cancelled).toBe(true);
			expect(gateway.requests).toHaveLength(2);
		},
	);

	test("is refused where n8n's egress filter refuses the Base URL", async () => {
		const filter = {
			validateUrl: async (url: string) => ({ ok: false, error: new Error(`${url} is blocked`) }),
		};
		const context: unknown = { helpers: { getSecureEgressFilter: () => filter } };
		const isContext = (value: unknown): value is Parameters<typeof assertReachable>[0] =>
			value === context;
		if (!isContext(context)) throw new Error('unreachable');
		await expect(assertReachable(context, 'http://10.0.0.1/')).rejects.toMatchObject({
			...{ kind: 'badConfig', message: expect.stringContaining('http://10.0.0.1/ is blocked') },
			details: { hint: expect.stringContaining('N8N_SSRF_ALLOWED_HOSTNAMES') },
		});
	});

	test('stops at Max Cost before the next item', async () => {
		const usage = { promptTokens: 1_000_000, completionTokens: 0, totalTokens: 1_000_000 };
		const { run, gateway } = await open(() => ({ text: 'Hi', usage }));
		const node = { onError: 'continueRegularOutput' as const };
		const options = { maxCostUsd: 5, concurrency: 1 };
		const { last } = await run({ options }, { items: [{}, {}, {}, {}], node });
		expect(last.map(({ json }) => json.text)).toEqual(['Hi', 'Hi', undefined, undefined]);
		expect(last[3]?.json).toMatchObject({
			details: { kind: 'budget' },
			error: expect.stringContaining('6 of 5 USD'),
		});
		expect(gateway.requests).toHaveLength(2);
	});

	test('ends when n8n cancels it, and sends nothing more', async () => {
		const { run, gateway } = await open(() => ({ fault: 'hang' }));
		const controller = new AbortController();
		const running = run(
			{ options: { concurrency: 2 } },
			{ items: [{}, {}, {}], signal: controller.signal },
		);
		for (let waits = 0; gateway.requests.length < 2 && waits < 500; waits += 1) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		controller.abort();
		expect(await running).toMatchObject({ cancelled: true });
		expect(gateway.requests).toHaveLength(2);
	});
});
