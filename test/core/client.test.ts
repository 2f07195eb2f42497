import { getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import {
	chat,
	checkAccess,
	createClient,
	streamChat,
	type ChatRequest,
	type ClientOptions,
} from '../../core';
import { normaliseBaseUrl } from '../../core/client/clientConfig';
import { collectStream } from '../../core/chat/streamChat';
import { systemSleep } from '../../core/transport/ports';
import { watchedFetch } from '../../core/transport/watchedFetch';
import { createLimiter } from '../../core/client/limiter';
import { retryAfterMs } from '../../core/wire/refusalError';
import type { Reply } from '../../gateway';
import { failure } from '../support/failure';
import { KEY, openGateway } from '../support/openGateway';
import { listen } from '../support/listen';

const hello: ChatRequest = { messages: [{ role: 'user', content: 'Hello' }] };
const soon = { 'retry-after-ms': '1' };

describe('errors become kinds', () => {
	const cases: Array<[reply: Reply, kind: string]> = [
		[{ status: 400, error: { message: 'bad' } }, 'badRequest'],
		[{ status: 402 }, 'credit'],
		[{ status: 403 }, 'auth'],
		[{ status: 404 }, 'notFound'],
		[{ status: 413 }, 'badRequest'],
		[{ status: 429, headers: soon }, 'rateLimit'],
		[{ status: 429, headers: soon, error: { code: 'insufficient_quota' } }, 'credit'],
		[{ status: 500, headers: soon }, 'overloaded'],
		[{ status: 504, headers: soon }, 'timeout'],
		[{ status: 529, headers: soon }, 'overloaded'],
		[{ raw: '<html>', contentType: 'text/html' }, 'badResponse'],
		[{ raw: '{"choices":', contentType: 'application/json' }, 'badResponse'],
		[{ raw: '{"choices":[]}', contentType: 'application/json' }, 'badResponse'],
		[{ raw: '', contentType: 'application/json' }, 'badResponse'],
		[
			{
				raw: '{"error":{"message":"Overloaded","type":"overloaded_error"}}',
				contentType: 'application/json',
			},
			'overloaded',
		],
		[{ fault: 'reset' }, 'network'],
		[{ raw: '', status: 302, headers: { location: 'http://127.0.0.1:9/' } }, 'badConfig'],
	];
	test.each(cases)('%j is %s', async (reply, kind) => {
		const { client } = await openGateway([reply], { maxRetries: 0 });
		const error = await failure(chat(client, hello));
		expect(error.kind).toBe(kind);
		expect(error.details.hint).not.toBe('');
	});

	test('a key that the gateway repeats is not repeated by us', async () => {
		const reply = { status: 401, error: { message: `Incorrect API key: ${KEY}` } };
		const { client } = await openGateway([reply], { maxRetries: 0 });
		const error = await failure(chat(client, hello));
		expect(error.message).toContain('Incorrect API key: th-…');
		expect(JSON.stringify(error.details)).not.toContain(KEY);
	});
});

describe('retries', () => {
	const passing: Array<[name: string, reply: Reply]> = [
		['408', { status: 408, headers: soon }],
		['409', { status: 409, headers: soon }],
		['429', { status: 429, headers: soon }],
		['500', { status: 500, headers: soon }],
		['529', { status: 529, headers: soon }],
		['a reset connection', { fault: 'reset' }],
		['an answer that is not JSON', { raw: 'oops', contentType: 'application/json' }],
	];
	test.each(passing)('%s is sent again', async (_name, reply) => {
		const { client, gateway } = await openGateway([reply, { text: 'Hi' }]);
		expect(await chat(client, hello)).toMatchObject({ text: 'Hi', retries: 1, requests: 1 });
		expect(gateway.requests).toHaveLength(2);
	});

	const final: Array<[name: string, reply: Reply]> = [
		['400', { status: 400 }],
		['401', { status: 401 }],
		['402', { status: 402 }],
		['404', { status: 404 }],
		['a 429 for want of credit', { status: 429, error: { code: 'insufficient_quota' } }],
		['x-should-retry: false', { status: 500, headers: { 'x-should-retry': 'false' } }],
		['a wait of an hour', { status: 429, headers: { 'retry-after': '3600' } }],
	];
	test.each(final)('%s is not', async (_name, reply) => {
		const { client, gateway } = await openGateway([reply, { text: 'Hi' }]);
		await failure(chat(client, hello));
		expect(gateway.requests).toHaveLength(1);
	});

	test('end after maxRetries: one layer only', async () => {
		const { client, gateway } = await openGateway(() => ({ status: 500, headers: soon }), {
			maxRetries: 2,
		});
		expect((await failure(chat(client, hello))).kind).toBe('overloaded');
		expect(gateway.requests).toHaveLength(3);
	});

	test.each([
		['1.5', undefined, 1500],
		[undefined, '20', 20],
		['7', '20', 20],
		['Sat, 21 Nov 2026 00:00:10 GMT', undefined, 10_000],
		// What is over, or cannot be meant, is not "at once".
		['Sat, 21 Nov 2020 00:00:10 GMT', undefined, undefined],
		['soon', undefined, undefined],
		['-1', undefined, undefined],
		['-5', undefined, undefined],
		['soon 5', undefined, undefined],
		['5 or 6', undefined, undefined],
		['1, 2', undefined, 2000],
		['0', undefined, 0],
		['5s', undefined, 5000],
		['1e9', undefined, undefined],
		['0x10', undefined, undefined],
		['99999999', undefined, 99_999_999_000],
		['Saturday, 21-Nov-26 00:00:10 GMT', undefined, 10_000],
		['Sat Nov 21 00:00:10 2026 GMT', undefined, 10_000],
		['November 21', undefined, undefined],
		['3', '-1', 3000],
		[undefined, undefined, undefined],
	])('Retry-After %j, retry-after-ms %j', (seconds, ms, expected) => {
		const headers = new Headers();
		if (seconds !== undefined) headers.set('retry-after', seconds);
		if (ms !== undefined) headers.set('retry-after-ms', ms);
		const got = retryAfterMs(headers, Date.parse('Sat, 21 Nov 2026 00:00:00 GMT'));
		expect(got).toBe(expected);
	});
});

describe('timeouts and cancel', () => {
	const timeouts: Array<
		[name: string, reply: Reply, options: Partial<ClientOptions>, words: RegExp]
	> = [
		['total', { fault: 'hang' }, { timeoutMs: 60 }, /not complete within 0.06 s/],
		['first byte', { fault: 'hang' }, { firstByteTimeoutMs: 60 }, /No first byte.*0.06 s/],
	];
	test.each(timeouts)('%s', async (_name, reply, options, words) => {
		const { client, gateway } = await openGateway([reply], options);
		const error = await failure(chat(client, hello));
		expect(error).toMatchObject({ kind: 'timeout', message: expect.stringMatching(words) });
		// None where the time was over before the request was there.
		expect(gateway.requests.length).toBeLessThan(2);
	});

	test('a body that stalls ends by the idle timeout', async () => {
		const server = createServer((_request, response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			response.write('{"id":');
		});
		const baseUrl = `http://127.0.0.1:${await listen(server)}`;
		const client = createClient({ apiKey: KEY, baseUrl, idleTimeoutMs: 60 });
		const error = await failure(chat(client, hello));
		server.close();
		server.closeAllConnections();
		expect(error).toMatchObject({ kind: 'timeout', message: expect.stringMatching(/stalled/) });
	});

	test('one whose pieces keep coming is no stall, however long it takes', async () => {
		const text = 'One two three four five six seven eight nine ten.';
		const { client } = await openGateway([{ text, chunkDelayMs: 150 }], { idleTimeoutMs: 1_000 });
		const events = streamChat(client, hello);
		await expect(collectStream(events)).resolves.toMatchObject({ text });
	});

	test('a signal that lives on is left as it was', async () => {
		const { client } = await openGateway([{ text: 'Hi' }, { status: 400 }, { text: 'Hi there' }]);
		const { signal } = new AbortController();
		await chat(client, hello, { signal });
		await failure(chat(client, hello, { signal }));
		await collectStream(streamChat(client, hello, { signal }));
		await new Promise((resolve) => setImmediate(resolve));
		expect(getEventListeners(signal, 'abort')).toHaveLength(0);
	});

	test('a request whose signal has aborted is not sent', async () => {
		const { gateway } = await openGateway([{ text: 'Hi' }]);
		const limits = { timeoutMs: 1_000, idleTimeoutMs: 1_000, sleep: systemSleep };
		const send = watchedFetch(fetch, { ...limits, isStreamed: false });
		const init = { method: 'POST', body: '{}', signal: AbortSignal.abort(new Error('too late')) };
		await expect(send(gateway.url, init)).rejects.toThrow(/aborted/);
		expect(gateway.requests).toHaveLength(0);
	});

	test.each<[name: string, reply: Reply]>([
		['a request in flight', { fault: 'hang' }],
		['the wait before a retry', { status: 429, headers: { 'retry-after': '30' } }],
	])('cancel ends %s', async (_name, reply) => {
		const { client, gateway } = await openGateway([reply]);
		const controller = new AbortController();
		const running = failure(chat(client, hello, { signal: controller.signal }));
		for (let waits = 0; gateway.requests.length === 0 && waits < 500; waits += 1) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		setTimeout(() => controller.abort(), 20);
		expect((await running).kind).toBe('cancelled');
		expect(gateway.requests).toHaveLength(1);
	});
});

describe('the limiter', () => {
	test('halves on a throttled call, once for all calls under way, and recovers', async () => {
		const limiter = createLimiter(8);
		const releases = await Promise.all(Array.from({ length: 8 }, () => limiter.acquire()));
		for (const release of releases) release('throttled');
		const after = await Promise.all(Array.from({ length: 4 }, () => limiter.acquire()));
		let fifth = false;
		const waiting = limiter.acquire().then((release) => {
			fifth = true;
			return release;
		});
		await new Promise((resolve) => setImmediate(resolve));
		expect(fifth).toBe(false);
		for (const release of after) release('ok');
		(await waiting)('ok');
		expect(fifth).toBe(true);
		const recovered = await Promise.all(Array.from({ length: 5 }, () => limiter.acquire()));
		expect(recovered).toHaveLength(5);
	});

	test('a cancelled call leaves the queue', async () => {
		const limiter = createLimiter(1);
		const release = await limiter.acquire();
		const controller = new AbortController();
		const waiting = failure(limiter.acquire(controller.signal));
		controller.abort();
		expect((await waiting).kind).toBe('cancelled');
		release('ok');
		(await limiter.acquire())('ok');
	});
});

describe('configuration', () => {
	test.each<[problem: string, apiKey: string, words: RegExp]>([
		['a space', 'th-abc def', /contains a space/],
		['a trailing line break', 'th-abc\n', /contains a space or a line break/],
		['another prefix', 'sk-abc', /starts with "th-"/],
		['nothing', '', /empty/],
		['the prefix only', 'th-', /incomplete/],
	])('a key with %s is refused', (_problem, apiKey, words) => {
		expect(() => createClient({ apiKey })).toThrow(words);
	});

	test.each([
		['https://tokenhub.store/api/v1', 'https://tokenhub.store/api/v1'],
		['https://tokenhub.store/api/v1/', 'https://tokenhub.store/api/v1'],
		['https://tokenhub.store', 'https://tokenhub.store/api/v1'],
		['https://tokenhub.store/api', 'https://tokenhub.store/api/v1'],
		[' https://tokenhub.store/api/v1/chat/completions ', 'https://tokenhub.store/api/v1'],
		['http://localhost:8080/v1', 'http://localhost:8080/v1'],
	])('base URL %j', (given, normal) => {
		expect(normaliseBaseUrl(given)).toBe(normal);
	});

	test.each([
		'tokenhub.store',
		'htps://tokenhub.store',
		'ftp://x.y',
		'https://a@b.c',
		'https://a.b?x=1',
		'',
	])('base URL %j is refused', (given) => {
		expect(() => normaliseBaseUrl(given)).toThrow(/Invalid Base URL/);
	});

	test('the key goes to the gateway as a bearer token, and no OpenAI header with it', async () => {
		process.env.OPENAI_ORG_ID = 'org-test';
		const { client, gateway } = await openGateway([{ text: 'Hi' }]);
		await chat(client, hello);
		delete process.env.OPENAI_ORG_ID;
		const headers = gateway.requests[0]?.headers ?? {};
		expect(headers.authorization).toBe(`Bearer ${KEY}`);
		expect(Object.keys(headers).filter((name) => name.startsWith('openai'))).toEqual([]);
	});

	test('maxConcurrency bounds the calls under way', async () => {
		let active = 0;
		let most = 0;
		const { client } = await openGateway(
			async () => {
				most = Math.max(most, ++active);
				await new Promise((resolve) => setTimeout(resolve, 10));
				active -= 1;
				return { text: 'Hi' };
			},
			{ maxConcurrency: 3 },
		);
		await Promise.all(Array.from({ length: 12 }, () => chat(client, hello)));
		expect(most).toBe(3);
	});
});

describe('checkAccess tells without paying', () => {
	test.each<[name: string, apiKey: string, path: string, ok: boolean, words: RegExp]>([
		['a good key', KEY, '', true, /works/],
		['a bad key', 'th-wrong-key', '', false, /refused this API key/],
		['no credit', 'th-empty-key', '', false, /no credit left/],
		['a wrong path', KEY, '/nowhere', false, /no chat completion API at this Base URL/],
		['a key that cannot be one', 'sk-123', '', false, /does not start with th-…/],
	])('%s', async (_name, apiKey, path, ok, words) => {
		const { gateway } = await openGateway();
		const access = await checkAccess({ apiKey, baseUrl: gateway.url + path });
		expect(access).toEqual({ ok, message: expect.stringMatching(words) });
		expect(gateway.requests.filter(({ status }) => status === 200)).toEqual([]);
	});

	test('an unreachable host', async () => {
		const access = await checkAccess({ apiKey: KEY, baseUrl: 'http://127.0.0.1:9/api/v1' });
		expect(access).toEqual({ ok: false, message: expect.stringMatching(/could not be reached/) });
	});

	test('a host that is something else', async () => {
		const { gateway } = await openGateway(() => ({ raw: '<html>', contentType: 'text/html' }));
		const server = createServer((_request, response) => response.end('<html>'));
		const baseUrl = `http://127.0.0.1:${await listen(server)}`;
		const access = await checkAccess({ apiKey: KEY, baseUrl });
		server.close();
		server.closeAllConnections();
		expect(access).toEqual({ ok: false, message: expect.stringMatching(/not TokenHub/) });
		expect(gateway.requests).toHaveLength(0);
	});
});
