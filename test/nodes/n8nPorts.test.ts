import { Agent, type Server, createServer } from 'node:http';
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
	return { dispatch: () => true };
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
	makeDispatcher = () => ({ dispatch: () => true });
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

test('it also sends where fetch and dispatcher refuse each other', async () => {
	makeDispatcher = (context) => {
		context.helpers.getSecureEgressFilter();
		return {
			dispatch() {
				throw Object.assign(new Error('invalid onRequestStart'), { code: 'UND_ERR_INVALID_ARG' });
			},
		};
	};
	const context = contextWith({ getSecureEgressFilter: () => ({}), httpRequest });
	const ports = await n8nPorts(context, account('dora'));
	for (const _time of [1, 2]) expect(await (await send(ports)).text()).toBe('pong');
	expect(asked).toHaveLength(2);
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
