import { Agent, type Server, createServer } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { isRecord } from '../../core/lib/isRecord';
import { n8nDispatcher } from '../../nodes/shared/account/n8nDispatcher';
import { credentialTestPorts, n8nPorts, n8nSleep } from '../../nodes/shared/account/n8nPorts';
import { listen } from '../support/listen';

/** n8n's SDK, as far as its dispatcher goes; the end-to-end tests use the real one. */
let makeDispatcher: (context: { helpers: { getSecureEgressFilter(): unknown } }) => unknown;
jest.mock('@n8n/ai-node-sdk', () => ({
	supplyModel: (context: Parameters<typeof makeDispatcher>[0]) => ({
		response: { clientConfig: { fetchOptions: { dispatcher: makeDispatcher(context) } } },
	}),
}));

type Context = Parameters<typeof n8nPorts>[0];
const isContext = (value: unknown): value is Context => isRecord(value);

function contextWith(helpers: object): Context {
	const context: unknown = { helpers };
	if (!isContext(context)) throw new Error('unreachable');
	return context;
}

let server: Server;
let url: string;
beforeAll(async () => {
	server = createServer((request, response) => {
		const status = Number(request.headers['x-status'] ?? 200);
		const headers = { 'x-seen': `${request.method} ${request.headers.authorization}` };
		request.resume().on('end', () => response.writeHead(status, headers).end('pong'));
	});
	url = `http://127.0.0.1:${await listen(server)}/`;
});
afterAll(() => void server.close());

/** As n8n's own: an answer whose body is a stream. */
const asked: IHttpRequestOptions[] = [];
const httpRequest = async (request: IHttpRequestOptions) => {
	asked.push(request);
	const response = await fetch(request.url, {
		...{ method: request.method, headers: Object(request.headers), body: '{}' },
		redirect: 'manual',
	});
	const { status, headers, body } = response;
	return { statusCode: status, headers: Object.fromEntries(headers), body };
};

const account = (name: string) => ({ apiKey: `th-${name}-key`, baseUrl: 'http://x.example' });
const working = (context: Parameters<typeof makeDispatcher>[0]) => {
	context.helpers.getSecureEgressFilter();
	return { request: () => undefined };
};
const send = async ({ fetch }: Awaited<ReturnType<typeof n8nPorts>>, status = '200') =>
	await fetch(url, {
		...{ method: 'POST', body: '{}' },
		headers: { authorization: 'Bearer th-k', 'x-status': status },
	});

beforeEach(() => {
	asked.length = 0;
	makeDispatcher = working;
});

test('two accounts share no connections, and the next run finds its own open', async () => {
	const filter = {};
	const context = () => contextWith({ getSecureEgressFilter: () => filter });
	const [anna, bert, again] = await Promise.all(
		['anna', 'bert', 'anna'].map((name) => n8nDispatcher(context(), account(name))),
	);
	expect(anna).toBeDefined();
	expect(bert).not.toBe(anna);
	expect(again).toBe(anna);
});

test('a dispatcher made without the egress filter is not used', async () => {
	makeDispatcher = () => ({ request: () => undefined });
	const context = contextWith({ getSecureEgressFilter: () => ({}), httpRequest });
	expect(await n8nDispatcher(context, account('anna'))).toBeUndefined();
	const response = await send(await n8nPorts(context, account('anna')));
	expect(await response.text()).toBe('pong');
	expect(asked).toHaveLength(1);
});

test.each<[string, () => unknown]>([
	['throws', () => JSON.parse('{')],
	['has none', () => undefined],
	['has something else', () => new Agent()],
])("n8n's request helper sends where the SDK %s", async (_name, make) => {
	makeDispatcher = make;
	const context = contextWith({ getSecureEgressFilter: () => ({}), httpRequest });
	const ports = await n8nPorts(context, account('carl'));
	const response = await send(ports, '429');
	expect(response.status).toBe(429);
	expect(response.headers.get('x-seen')).toBe('POST Bearer th-k');
	expect(await response.text()).toBe('pong');
	expect(asked).toMatchObject([
		{
			...{ disableFollowRedirect: true, returnFullResponse: true, encoding: 'stream' },
			...{ ignoreHttpStatusErrors: true, sendCredentialsOnCrossOriginRedirect: false },
		},
	]);
	expect((await send(ports, '204')).body).toBeNull();
});

/** n8n's own dispatcher. */
function realDispatcher(): unknown {
	const sdk: { supplyModel(context: object, model: object): Supplied } =
		jest.requireActual('@n8n/ai-node-sdk');
	const model = { type: 'openai', model: 'none', apiKey: 'th-k', baseUrl: 'http://x.example' };
	return sdk.supplyModel(contextWith({}), model).response.clientConfig.fetchOptions.dispatcher;
}

