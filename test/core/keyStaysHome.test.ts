import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import {
	answer,
	chat,
	checkAccess,
	createClient,
	defineTool,
	extract,
	runToolLoop,
	streamChat,
	TokenHubError,
	type TokenHubClient,
} from '../../core';
import { modelFetch } from '../../core/chat/modelFetch';
import { listen } from '../support/listen';
import { runNode, type NodeRun } from '../support/runNode';

const KEY = 'th-Ab.cd/ef+gh=ij_kl';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const TRACES = [
	...[KEY, KEY.toLowerCase(), KEY.toUpperCase(), encodeURIComponent(KEY), KEY.replace('/', '\\/')],
	...[base64(KEY), base64(`:${KEY}`), base64(`${KEY}:`)],
	...['ef+gh=ij', 'ef%2Bgh'],
];

/** What a program, a database or a log may keep of a value. */
function tracesIn(value: unknown): string[] {
	const errors: unknown[] = [];
	const note = (_key: string, entry: unknown): unknown => {
		if (!(entry instanceof Error)) return entry;
		errors.push(entry.stack, entry.cause);
		return { ...entry, message: entry.message };
	};
	const texts = [
		inspect(value, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null }),
		JSON.stringify(value, note),
		inspect(errors, { depth: null, showHidden: true }),
		String(value),
	].join('\n');
	return TRACES.filter(
		(trace) => texts.includes(trace) || texts.includes(JSON.stringify(trace).slice(1, -1)),
	);
}

interface Asked {
	isStream: boolean;
	headers: IncomingMessage['headers'];
}

