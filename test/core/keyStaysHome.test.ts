import { createServer } from 'node:http';
import OpenAI from 'openai';
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
import { KEY, openEcho, outcome, shapes, tracesIn, watchConsole } from '../support/echoes';
import { listen } from '../support/listen';

let opened: Awaited<ReturnType<typeof openEcho>>;
beforeAll(async () => {
	opened = await openEcho();
});
afterAll(() => opened.close());
const printed = watchConsole();

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
	checkAccess: () => checkAccess({ apiKey: KEY, baseUrl: opened.echo.baseUrl }),
};

const clients: Record<string, () => TokenHubClient> = {
	'over connections of its own': () =>
		createClient({ apiKey: KEY, baseUrl: opened.echo.baseUrl, maxRetries: 0 }),
	'over a fetch': () =>
		createClient({ apiKey: KEY, baseUrl: opened.echo.baseUrl, maxRetries: 0, fetch }),
};

describe.each(Object.keys(clients))('%s, the key is found nowhere:', (way) => {
	describe.each(Object.keys(uses))('%s', (use) => {
		test.each(Object.keys(shapes))('%s', async (name) => {
			opened.echo.shape = shapes[name];
			const { kind, status } = shapes[name] ?? {};
			const client = clients[way]?.();
			if (!client) throw new Error('unreachable');
			const { value, error } = await outcome(uses[use]?.(client) ?? Promise.resolve());
			expect(tracesIn([value, error, client, printed])).toEqual([]);
			if (error !== undefined) expect(error).toBeInstanceOf(TokenHubError);
			const isAsked = use === 'chat' && kind !== undefined;
			if (isAsked) expect(error).toMatchObject({ kind, details: { kind } });
			if (isAsked)
				expect(Reflect.get(Reflect.get(Object(error), 'details'), 'status')).toBe(status);
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
		const failing = async () => {
			throw make();
		};
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
			const client = createClient({
				apiKey: KEY,
				baseUrl: opened.echo.baseUrl,
				maxRetries: 0,
				fetch: given,
			});
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
		const { error } = await outcome((async () => createClient({ apiKey }))());
		expect(error).toMatchObject({ kind: 'badConfig' });
		expect(tracesIn([error, await checkAccess({ apiKey })])).toEqual([]);
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
	test.each(Object.keys(shapes))("%s, by OpenAI's own client", async (name) => {
		opened.echo.shape = shapes[name];
		const sdk = new OpenAI({
			...{
				apiKey: KEY,
				baseURL: opened.echo.baseUrl,
				maxRetries: 0,
				fetch: modelFetch({ maxRetries: 0 }),
			},
		});
		const body = { model: 'm', messages };
		const whole = await outcome(sdk.chat.completions.create(body));
		const streamed = await outcome(
			(async () => await eventsOf(await sdk.chat.completions.create({ ...body, stream: true })))(),
		);
		expect(tracesIn([whole, streamed, printed])).toEqual([]);
		const { status } = shapes[name] ?? {};
		if (status !== undefined && status >= 300 && !name.startsWith('200')) {
			expect([whole.error, streamed.error]).toMatchObject([{ status }, { status }]);
		}
	});

	test.each(
		Object.keys(shapes).flatMap((name) => [true, false].map((stream) => [name, stream] as const)),
	)('%s, streamed: %j', async (name, stream) => {
		opened.echo.shape = shapes[name];
		const { value, error } = await outcome(
			(async () => {
				const response = await modelFetch({ maxRetries: 0 })(
					`${opened.echo.baseUrl}/chat/completions`,
					{
						...{ method: 'POST', headers: { authorization: `Bearer ${KEY}` } },
						body: JSON.stringify({ model: 'm', messages, stream }),
					},
				);
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
});

test('follows no redirect, says so, and does not try again', async () => {
	const seen: string[] = [];
	const other = createServer((request, response) => {
		seen.push(request.url ?? '');
		response.end('{}');
	});
	const address = `http://127.0.0.1:${await listen(other)}/steal`;
	for (const status of [300, 301, 302, 303, 307, 308]) {
		let asked = 0;
		const headers = { location: `${address}?x=1`, 'x-should-retry': 'true' };
		opened.echo.shape = {
			send: (response) => void (asked++, response.writeHead(status, headers).end()),
		};
		const words = `answered ${status}: it redirects to ${address}.`;
		const response = await modelFetch({ maxRetries: 3 })(
			`${opened.echo.baseUrl}/chat/completions`,
			{
				...{ method: 'POST', headers: { authorization: `Bearer ${KEY}` } },
				body: JSON.stringify({ model: 'm', messages }),
			},
		);
		expect(response.status).toBe(status);
		expect(await response.json()).toMatchObject({
			error: { message: expect.stringContaining(words) },
		});
		for (const make of Object.values(clients)) {
			const { error } = await outcome(chat(make(), { messages }));
			expect(error).toMatchObject({ kind: 'badConfig', message: expect.stringContaining(words) });
		}
		expect(asked).toBe(1 + Object.keys(clients).length);
	}
	other.close();
	other.closeAllConnections();
	expect(seen).toEqual([]);
});
