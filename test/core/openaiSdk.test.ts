import OpenAI from 'openai';
import { chat, createClient, streamChat, type ChatRequest, type TokenHubClient } from '../../core';
import { toRequestBody } from '../../core/chat/chatRequest';
import type { FunctionTool, ToolChoice } from '../../core/chat/toolCalls';
import type { Message, ToolMessage } from '../../core/chat/messages';
import { collectStream } from '../../core/chat/streamChat';
import { readCompletion } from '../../core/wire/completion';
import type { Gateway, Reply } from '../../gateway';
import { failure } from '../support/failure';
import { KEY, openGateway } from '../support/openGateway';

/** The official SDK is what the wire is held against, and it may send for us. */

const MODEL = 'anthropic/claude-sonnet-4-6';
const PNG = 'data:image/png;base64,iVBORw0KGgo=';
const tool: FunctionTool = {
	type: 'function',
	function: { name: 'add', description: 'Adds', parameters: { type: 'object', properties: {} } },
};
const called = [{ name: 'add', arguments: { a: 1 } }];

const calls: Array<[name: string, request: Partial<ChatRequest>, reply: Reply]> = [
	['a question', {}, { text: 'Hi' }],
	['what steers the answer', { temperature: 0.5, stop: ['X'], user: 'u' }, { text: 'Hi' }],
	['JSON', { topP: 0.5, responseFormat: 'jsonObject' }, { text: '{"a":1}' }],
	['tools', { tools: [tool], toolChoice: 'required' }, { toolCalls: called }],
	[
		'a conversation',
		{
			messages: [
				{ role: 'system', content: 'Short.' },
				{ role: 'user', content: [{ type: 'image_url', image_url: { url: PNG } }] },
				{ role: 'assistant', content: 'A picture.' },
				{ role: 'user', content: 'Of what?' },
			],
		},
		{ text: 'Ünd 🎉', finishReason: 'length' },
	],
];

/** A tracing product's: the method is watched, and gives what was read instead of the answer. */
function traced(sdk: OpenAI, seen: unknown[]) {
	const create = async (body: OpenAI.ChatCompletionCreateParams, options: object) => {
		seen.push(body);
		return await sdk.chat.completions.create(body, options);
	};
	return { apiKey: sdk.apiKey, baseURL: sdk.baseURL, chat: { completions: { create } } };
}

const sdkOf = (gateway: Gateway, more: object = {}) =>
	new OpenAI({ apiKey: KEY, baseURL: gateway.url, maxRetries: 0, ...more });

const ways: Array<[name: string, open: (gateway: Gateway) => TokenHubClient]> = [
	['fetch', ({ url }) => createClient({ apiKey: KEY, baseUrl: url })],
	['the SDK', (gateway) => createClient({ openai: sdkOf(gateway, { maxRetries: 5 }) })],
	['a traced SDK', (gateway) => createClient({ openai: traced(sdkOf(gateway), []) })],
];

const HEADERS = ['authorization', 'content-type', 'accept'];
function lastSeen({ requests }: Gateway) {
	const { method, path, headers = {}, body } = requests.at(-1) ?? {};
	return { method, path, body, headers: HEADERS.map((name) => headers[name]) };
}

/** Without the numbers that the gateway counts on. */
const steady = (answer: unknown): unknown =>
	JSON.parse(
		JSON.stringify(answer).replace(
			/(tokenhub-|call_|"created":)\d+/g,
			(_all, name: string) => `${name}1`,
		),
	);

const streamed = async (client: TokenHubClient, request: ChatRequest) =>
	await collectStream(streamChat(client, request));

const asked = (request: Partial<ChatRequest>): ChatRequest => ({
	...{ model: MODEL, messages: [{ role: 'user', content: 'Hello' }] },
	...request,
});