type Send = (response: ServerResponse, asked: Asked) => void;
interface Shape {
	send: Send;
	/** The kind of error that it is, when it is one. */
	kind?: string;
	/** The HTTP status that an error tells. */
	status?: number;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const completion = (over: object, message: object = {}) => ({
	...{ id: 'c', object: 'chat.completion', created: 1, model: 'anthropic/claude-haiku-4-5' },
	choices: [
		{
			index: 0,
			finish_reason: 'stop',
			message: { role: 'assistant', content: '{"a":"x"}', ...message },
		},
	],
	usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	...over,
});

const sendJson =
	(value: unknown, status = 200, headers: Record<string, string> = {}): Send =>
	(response) => {
		response.writeHead(status, { ...JSON_TYPE, ...headers });
		response.end(typeof value === 'string' ? value : JSON.stringify(value));
	};

/** The same as a stream where the request asks for one: as one delta, or in pieces. */
const sendEither =
	(over: object, message: Record<string, unknown> = {}, cut = (text: string) => [text]): Send =>
	(response, asked) => {
		if (!asked.isStream) return sendJson(completion(over, message))(response, asked);
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		const whole = completion(over, message);
		const { content, ...rest } = { content: '', ...whole.choices[0]?.message };
		const { choices: _choices, ...facts } = whole;
		const finish = Reflect.get(whole.choices[0] ?? {}, 'finish_reason');
		const events = [
			...cut(content).map((text) => ({ delta: { content: text } })),
			{ delta: rest },
			{ delta: {}, finish_reason: finish },
		];
		for (const choice of events) {
			response.write(
				`data: ${JSON.stringify({ ...facts, choices: [{ index: 0, ...choice }] })}\n\n`,
			);
		}
		response.end('data: [DONE]\n\n');
	};

const refusal = (error: object) => ({
	error: { message: 'no', type: 'x', code: null, param: null, ...error },
});
const bearer = `Authorization: Bearer ${KEY}`;
const call = (over: object) => ({
	content: null,
	tool_calls: [
		{
			index: 0,
			id: 'call',
			type: 'function',
			function: { name: 'look', arguments: '{}', ...over },
		},
	],
});

const shapes: Record<string, Shape> = {
	'200, the text': { send: sendEither({}, { content: `{"a":"${KEY}"} ${bearer}` }) },
	'200, the text letter by letter': {
		send: sendEither({}, { content: `{"a":"${KEY}"} ${bearer}` }, (text) => [...text]),
	},
	'200, the text in halves': {
		send: sendEither({}, { content: `x ${KEY}` }, (text) => [
			text.slice(0, 8),
			text.slice(8, 9),
			text.slice(9),
		]),
	},
	'200, the end of the text is its beginning': {
		send: sendEither({}, { content: `x ${KEY.slice(0, 9)}` }),
	},
	'200, the text in base64': { send: sendEither({}, { content: `Basic ${base64(`:${KEY}`)}` }) },
	'200, a refusal': { send: sendEither({}, { content: '', refusal: `I will not say ${KEY}` }) },
	'200, ids and names': {
		send: sendEither({
			id: KEY,
			model: KEY,
			object: KEY,
			system_fingerprint: KEY,
			[KEY]: [{ [KEY]: KEY }],
		}),
	},
	'200, the finish reason': {
		send: sendEither({ choices: [{ finish_reason: KEY, message: { content: '{"a":"x"}' } }] }),
	},
	'200, usage': {
		send: sendEither({ usage: { prompt_tokens: KEY, completion_tokens: 1, [KEY]: 1 } }),
	},
	'200, a tool call': { send: sendEither({}, call({ name: KEY, arguments: `{"q":"${KEY}"}` })) },
	'200, arguments': {
		send: sendEither({}, call({ arguments: JSON.stringify({ q: KEY, [KEY]: 1 }) })),
	},
	'200, broken arguments': { send: sendEither({}, call({ arguments: `{"q": ${KEY}` })) },
	'200, headers': {
		send: sendJson(completion({}), 200, { 'x-request-id': KEY, 'x-echo': bearer, server: KEY }),
	},
	'200, JSON escapes': {
		send: sendJson(
			JSON.stringify(completion({}, { content: 'KEY' })).replace(
				'KEY',
				KEY.replaceAll('/', '\\/').replace('th', '\\u0074\\u0068'),
			),
		),
	},
	'200, an error': {
		send: sendJson(refusal({ message: KEY, code: KEY, type: KEY })),
		kind: 'badResponse',
	},
	'200, an error with a status': {
		send: sendJson(refusal({ message: bearer, code: 401 })),
		kind: 'auth',
		status: 401,
	},
	'200, no completion': { send: sendJson({ [KEY]: KEY, choices: KEY }), kind: 'badResponse' },
	'200, HTML': {
		send: (response) =>
			response
				.writeHead(200, { 'content-type': 'text/html' })
				.end(`<p>${bearer.replaceAll('/', '&#x2F;')}</p>`),
		kind: 'badResponse',
	},
	'200, text': {
		send: (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(bearer),
		kind: 'badResponse',
	},
	'200, broken JSON': { send: sendJson(`{"choices": "${KEY}`), kind: 'badResponse' },
	'200, a stream with an error': {
		send: (response) => {
			response.writeHead(200, { 'content-type': 'text/event-stream' });
			response.end(
				`data: ${JSON.stringify(refusal({ message: bearer, type: 'overloaded_error' }))}\n\n`,
			);
		},
	},
	'200, a stream that breaks': {
		send: (response) => {
			response.writeHead(200, { 'content-type': 'text/event-stream' });
			response.write(`data: {"choices":[{"delta":{"content":"${KEY}"}}]}\n\n`);
			response.end(`data: {"choices": ${KEY}\n\n`);
		},
	},
	'401, all of an error': {
		send: sendJson(
			refusal({ message: `Incorrect key: ${KEY}`, param: KEY, code: KEY, type: KEY }),
			401,
		),
		...{ kind: 'auth', status: 401 },
	},
	'400, the whole request': {
		send: (response, asked) =>
			sendJson({ error: { message: JSON.stringify(asked), ...asked } }, 400)(response, asked),
		...{ kind: 'badRequest', status: 400 },
	},
	'404, HTML': {
		send: (response) =>
			response
				.writeHead(404, { 'content-type': 'text/html' })
				.end(`<p>${bearer.toUpperCase()}</p>`),
		...{ kind: 'notFound', status: 404 },
	},
	'500, text': {
		send: (response) =>
			response.writeHead(500, { 'content-type': 'text/plain', 'x-request-id': KEY }).end(bearer),
		...{ kind: 'overloaded', status: 500 },
	},
	'429, headers': {
		send: sendJson(refusal({}), 429, {
			'retry-after': KEY,
			'x-request-id': bearer,
			'set-cookie': `k=${KEY}`,
		}),
		...{ kind: 'rateLimit', status: 429 },
	},
	'302, an address': {
		send: (response) =>
			response
				.writeHead(302, { location: `http://127.0.0.1:9/${KEY}?k=${encodeURIComponent(KEY)}` })
				.end(),
		...{ kind: 'badConfig', status: 302 },
	},
	'a closed connection': { send: (response) => response.destroy(), kind: 'network' },
};

let baseUrl = '';
let server: Server;
let shape: Shape = { send: sendJson(completion({})) };
beforeAll(async () => {
	server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk) => (body += chunk));
		request.on('end', () => {
			const { headers } = request;
			shape.send(response, { isStream: body.includes('"stream":true'), headers });
		});
	});
	baseUrl = `http://127.0.0.1:${await listen(server)}/api/v1`;
});
afterAll(() => {
	server.close();
	server.closeAllConnections();
});

