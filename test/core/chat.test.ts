import { chat, models, streamChat, type ChatEvent, type ChatRequest } from '../../core';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const hello: ChatRequest = { messages: [{ role: 'user', content: 'Hello' }] };
const weather = {
	type: 'function' as const,
	function: { name: 'weather', parameters: { type: 'object', properties: {} } },
};

describe('chat sends what the contract documents, and nothing else', () => {
	const cases: Array<[name: string, request: Partial<ChatRequest>, sent: object]> = [
		['defaults', {}, {}],
		['maxTokens', { maxTokens: 77 }, { max_tokens: 77 }],
		['temperature', { temperature: 0 }, { temperature: 0 }],
		['topP', { topP: 0.5 }, { top_p: 0.5 }],
		['stop', { stop: ['END', '###'] }, { stop: ['END', '###'] }],
		['user', { user: 'u-1' }, { user: 'u-1' }],
		['tools', { tools: [weather] }, { tools: [weather] }],
		[
			'toolChoice',
			{ tools: [weather], toolChoice: 'none' },
			{ tools: [weather], tool_choice: 'none' },
		],
		[
			'responseFormat',
			{ responseFormat: 'jsonObject' },
			{ response_format: { type: 'json_object' } },
		],
		['text format is the default', { responseFormat: 'text' }, {}],
		['empty lists are not sent', { stop: [], tools: [] }, {}],
	];
	test.each(cases)('%s', async (_name, request, sent) => {
		const { client, bodies } = await openGateway([{ text: 'Hi' }]);
		await chat(client, { ...hello, ...request });
		const base = {
			model: 'anthropic/claude-sonnet-4-6',
			messages: hello.messages,
			max_tokens: 1024,
		};
		expect(bodies()).toEqual([{ ...base, ...sent }]);
	});

	test.each(models.flatMap(({ id, shortName }) => [id, shortName]))('model %s', async (model) => {
		const { client, bodies } = await openGateway([{ text: 'Hi' }]);
		await chat(client, { ...hello, model });
		expect(bodies()[0]?.model).toBe(model);
	});
});

describe('a result', () => {
	test('holds text, usage, price and the model that answered', async () => {
		const usage = { promptTokens: 1_000_000, completionTokens: 200_000, totalTokens: 1_200_000 };
		const { client } = await openGateway([{ text: 'Hi', usage }]);
		const result = await chat(client, { ...hello, model: 'claude-haiku-4-5' });
		expect(result).toMatchObject({
			text: 'Hi',
			finishReason: 'stop',
			model: 'anthropic/claude-haiku-4-5',
			usage,
			costUsd: 2,
			requests: 1,
			retries: 0,
		});
		expect(result).not.toHaveProperty('raw');
		expect(result).not.toHaveProperty('toolCalls');
	});

	test.each(models.map((model) => [model.id, model] as const))('price of %s', async (id, model) => {
		const usage = { promptTokens: 123_456, completionTokens: 65_432 };
		const { client } = await openGateway([{ text: 'Hi', usage }]);
		const { costUsd } = await chat(client, { ...hello, model: id });
		expect(costUsd).toBeCloseTo(0.123456 * model.inputUsd + 0.065432 * model.outputUsd, 9);
	});

	test('has no price for a model that the catalogue does not know', async () => {
		const answer = { id: 'x', model: 'new-model', choices: [{ message: { content: 'Hi' } }] };
		const raw = JSON.stringify({ ...answer, usage: { prompt_tokens: 1, completion_tokens: 1 } });
		const { client } = await openGateway([{ raw, contentType: 'application/json' }]);
		const result = await chat(client, hello, { includeRaw: true });
		// The request's own model has a price, and the answer's is unknown: what was asked for is billed.
		expect(result.costUsd).toBe(0.000018);
		expect(result.raw).toEqual(JSON.parse(raw));
	});

	test('has no price when the gateway counts no tokens', async () => {
		const { client } = await openGateway([{ text: 'Hi', usage: null }]);
		expect(await chat(client, hello)).toMatchObject({ costUsd: null, requests: 1 });
	});

	test('holds tool calls as they were written', async () => {
		const toolCalls = [{ id: 'c1', name: 'weather', arguments: '{"city":' }];
		const { client } = await openGateway([{ toolCalls }]);
		expect(await chat(client, { ...hello, tools: [weather] })).toMatchObject({
			finishReason: 'tool_calls',
			toolCalls,
		});
	});
});

