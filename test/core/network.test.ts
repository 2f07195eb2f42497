import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createTcpServer, type LookupFunction } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { chat, createClient, streamChat, type ChatRequest } from '../../core';
import { failure } from '../support/failure';
import { listen } from '../support/listen';
import { KEY, openGateway } from '../support/openGateway';
import { openProxy } from '../support/openProxy';
import { selfSigned } from '../support/selfSigned';

const hello: ChatRequest = { messages: [{ role: 'user', content: 'Hello' }] };
const COMPLETION = {
	...{ id: 'c', model: 'anthropic/claude-sonnet-4-6' },
	choices: [{ finish_reason: 'stop', message: { content: 'Hi' } }],
	usage: { prompt_tokens: 1, completion_tokens: 1 },
};
const answers: RequestListener = (request, response) => {
	request.resume().on('end', () => {
		response.setHeader('content-type', 'application/json').end(JSON.stringify(COMPLETION));
	});
};

const closing: Array<() => void> = [];
afterEach(() => {
	for (const name of ['http_proxy', 'https_proxy', 'no_proxy'])
		Reflect.deleteProperty(process.env, name);
	for (const close of closing.splice(0)) close();
});

describe('connections', () => {
	test('are as many as calls at once, and are used again by the next client', async () => {
		const { gateway } = await openGateway(() => ({ text: 'Hi', delayMs: 5 }));
		for (const _run of [1, 2]) {
			const client = createClient({ apiKey: KEY, baseUrl: gateway.url, maxConcurrency: 4 });
			await Promise.all(Array.from({ length: 40 }, () => chat(client, hello)));
		}
		expect(gateway.requests).toHaveLength(80);
		expect(gateway.connections()).toBeLessThanOrEqual(4);
	});

	test('are used again after a stream and after a refusal', async () => {
		const { client, gateway } = await openGateway([
			{ text: 'Hi' },
			{ status: 400 },
			{ text: 'Hi' },
		]);
		for await (const event of streamChat(client, hello)) expect(event).toBeDefined();
		await failure(chat(client, hello));
		await chat(client, hello);
		expect(gateway.connections()).toBe(1);
	});

	test('one that the other end closed meanwhile is no failure', async () => {
		const sockets: Array<() => void> = [];
		let requests = 0;
		const server = createServer((request, response) => {
			requests += 1;
			// The second request of a connection comes when it is already given up.
			if (requests === 2) return void request.socket.resetAndDestroy();
			answers(request, response);
		});
		closing.push(
			() => server.close(),
			() => server.closeAllConnections(),
			...sockets,
		);
		const baseUrl = `http://127.0.0.1:${await listen(server)}`;
		const client = createClient({ apiKey: KEY, baseUrl, maxRetries: 0 });
		await chat(client, hello);
		expect(await chat(client, hello)).toMatchObject({ text: 'Hi', retries: 0 });
		expect(requests).toBe(3);
	});

	test('are not shared by two keys: an answer that comes twice reaches no other account', async () => {
		// Says whom it answers, and says it again a moment later.
		const server = createTcpServer((socket) => {
			socket
				.on('error', () => undefined)
				.on('data', (bytes) => {
					const name = /Bearer th-(\w+)-key/i.exec(bytes.toString())?.[1];
					if (!name) return;
					const choices = [{ finish_reason: 'stop', message: { content: `To ${name}` } }];
					const body = JSON.stringify({ ...COMPLETION, choices });
					const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
					const answer = `${head}content-length: ${body.length}\r\n\r\n${body}`;
					socket.write(answer);
					setTimeout(() => socket.write(answer), 1);
				});
		});
		const baseUrl = `http://127.0.0.1:${await listen(server)}`;
		closing.push(() => server.close());
		const clients = ['anna', 'bert'].map((name) => ({
			...{ name, client: createClient({ apiKey: `th-${name}-key`, baseUrl, maxRetries: 0 }) },
		}));
		for (let round = 0; round < 50; round += 1) {
			for (const { name, client } of clients) {
				expect((await chat(client, hello)).text).toBe(`To ${name}`);
			}
		}
	});

	test('a new one that is reset is a failure', async () => {
		const { client } = await openGateway([{ fault: 'reset' }], { maxRetries: 0 });
		expect((await failure(chat(client, hello))).kind).toBe('network');
	});

	test('lookup decides whom the host name means, and may refuse', async () => {
		const { gateway } = await openGateway([{ text: 'Hi' }]);
		const { port } = new URL(gateway.url);
		const asked: string[] = [];
		const lookup: LookupFunction = (host, options, done) => {
			asked.push(host);
			if (host.startsWith('bad')) return void done(new Error('not allowed here'), '', 4);
			const address = { address: '127.0.0.1', family: 4 };
			if (options.all) done(null, [address]);
			else done(null, address.address, 4);
		};
		const to = (host: string) =>
			createClient({ apiKey: KEY, baseUrl: `http://${host}:${port}`, lookup, maxRetries: 0 });
		expect(await chat(to('good.example'), hello)).toMatchObject({ text: 'Hi' });
		const error = await failure(chat(to('bad.example'), hello));
		expect(error).toMatchObject({
			kind: 'network',
			message: expect.stringContaining('not allowed here'),
		});
		expect(asked).toEqual(['good.example', 'bad.example']);
	});

	test('only what is needed is told: nothing of the machine', async () => {
		const { client, gateway } = await openGateway([{ text: 'Hi' }]);
		await chat(client, hello);
		expect(Object.keys(gateway.requests[0]?.headers ?? {}).sort()).toEqual([
			...['accept', 'authorization', 'connection', 'content-length', 'content-type', 'host'],
			'user-agent',
		]);
	});
});

describe('a proxy', () => {
	test('takes requests by HTTP', async () => {
		const proxy = await openProxy();
		closing.push(proxy.close);
		const { gateway } = await openGateway([{ text: 'Hi' }]);
		process.env.http_proxy = proxy.url;
		const client = createClient({ apiKey: KEY, baseUrl: gateway.url });
		expect(await chat(client, hello)).toMatchObject({ text: 'Hi' });
		expect(proxy.asked).toEqual([`POST ${gateway.url}/chat/completions`]);
	});

	test('is passed by where NO_PROXY says so', async () => {
		process.env.http_proxy = 'http://127.0.0.1:9';
		process.env.no_proxy = '127.0.0.1';
		const { client } = await openGateway([{ text: 'Hi' }]);
		expect(await chat(client, hello)).toMatchObject({ text: 'Hi' });
	});

	test('tunnels HTTPS to a gateway with a certificate of its own, and sees nothing of it', async () => {
		const pair = selfSigned();
		const server = createSecureServer(pair, answers);
		closing.push(
			() => server.close(),
			() => server.closeAllConnections(),
		);
		const host = `localhost:${await listen(server)}`;
		const ask = () =>
			chat(createClient({ apiKey: KEY, baseUrl: `https://${host}`, maxRetries: 0 }), hello);
		expect(await failure(ask())).toMatchObject({
			kind: 'network',
			message: expect.stringContaining('self-signed certificate'),
		});
		const trusted = getCACertificates('default');
		setDefaultCACertificates([...trusted, pair.cert]);
		closing.push(() => setDefaultCACertificates(trusted));
		expect(await ask()).toMatchObject({ text: 'Hi' });
		const proxy = await openProxy();
		closing.push(proxy.close);
		process.env.https_proxy = proxy.url;
		expect(await ask()).toMatchObject({ text: 'Hi' });
		expect(proxy.asked).toEqual([`CONNECT ${host}`]);
	});
});