const printed: string[] = [];
beforeEach(() => {
	printed.splice(0);
	for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
		jest.spyOn(console, level).mockImplementation((...words) => void printed.push(inspect(words)));
	}
});
afterEach(() => jest.restoreAllMocks());

const messages = [{ role: 'user' as const, content: 'Hello' }];
const look = defineTool({
	...{ name: 'look', description: 'd', parameters: { type: 'object' } },
	execute: (args) => ({ looked: args }),
});
const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };

async function eventsOf(events: AsyncIterable<unknown>): Promise<unknown[]> {
	const all: unknown[] = [];
	try {
		for await (const event of events) all.push(event);
	} catch (error) {
		all.push(error);
		throw Object.assign(error instanceof Error ? error : new Error('?'), { all });
	}
	return all;
}

const uses: Record<string, (client: TokenHubClient) => Promise<unknown>> = {
	chat: (client) => chat(client, { messages }, { includeRaw: true }),
	streamChat: (client) => eventsOf(streamChat(client, { messages })),
	answer: (client) => answer(client, { messages }, { autoContinue: true, includeRaw: true }),
	'answer, streamed': (client) =>
		answer(client, { messages }, { stream: true, autoContinue: true }),
	runToolLoop: (client) => runToolLoop(client, { prompt: 'Go', tools: [look], maxIterations: 3 }),
	'runToolLoop, streamed': (client) =>
		runToolLoop(client, { prompt: 'Go', tools: [look], maxIterations: 3, stream: true }),
	extract: (client) => extract(client, { text: 'x', schema, maxRepairs: 1 }),
	checkAccess: () => checkAccess({ apiKey: KEY, baseUrl }),
};

async function outcome(work: Promise<unknown>): Promise<{ value?: unknown; error?: unknown }> {
	try {
		return { value: await work };
	} catch (error) {
		return { error };
	}
}

const clients: Record<string, () => TokenHubClient> = {
	'over connections of its own': () => createClient({ apiKey: KEY, baseUrl, maxRetries: 0 }),
	'over a fetch': () => createClient({ apiKey: KEY, baseUrl, maxRetries: 0, fetch }),
};

describe.each(Object.keys(clients))('%s, the key is found nowhere:', (way) => {
	describe.each(Object.keys(uses))('%s', (use) => {
		test.each(Object.keys(shapes))('%s', async (name) => {
			shape = shapes[name] ?? shape;
			const client = clients[way]?.();
			if (!client) throw new Error('unreachable');
			const { value, error } = await outcome(uses[use]?.(client) ?? Promise.resolve());
			expect(tracesIn([value, error, client, printed])).toEqual([]);
			if (error !== undefined) expect(error).toBeInstanceOf(TokenHubError);
			const isAsked = use === 'chat' && shape.kind !== undefined;
			if (isAsked) expect(error).toMatchObject({ kind: shape.kind, details: { kind: shape.kind } });
			if (isAsked)
				expect(Reflect.get(Reflect.get(Object(error), 'details'), 'status')).toBe(shape.status);
		});
	});
});