describe('what the contract forbids never leaves', () => {
	const cases: Array<[problem: string, request: Partial<ChatRequest>, words: RegExp]> = [
		['temperature 1.5', { temperature: 1.5 }, /temperature must be between 0 and 1/],
		['temperature below 0', { temperature: -0.1 }, /temperature must be between 0 and 1/],
		['topP 2', { topP: 2 }, /topP must be between 0 and 1/],
		['temperature with topP', { temperature: 1, topP: 1 }, /"topP".*never both/],
		['five stops', { stop: ['a', 'b', 'c', 'd', 'e'] }, /"stop".*at most 4/],
		['an empty stop', { stop: [''] }, /stop sequence is empty/],
		['maxTokens 0', { maxTokens: 0 }, /maxTokens must be at least 1/],
		['no messages', { messages: [] }, /"messages".*at least one/],
		['no model', { model: '' }, /choose a model/],
		[
			'a tool without a name',
			{ tools: [{ type: 'function', function: { name: '' } }] },
			/give the tool a name/,
		],
	];
	test.each(cases)('%s', async (_problem, request, words) => {
		const { client, gateway } = await openGateway([]);
		const error = await failure(chat(client, { ...hello, ...request }));
		expect(error).toMatchObject({ kind: 'badConfig', message: expect.stringMatching(words) });
		expect(gateway.requests).toHaveLength(0);
	});
});

describe('streamChat', () => {
	const collect = async (events: AsyncIterable<ChatEvent>) => {
		const seen: ChatEvent[] = [];
		for await (const event of events) seen.push(event);
		return seen;
	};

	test('gives text in pieces, then the same result as chat', async () => {
		const text = 'Grüße 👋🏽 from the ⚙️ — done.';
		const { client } = await openGateway([{ text }]);
		const events = await collect(streamChat(client, hello));
		const deltas = events.flatMap((event) => (event.type === 'text' ? [event.delta] : []));
		expect(deltas.length).toBeGreaterThan(1);
		expect(deltas.join('')).toBe(text);
		expect(events.at(-1)).toMatchObject({
			type: 'done',
			result: { text, finishReason: 'stop', requests: 1 },
		});
	});

	test('gives parallel tool calls whole', async () => {
		const toolCalls = [
			{ id: 'a', name: 'weather', arguments: '{"city":"Bern"}' },
			{ id: 'b', name: 'weather', arguments: '{"city":"Köln"}' },
		];
		const { client } = await openGateway([{ toolCalls }]);
		const events = await collect(streamChat(client, { ...hello, tools: [weather] }));
		expect(events.filter(({ type }) => type === 'toolCall')).toEqual(
			toolCalls.map((call) => ({ type: 'toolCall', ...call })),
		);
	});

	test('a stream that breaks off is an error with the partial text', async () => {
		const { client } = await openGateway(
			[{ fault: 'cutStream', text: 'one two three four five six' }],
			{ maxRetries: 0 },
		);
		const error = await failure(collect(streamChat(client, hello)));
		expect(error.kind).toBe('network');
		expect('one two three four five six').toContain(error.details.raw);
		expect(error.details.raw).toBeTruthy();
	});

	test('is retried while nothing has come', async () => {
		const { client, gateway } = await openGateway([
			{ status: 529, headers: { 'retry-after-ms': '1' } },
			{ text: 'Hi' },
		]);
		const events = await collect(streamChat(client, hello));
		expect(events.at(-1)).toMatchObject({ result: { text: 'Hi', retries: 1, requests: 1 } });
		expect(gateway.requests).toHaveLength(2);
	});
});