describe.each(ways)('by %s', (_name, open) => {
	test.each(calls)(
		'the gateway sees and gives what the SDK does: %s',
		async (_call, own, reply) => {
			const { gateway } = await openGateway(() => reply);
			const request = asked(own);
			const body = JSON.parse(JSON.stringify(toRequestBody(request)));
			const theirs = await sdkOf(gateway).chat.completions.create(body);
			const wanted = lastSeen(gateway);
			const { completion, raw } = await open(gateway).complete(toRequestBody(request));
			expect(lastSeen(gateway)).toEqual(wanted);
			expect(steady(raw)).toEqual(steady(theirs));
			const [choice] = theirs.choices;
			expect(completion.choices[0]).toMatchObject({ finish_reason: choice?.finish_reason });
			expect(completion.choices[0]?.message.content).toBe(choice?.message.content ?? '');
		},
	);

	test.each(calls)('also in pieces: %s', async (_call, own, reply) => {
		const { gateway } = await openGateway(() => reply);
		const request = asked(own);
		const body = JSON.parse(JSON.stringify(toRequestBody(request)));
		const options = { stream: true, stream_options: { include_usage: true } };
		const theirs = sdkOf(gateway).chat.completions.stream({ ...body, ...options });
		const [choice] = (await theirs.finalChatCompletion()).choices;
		const wanted = lastSeen(gateway);
		const result = await streamed(open(gateway), request);
		expect(lastSeen(gateway)).toEqual(wanted);
		expect(result).toMatchObject({ finishReason: choice?.finish_reason, retries: 0 });
		expect(result.text).toBe(choice?.message.content ?? '');
		const names = choice?.message.tool_calls?.map(
			(call) => call.type === 'function' && call.function.name,
		);
		expect(result.toolCalls?.map(({ name }) => name)).toEqual(names);
	});

	test('retries are ours, in one layer', async () => {
		const busy = { status: 429, headers: { 'retry-after-ms': '1' } };
		const { gateway } = await openGateway([busy, busy, { text: 'Hi' }]);
		expect(await chat(open(gateway), asked({}))).toMatchObject({ text: 'Hi', retries: 2 });
		expect(gateway.requests).toHaveLength(3);
	});

	test.each<[status: number, reply: object, kind: string, words: RegExp]>([
		[401, { error: { message: `No ${KEY}` } }, 'auth', /401: No th-…$/],
		[402, { error: { message: 'Top up' } }, 'credit', /402: Top up$/],
		[502, { raw: '<h1>Bad</h1>', contentType: 'text/html' }, 'overloaded', /^[^5]*502: (?!.*502)/],
		[
			...([302, { raw: '', headers: { location: 'http://other.example/x?y' } }] as const),
			...(['badConfig', /redirects to http:\/\/other\.example\/x\.$/] as const),
		],
	])('%i is the same error', async (status, reply, kind, words) => {
		const { gateway } = await openGateway(() => ({ ...reply, status }));
		const client = { ...open(gateway), maxRetries: 0 };
		for (const call of [chat, streamed]) {
			const error = await failure(call(client, asked({})));
			expect(error).toMatchObject({ kind, details: { status } });
			expect(error.message).toMatch(words);
		}
	});

	test('a signal ends the request under way', async () => {
		const { gateway } = await openGateway(() => ({ fault: 'hang' }));
		const stop = new AbortController();
		const running = failure(chat(open(gateway), asked({}), { signal: stop.signal }));
		while (gateway.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		stop.abort();
		expect((await running).kind).toBe('cancelled');
		expect(gateway.requests).toHaveLength(1);
	});
});

test('what a tracing product watches is asked', async () => {
	const { gateway } = await openGateway(() => ({ text: 'Hi' }));
	const seen: unknown[] = [];
	await chat(createClient({ openai: traced(sdkOf(gateway), seen) }), asked({}));
	expect(seen).toMatchObject([{ model: MODEL, max_tokens: 1024 }]);
});

describe('options', () => {
	const openai = new OpenAI({ apiKey: KEY, baseURL: 'https://gateway.example/api/v1/' });
	test('key and base URL are those of the SDK', () => {
		expect(createClient({ openai }).baseUrl).toBe('https://gateway.example/api/v1');
	});

	test.each<[name: string, options: object, words: RegExp]>([
		['fetch beside it', { openai, fetch }, /"openai": give either openai or fetch/],
		[
			'another key',
			{ openai, apiKey: 'th-another' },
			/"apiKey": the openai instance has a different/,
		],
		[
			'another base URL',
			{ openai, baseUrl: 'https://x.example/v1' },
			/the openai instance has a different one/,
		],
		[
			'an SDK without the path',
			{ openai: new OpenAI({ apiKey: KEY, baseURL: 'https://x.example' }) },
			/create it with baseURL "https:\/\/x\.example\/api\/v1"/,
		],
		[
			'an SDK with a key of OpenAI',
			{ openai: new OpenAI({ apiKey: 'sk-1', baseURL: 'https://x.example/v1' }) },
			/starts with "th-"/,
		],
		['something else', { openai: {}, apiKey: KEY }, /openai is not an instance of the openai SDK/],
	])('%s is refused', (_name, options, words) => {
		expect(() => Reflect.apply(createClient, undefined, [options])).toThrow(words);
	});

	test('a key that the SDK makes again is given for what comes back', () => {
		const made = new OpenAI({ apiKey: async () => KEY, baseURL: 'https://x.example/v1' });
		expect(() => createClient({ openai: made })).toThrow(/API key/);
		expect(createClient({ openai: made, apiKey: KEY }).baseUrl).toBe('https://x.example/v1');
	});
});

/** The compiler holds our types against the SDK's: what we send it takes, and what it gives we read. */
describe('types', () => {
	type Textual = Exclude<Message, ToolMessage>;
	const message = (ours: Textual): OpenAI.ChatCompletionMessageParam => ours;
	const functionTool = (ours: FunctionTool): OpenAI.ChatCompletionTool => ours;
	const choice = (ours: ToolChoice): OpenAI.ChatCompletionToolChoiceOption => ours;
	type Sent = Omit<ReturnType<typeof toRequestBody>, 'messages'>;
	const settings = (ours: Sent): Omit<OpenAI.ChatCompletionCreateParams, 'messages'> => ours;

	test('an answer in its own type is read', () => {
		const given: OpenAI.ChatCompletion = {
			...{ id: 'c', object: 'chat.completion', created: 1, model: MODEL },
			choices: [
				{
					...{ index: 0, finish_reason: 'stop', logprobs: null },
					message: { role: 'assistant', content: 'Hi', refusal: null },
				},
			],
			usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
		};
		expect(readCompletion(given)).toMatchObject({
			...{ id: 'c', model: MODEL, usage: { total_tokens: 3 } },
			choices: [{ finish_reason: 'stop', message: { content: 'Hi' } }],
		});
	});

	test('and what we send is of its own', () => {
		const body = toRequestBody(asked({ tools: [tool], toolChoice: 'auto' }));
		expect(settings(body)).toBe(body);
		expect(functionTool(tool)).toBe(tool);
		expect(choice('none')).toBe('none');
		const system: Message = { role: 'system', content: 'Short.' };
		expect(message(system)).toBe(system);
	});
});