describe('a fetch of the caller that throws what it has', () => {
	const headers = { authorization: `Bearer ${KEY}` };
	test.each<[string, () => unknown]>([
		['as axios does', () => Object.assign(new Error(`failed: ${KEY}`), { config: { headers } })],
		['with a cause', () => new TypeError('fetch failed', { cause: { headers, message: KEY } })],
		['as a text', () => `no ${KEY}`],
		['as an object', () => ({ headers, message: `no ${KEY}` })],
		['of several', () => new AggregateError([new Error(KEY)], 'all failed')],
	])('%s', async (_name, make) => {
		const failing = () => Promise.reject(make());
		const broken = async () => {
			const body = ReadableStream.from(
				(async function* () {
					yield Buffer.from('data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n');
					throw make();
				})(),
			);
			return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
		};
		for (const given of [failing, broken]) {
			const client = createClient({ apiKey: KEY, baseUrl, maxRetries: 0, fetch: given });
			for (const use of ['chat', 'streamChat', 'answer, streamed', 'runToolLoop']) {
				const { error } = await outcome(uses[use]?.(client) ?? Promise.resolve());
				expect(tracesIn([error, client])).toEqual([]);
				expect(error).toBeInstanceOf(TokenHubError);
			}
		}
	});
});

describe('what is typed in is not repeated', () => {
	test.each([
		KEY,
		`https://${KEY}`,
		`https://tokenhub.store/api/v1/${KEY}`,
		`https://tokenhub.store/api/v1?key=${KEY}`,
		`https://tokenhub.store/api/v1#${KEY}`,
		`https://me:${KEY}@tokenhub.store`,
		`https://${encodeURIComponent(KEY)}@tokenhub.store`,
		`ftp://${KEY}/x`,
		`${KEY}://x`,
		`https://tokenhub.store:${KEY}`,
		`tokenhub.store?key=${KEY}`,
	])('as Base URL: %s', async (given) => {
		const options = { apiKey: KEY, baseUrl: given, timeoutMs: 5_000, maxRetries: 0 };
		const { error } = await outcome(
			(async () => await chat(createClient(options), { messages }))(),
		);
		expect(error).toBeInstanceOf(TokenHubError);
		expect(tracesIn([error, await checkAccess(options)])).toEqual([]);
	});

	test.each([`${KEY} `, `${KEY}\n`, `sk-${KEY}`, `${KEY}ö`])('as key: %j', async (apiKey) => {
		const { error } = await outcome((async () => createClient({ apiKey, baseUrl }))());
		expect(error).toMatchObject({ kind: 'badConfig' });
		expect(tracesIn([error, await checkAccess({ apiKey, baseUrl })])).toEqual([]);
	});

	test('nor is the password of a proxy', async () => {
		const before = process.env.http_proxy;
		const { error } = await outcome(
			(async () => {
				process.env.http_proxy = `http://me:${encodeURIComponent(KEY)}@127.0.0.1:9`;
				const client = createClient({
					apiKey: 'th-another-key',
					baseUrl: 'http://tokenhub.test',
					maxRetries: 0,
				});
				return await chat(client, { messages });
			})(),
		);
		if (before === undefined) delete process.env.http_proxy;
		else process.env.http_proxy = before;
		expect(error).toMatchObject({ kind: 'network' });
		expect(tracesIn(error)).toEqual([]);
	});
});