interface Supplied {
	response: { clientConfig: { fetchOptions: { dispatcher: unknown } } };
}

interface Given {
	status?: number;
	headers?: Record<string, string | string[]>;
	body?: Buffer;
}

/** What a server that answers so is sent, and how the dispatcher reads it. */
async function dispatched({ status = 200, headers = {}, body = Buffer.from('pong') }: Given) {
	makeDispatcher = realDispatcher;
	const seen: object[] = [];
	const answering = createServer((request, response) => {
		seen.push({ method: request.method, url: request.url, ...request.headers });
		request.resume().on('end', () => response.writeHead(status, headers).end(body));
	});
	const address = `http://127.0.0.1:${await listen(answering)}/api/v1?x=1`;
	const { fetch } = await n8nPorts(contextWith({}), account('dispatched'));
	const init = { method: 'POST', body: '{}', headers: { authorization: 'Bearer th-k' } };
	const answer = fetch(address, init);
	const read = answer.then(async (response) => ({ response, text: await response.text() }));
	return { seen, read: await read.finally(() => answering.close().closeAllConnections()) };
}

test.each<[string, (body: Buffer) => Buffer]>([
	['gzip', gzipSync],
	['x-gzip', gzipSync],
	['GZIP', gzipSync],
	['deflate', deflateSync],
	['br', brotliCompressSync],
	['identity', (body) => body],
	['', (body) => body],
])('the dispatcher reads an answer encoded as "%s"', async (encoding, encode) => {
	const body = encode(Buffer.from('pöng'));
	const { read, seen } = await dispatched({ headers: { 'content-encoding': encoding }, body });
	expect(read.text).toBe('pöng');
	const sent = { method: 'POST', url: '/api/v1?x=1', authorization: 'Bearer th-k' };
	expect(seen).toMatchObject([{ ...sent, 'accept-encoding': 'gzip', 'content-length': '2' }]);
});

test('the dispatcher refuses an encoding that nobody asked for, and a body without its encoding', async () => {
	const encoded = async (encoding: string) =>
		await dispatched({ headers: { 'content-encoding': encoding } });
	await expect(encoded('zstd')).rejects.toThrow('its answer is encoded as "zstd"');
	await expect(encoded('gzip')).rejects.toMatchObject({ code: 'Z_DATA_ERROR' });
});

test('the dispatcher follows no redirect, and joins repeated headers', async () => {
	const headers = { location: '/elsewhere', 'x-two': ['a', 'b'] };
	const { read, seen } = await dispatched({ status: 307, headers });
	expect(seen).toHaveLength(1);
	expect(read.response.status).toBe(307);
	const sent = { location: '/elsewhere', 'x-two': 'a, b' };
	expect(Object.fromEntries(read.response.headers)).toMatchObject(sent);
});

test('a header that a dispatcher has read as UTF-8 loses no answer', async () => {
	const body = ReadableStream.from([Buffer.from('pong')]);
	const answer = { statusCode: 200, headers: { 'x-word': 'wört…' }, body };
	makeDispatcher = () => ({ request: async () => await Promise.resolve(answer) });
	const response = await send(await n8nPorts(contextWith({}), account('utf8')));
	expect(response.headers.get('x-word')).toBe('wört?');
	expect(await response.text()).toBe('pong');
});

test('the dispatcher ends with its signal', async () => {
	makeDispatcher = realDispatcher;
	const stop = new AbortController();
	const silent = createServer(() => stop.abort(new Error('stopped')));
	const closed = new Promise((resolve) =>
		silent.on('connection', (socket) => socket.on('close', resolve)),
	);
	const address = `http://127.0.0.1:${await listen(silent)}/`;
	const { fetch } = await n8nPorts(contextWith({}), account('dispatched'));
	await expect(fetch(address, { signal: stop.signal, body: '{}' })).rejects.toThrow('stopped');
	await closed;
	silent.close();
});

test('the test of a credential sends by the one helper that it has, and follows no redirect', async () => {
	const seen: unknown[] = [];
	const context = {
		logger: contextWith({}).logger,
		helpers: {
			...contextWith({}).helpers,
			request: async (request: string | object) => {
				seen.push(request);
				return { statusCode: 302, headers: { location: 'http://y.example' }, body: null };
			},
		},
	};
	expect((await send(credentialTestPorts(context))).status).toBe(302);
	expect(seen).toMatchObject([{ uri: url, followRedirect: false, simple: false }]);
});

test('the clock ends with its signal, and waits without one', async () => {
	const stop = new AbortController();
	const waiting = n8nSleep(600_000, stop.signal).catch(() => 'ended');
	stop.abort();
	expect(await waiting).toBe('ended');
	await n8nSleep(1);
});
