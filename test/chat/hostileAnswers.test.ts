import { createServer, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { chat, createClient, streamChat, type ChatRequest, type ClientOptions } from '../../core';
import { collectStream } from '../../core/chat/streamChat';
import { modelFetch } from '../../core/chat/modelFetch';
import { countTurns } from '../support/countTurns';
import { failure } from '../support/failure';
import { listen } from '../support/listen';

const hello: ChatRequest = { messages: [{ role: 'user', content: 'Hello' }] };
const MB = 1024 * 1024;

const closing: Array<() => void> = [];
afterEach(() => {
	for (const close of closing.splice(0)) close();
});

/** A server that answers as it likes, and how often and how much it was asked to. */
async function openServer(answer: (response: ServerResponse) => void) {
	const seen = { requests: 0, bytes: 0, closed: 0 };
	const server = createServer((request, response) => {
		seen.requests += 1;
		response.on('close', () => (seen.closed += 1));
		const write = response.write.bind(response);
		request.resume().on('end', () => answer(response));
		Object.assign(response, {
			write(chunk: string | Buffer) {
				seen.bytes += chunk.length;
				return write(chunk);
			},
		});
	});
	closing.push(
		() => server.close(),
		() => server.closeAllConnections(),
	);
	return { baseUrl: `http://127.0.0.1:${await listen(server)}`, seen };
}

/** Writes the same piece until nobody listens any more, or a gigabyte has gone. */
function endless(response: ServerResponse, piece: string): void {
	const bytes = Buffer.from(piece.repeat(Math.ceil(MB / piece.length)));
	let left = 1024;
	const more = () => {
		while (left > 0 && !response.destroyed) {
			left -= 1;
			if (!response.write(bytes)) return void response.once('drain', more);
		}
		response.end();
	};
	more();
}

const event = (delta: object) => `data: ${JSON.stringify({ choices: [{ delta }] })}\n\n`;
const sse =
	(piece: string, head = '') =>
	(response: ServerResponse) => {
		response.setHeader('content-type', 'text/event-stream');
		if (head !== '') response.write(head);
		endless(response, piece);
	};
const plain =
	(piece: string, head = '', status = 200) =>
	(response: ServerResponse) => {
		response.writeHead(status, { 'content-type': 'application/json' });
		if (head !== '') response.write(head);
		endless(response, piece);
	};

const open = (baseUrl: string, options: Partial<ClientOptions> = {}) =>
	createClient({ apiKey: 'th-demo-key', baseUrl, maxRetries: 2, ...options });
const means: Array<[name: string, options: Partial<ClientOptions>]> = [
	['own connections', {}],
	['a fetch of the caller', { fetch: globalThis.fetch }],
];

describe.each(means)('an answer without end, over %s', (_name, options) => {
	test.each<[name: string, isStream: boolean, answer: (response: ServerResponse) => void]>([
		['events of text', true, sse(event({ content: 'x'.repeat(5_000) }))],
		['one line', true, sse('x'.repeat(1000), 'data: ')],
		['comments', true, sse(`: ${'ping'.repeat(1000)}\n`)],
		['a body', false, plain('x'.repeat(1000), '{"choices":[{"message":{"content":"')],
		['spaces before a body', false, plain(' '.repeat(1000))],
	])('%s is refused, once', async (_what, isStream, answer) => {
		const { baseUrl, seen } = await openServer(answer);
		const client = open(baseUrl, options);
		const asked = isStream ? collectStream(streamChat(client, hello)) : chat(client, hello);
		const error = await failure(asked);
		expect(error).toMatchObject({ kind: 'badResponse' });
		expect(error.message).toContain('more than 64 MB');
		expect(seen.requests).toBe(1);
		expect(seen.bytes).toBeLessThan(120 * MB);
		// The test ends in time only if the connection does.
		while (seen.closed === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	});

	test('an error is read as far as errors go', async () => {
		const { baseUrl, seen } = await openServer(plain('x'.repeat(1000), '', 400));
		expect(await failure(chat(open(baseUrl, options), hello))).toMatchObject({
			kind: 'badRequest',
		});
		expect(seen.bytes).toBeLessThan(20 * MB);
	});

	test.each<[name: string, text: string]>([
		['lists', `[${'[],'.repeat(2_000_000)}[]]`],
		['choices', `{"choices":[${'{},'.repeat(2_000_000)}{}]}`],
		['numbers', `{"choices":[${'1,'.repeat(2_000_000)}1]}`],
	])('%s that take seconds to parse are refused', async (_what, text) => {
		const { baseUrl, seen } = await openServer((response) => {
			response.setHeader('content-type', 'application/json').end(text);
		});
		const error = await failure(chat(open(baseUrl, options), hello));
		expect(error).toMatchObject({ kind: 'badResponse' });
		expect(error.message).toContain('more than 100,000 values');
		expect(seen.requests).toBe(1);
	});

	test('keep-alive comments forever end with the total time', async () => {
		const { baseUrl } = await openServer((response) => {
			response.setHeader('content-type', 'text/event-stream');
			const timer = setInterval(() => response.write(': ping\n\n'), 5);
			response.on('close', () => clearInterval(timer));
		});
		const client = open(baseUrl, { ...options, timeoutMs: 300, idleTimeoutMs: 100 });
		const error = await failure(collectStream(streamChat(client, hello)));
		expect(error).toMatchObject({ kind: 'timeout' });
	});
});

test('a compressed answer counts as what it is unpacked', async () => {
	const bomb = gzipSync(Buffer.alloc(200 * MB, 32));
	const { baseUrl, seen } = await openServer((response) => {
		response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
		response.end(bomb);
	});
	const error = await failure(chat(open(baseUrl, { fetch: globalThis.fetch }), hello));
	expect(error.message).toContain('more than 64 MB');
	expect(seen.requests).toBe(1);
});

test.each([200, 500])(
	'the chat model of n8n reads no endless answer either: %d',
	async (status) => {
		const { baseUrl, seen } = await openServer(plain('x'.repeat(1000), '', status));
		const sent = modelFetch({ maxRetries: 0 })(baseUrl, { method: 'POST', body: '{}' });
		const text = sent.then((response) => response.text());
		if (status === 200) await expect(text).rejects.toThrow('more than 64 MB');
		else expect((await text).length).toBeLessThanOrEqual(MB);
		expect(seen.bytes).toBeLessThan(120 * MB);
	},
);

describe('fragments of tool calls', () => {
	type Fragment = [index: unknown, id: string | undefined, name: string | undefined, text: string];
	const streamed = async (fragments: Fragment[]) => {
		const { baseUrl } = await openServer((response) => {
			response.setHeader('content-type', 'text/event-stream');
			for (const [index, id, name, text] of fragments) {
				const call = { index, id, function: { name, arguments: text } };
				response.write(event({ tool_calls: [call] }));
			}
			const end = { choices: [{ delta: {}, finish_reason: 'tool_calls' }] };
			response.end(`data: ${JSON.stringify(end)}\n\ndata: [DONE]\n\n`);
		});
		const { toolCalls = [] } = await collectStream(streamChat(open(baseUrl), hello));
		return toolCalls.map(({ id, name, arguments: text }) => `${id} ${name} ${text}`);
	};

	test.each([1e9, 2 ** 32, 1e300, 10_000])('index %d is refused', async (index) => {
		const error = await failure(streamed([[index, 'a', 'f', '{}']]));
		expect(error).toMatchObject({ kind: 'badResponse' });
		expect(error.message).toContain(`index ${index}`);
	});

	test.each<[name: string, fragments: Fragment[], calls: string[]]>([
		[
			'interleaved, the later first',
			[
				[3, 'b', 'g', '{"y"'],
				[1, 'a', 'f', '{"x"'],
				[3, undefined, undefined, ':2}'],
				[1, undefined, undefined, ':1}'],
			],
			['a f {"x":1}', 'b g {"y":2}'],
		],
		[
			'without index, told apart by id',
			[
				[undefined, 'a', 'f', '{"x"'],
				[undefined, 'b', 'g', '{"y"'],
				[undefined, 'a', undefined, ':1}'],
				[undefined, 'b', undefined, ':2}'],
			],
			['a f {"x":1}', 'b g {"y":2}'],
		],
		[
			'each counted as the first',
			[
				[0, 'a', 'f', '{"x"'],
				[0, undefined, undefined, ':1}'],
				[0, 'b', 'f', '{"y"'],
				[0, 'b', undefined, ':2}'],
			],
			['a f {"x":1}', 'b f {"y":2}'],
		],
		[
			'with one id for all',
			[
				[0, 'a', 'f', '{"x":1}'],
				[1, 'a', 'f', '{"y":2}'],
			],
			['a f {"x":1}', 'a f {"y":2}'],
		],
		[
			'with a new id in each fragment',
			[
				[0, 'a', 'f', '{"x"'],
				[0, 'b', undefined, ':1}'],
			],
			['a f {"x":1}'],
		],
		[
			'with index null and no id',
			[
				[null, undefined, 'f', '{"x"'],
				[null, undefined, undefined, ':1}'],
				[null, undefined, 'g', '{}'],
			],
			[' f {"x":1}', ' g {}'],
		],
	])('%s', async (_name, fragments, calls) => {
		expect(await streamed(fragments)).toEqual(calls);
	});

	test('thousands', async () => {
		const order = Array.from({ length: 9_000 }, (_, n) => (n * 7) % 9_000);
		const fragments = order.map((n): Fragment => [n, `id${n}`, 'f', String(n)]);
		const calls = await streamed(fragments);
		expect(calls).toEqual(Array.from({ length: 9_000 }, (_, n) => `id${n} f ${n}`));
	});
});

test('a million tiny events in one piece let others go first', async () => {
	const events = Buffer.from(`${'data: {}\n\n'.repeat(300_000)}data: [DONE]\n\n`);
	const one: typeof fetch = () =>
		Promise.resolve(new Response(events, { headers: { 'content-type': 'text/event-stream' } }));
	const client = open('http://127.0.0.1:9', { fetch: one });
	let now = 0;
	const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 0.05));
	const turns = countTurns();
	await failure(collectStream(streamChat(client, hello)));
	clock.mockRestore();
	expect(turns()).toBeGreaterThan(50);
});