describe("n8n's chat model", () => {
	test.each(
		Object.keys(shapes).flatMap((name) => [true, false].map((stream) => [name, stream] as const)),
	)('%s, streamed: %j', async (name, stream) => {
		shape = shapes[name] ?? shape;
		const { value, error } = await outcome(
			(async () => {
				const response = await modelFetch(0)(`${baseUrl}/chat/completions`, {
					...{ method: 'POST', headers: { authorization: `Bearer ${KEY}` } },
					body: JSON.stringify({ model: 'm', messages, stream }),
				});
				const text = await response.text();
				const data = [...text.matchAll(/^data: (\{.*)$/gm)].map(([, json = '']): unknown => {
					const { choices } = JSON.parse(json);
					return [
						choices?.[0]?.delta?.content,
						choices?.[0]?.delta?.tool_calls?.[0]?.function?.arguments,
					];
				});
				return [[...response.headers], response.status, text, data.flat().join('')];
			})(),
		);
		expect(tracesIn([value, error, printed])).toEqual([]);
	});

	test('follows no redirect, says so, and does not try again', async () => {
		const seen: string[] = [];
		const other = createServer((request, response) => {
			seen.push(request.url ?? '');
			response.end('{}');
		});
		const address = `http://127.0.0.1:${await listen(other)}/steal`;
		for (const status of [301, 302, 303, 307, 308]) {
			let asked = 0;
			const headers = { location: `${address}?x=1`, 'x-should-retry': 'true' };
			shape = { send: (response) => void (asked++, response.writeHead(status, headers).end()) };
			const response = await modelFetch(3)(`${baseUrl}/chat/completions`, {
				...{ method: 'POST', headers: { authorization: `Bearer ${KEY}` } },
				body: JSON.stringify({ model: 'm', messages }),
			});
			expect(response.status).toBe(status);
			expect(await response.json()).toMatchObject({
				error: {
					message: expect.stringMatching(
						`answered ${status}: it redirects to ${address}.*not followed`,
					),
				},
			});
			expect(asked).toBe(1);
		}
		other.close();
		other.closeAllConnections();
		expect(seen).toEqual([]);
	});
});

const MODEL = { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' };
const options = { maxRetries: 0 };
const values = [
	{
		name: 'look',
		type: 'manual',
		schemaSource: 'jsonSchema',
		jsonSchema: { type: 'object', properties: {} },
	},
];
const nodes: Record<string, Pick<NodeRun, 'type' | 'parameters'>> = {
	chat: {
		type: 'tokenHubChatCompletion',
		parameters: {
			model: MODEL,
			inputMode: 'prompt',
			prompt: 'Hi',
			options: { ...options, includeRaw: true },
		},
	},
	'chat, streamed': {
		type: 'tokenHubChatCompletion',
		parameters: {
			model: MODEL,
			inputMode: 'prompt',
			prompt: 'Hi',
			options: { ...options, stream: true },
		},
	},
	loop: {
		type: 'tokenHubToolCallLoop',
		parameters: {
			model: MODEL,
			prompt: 'Go',
			tools: { values },
			options: { ...options, includeMessages: true },
		},
	},
	extract: {
		type: 'tokenHubJsonExtract',
		parameters: {
			model: MODEL,
			text: 'x',
			schemaSource: 'jsonSchema',
			jsonSchema: JSON.stringify(schema),
			options: { ...options, maxRepairs: 1 },
		},
	},
};

describe.each(Object.keys(nodes))('the node %s, in n8n', (which) => {
	test.each(Object.keys(shapes))('%s', async (name) => {
		shape = shapes[name] ?? shape;
		const node = nodes[which];
		if (!node) throw new Error('unreachable');
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			const result = await runNode({ apiKey: KEY, baseUrl }, { ...node, node: { onError } });
			expect(tracesIn([result.error, result.last, result.nodes, printed])).toEqual([]);
			// What n8n writes to its database.
			expect(tracesIn(result.run?.data.resultData)).toEqual([]);
			if (which !== 'chat' || shape.kind === undefined) continue;
			if (onError === 'stopWorkflow') expect(result.error?.message).toBeTruthy();
			else expect(result.last[0]?.json.details).toMatchObject({ kind: shape.kind });
		}
	});
});
