import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { chat, createClient, streamChat, type ChatRequest } from '../../core';
import { failure } from '../support/failure';
import { listen } from '../support/listen';
import { KEY, openGateway } from '../support/openGateway';
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
		const script = [{ text: 'Hi' }, { status: 400 }, { text: 'Hi' }];
		const { client, gateway } = await openGateway(script);
		for await (const event of streamChat(client, hello)) expect(event).toBeDefined();
		await failure(chat(client, hello));
		await chat(client, hello);
		expect(gateway.connections()).toBe(1);
	});

	test('one that the other end closed meanwhile is not a failure', async () => {
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

	test('a new one that is reset is a failure', async () => {
		const { client } = await openGateway([{ fault: 'reset' }], { maxRetries: 0 });
		expect((await failure(chat(client, hello))).kind).toBe('network');
	});

	test.each<[name: string, piece: string]>([
		['nothing', ''],
		['comments', ': on it\n\n'],
	])('a fetch whose body has %s without end runs into its time', async (_name, piece) => {
		const bytes = new TextEncoder().encode(piece);
		const endless = () =>
			new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(bytes) });
		const client = createClient({
			...{ apiKey: KEY, baseUrl: 'http://one.example', maxRetries: 0, timeoutMs: 200 },
			fetch: async () => await Promise.resolve(new Response(endless())),
		});
		expect((await failure(chat(client, hello))).kind).toBe('timeout');
	});

	test('lookup, which 1.0.0 took, is refused: nobody may think that it still looks', () => {
		const lookup = () => undefined;
		const options = { apiKey: KEY, baseUrl: 'http://good.example', lookup };
		expect(() => createClient(options)).toThrow(/"lookup".*Agent\(\{ connect: \{ lookup \} \}\)/);
	});

	test('only what is needed is told: nothing of the machine', async () => {
		const { client, gateway } = await openGateway([{ text: 'Hi' }]);
		await chat(client, hello);
		expect(Object.keys(gateway.requests[0]?.headers ?? {}).sort()).toEqual([
			...['accept', 'accept-encoding', 'accept-language', 'authorization', 'connection'],
			...['content-length', 'content-type', 'host', 'sec-fetch-mode', 'user-agent'],
		]);
	});
});

test('a gateway with a certificate of its own is trusted where Node trusts it', async () => {
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
});
