import { LLMock } from '@copilotkit/aimock';
import { z } from 'zod/v4';
import {
	chat,
	createClient,
	defineTool,
	runToolLoop,
	streamChat,
	type TokenHubClient,
} from '../../core';
import { failure } from '../support/failure';

/** An endpoint that nobody here wrote: what works on ours alone would prove little. */
const mock = new LLMock({ port: 0 });
let client: TokenHubClient;

beforeAll(async () => {
	await mock.start();
	client = createClient({ apiKey: 'th-test-key', baseUrl: `${mock.url}/v1`, maxRetries: 1 });
});
afterAll(() => mock.stop());
beforeEach(() => mock.reset());

const ask = (content: string) => ({ messages: [{ role: 'user' as const, content }] });

test('chat', async () => {
	mock.onMessage('hello', { content: 'Hi there 👋' });
	const result = await chat(client, ask('hello'));
	expect(result).toMatchObject({ text: 'Hi there 👋', finishReason: 'stop', requests: 1 });
});

test('a stream', async () => {
	const content = 'Streamed text with ümlauts and 👋🏽, long enough for several chunks.';
	mock.onMessage('stream', { content });
	const deltas: string[] = [];
	for await (const event of streamChat(client, ask('stream'))) {
		if (event.type === 'text') deltas.push(event.delta);
		else if (event.type === 'done') expect(event.result).toMatchObject({ text: content });
	}
	expect(deltas.join('')).toBe(content);
	expect(deltas.length).toBeGreaterThan(1);
});

test.each([false, true])('the tool loop, streamed: %s', async (stream) => {
	const call = { id: 'c1', name: 'weather', arguments: '{"city":"Bern"}' };
	mock.onToolResult('c1', { content: 'Sunny in Bern.' });
	mock.onMessage('weather', { toolCalls: [call] });
	const weather = defineTool({
		name: 'weather',
		description: 'The weather',
		parameters: z.object({ city: z.string() }),
		execute: ({ city }) => `sunny in ${city}`,
	});
	const result = await runToolLoop(client, { prompt: 'weather', tools: [weather], stream });
	expect(result).toMatchObject({
		output: 'Sunny in Bern.',
		stopReason: 'answered',
		iterations: 2,
		steps: [{ tool: 'weather', arguments: { city: 'Bern' }, result: 'sunny in Bern' }],
	});
});

test('an error', async () => {
	mock.onMessage('fail', {
		error: { message: 'no such thing', type: 'invalid_request_error' },
		status: 400,
	});
	const error = await failure(chat(client, ask('fail')));
	expect(error).toMatchObject({
		kind: 'badRequest',
		message: expect.stringContaining('no such thing'),
	});
});
