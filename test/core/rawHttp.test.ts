import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { chat, createClient, streamChat } from '../../core';
import { modelFetch } from '../../core/chat/modelFetch';
import { failure } from '../support/failure';
import { listen } from '../support/listen';
import { KEY } from '../support/openGateway';
import { chunk, event, openRaw } from '../wire/rawGateway';

/** What a server may send that speaks HTTP, but gives no answer of HTTP: no call waits forever. */

const question = { messages: [{ role: 'user' as const, content: 'Go' }] };

test.each([
	['another protocol', '101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\nhi'],
	['another protocol without its name', '101 Switching Protocols\r\n\r\n'],
	['a status beyond all', '999 Odd\r\ncontent-length: 0\r\n\r\n'],
	['a status without a class', '600 Odd\r\ncontent-length: 0\r\n\r\n'],
])('%s is a network error in plain words', async (_name, bytes) => {
	const sockets: Socket[] = [];
	const server = createServer((socket) => {
		sockets.push(socket);
		socket.on('error', () => undefined);
		socket.once('data', () => socket.write(`HTTP/1.1 ${bytes}`));
	});
	const baseUrl = `http://127.0.0.1:${await listen(server)}`;
	const client = createClient({ apiKey: KEY, baseUrl, maxRetries: 0 });
	const error = await failure(chat(client, question));
	expect(error).toMatchObject({ kind: 'network' });
	expect(error.message).toMatch(
		/: (bad upgrade|its answer is not HTTP|its answer has the status \d+)$/,
	);
	for (const socket of sockets) socket.destroy();
	server.close();
});

/**
 * An answer that its reader has not taken when the other end closes ends the whole process in Node's
 * fetch, as an error that nobody can catch: here, it would fail the test that runs.
 */
describe('the other end closes as soon as all is said', () => {
	const PIECE = 'x'.repeat(1_000);
	/** Around what a socket gives at once. */
	const PIECES = [57, 113, 400, 1_000];
	const stream = (pieces: number) => ({
		headers: { 'content-type': 'text/event-stream' },
		body: event(chunk({ content: PIECE })).repeat(pieces) + event(chunk({}, 'stop')),
	});

	test.each(PIECES)('a slow reader has all of %s pieces', async (pieces) => {
		const { baseUrl, close } = await openRaw(stream(pieces));
		const client = createClient({ apiKey: KEY, baseUrl, maxRetries: 0 });
		let length = 0;
		for await (const event of streamChat(client, question)) {
			if (event.type !== 'text') continue;
			if (length === 0) await sleep(50);
			length += event.delta.length;
		}
		expect(length).toBe(pieces * PIECE.length);
		close();
	});

	test.each(PIECES)(
		'so has one on a machine where each step takes long: %s pieces',
		async (pieces) => {
			let now = performance.now();
			const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 30));
			for (let time = 0; time < 10; time += 1) {
				const { baseUrl, close } = await openRaw(stream(pieces));
				const client = createClient({ apiKey: KEY, baseUrl, maxRetries: 0 });
				let length = 0;
				for await (const event of streamChat(client, question)) {
					if (event.type === 'text') length += event.delta.length;
				}
				expect(length).toBe(pieces * PIECE.length);
				close();
			}
			clock.mockRestore();
		},
	);

	test.each(PIECES)('so has a slow reader of the chat model: %s pieces', async (pieces) => {
		const { baseUrl, close } = await openRaw(stream(pieces));
		const body = JSON.stringify({ messages: [{ role: 'user', content: 'Go' }], stream: true });
		const init = { method: 'POST', headers: { authorization: `Bearer ${KEY}` }, body };
		const response = await modelFetch({ maxRetries: 0 })(`${baseUrl}/chat/completions`, init);
		await sleep(50);
		expect((await response.text()).split(PIECE)).toHaveLength(pieces + 1);
		close();
	});

	test.each([
		['a status that there is not', 'HTTP/1.1 600 Odd', 200_000],
		['a refusal of any length', 'HTTP/1.1 500 Odd', 3_000_000],
		['an address elsewhere', 'HTTP/1.1 302 Found', 3_000_000],
	])('%s is an error', async (_name, head, length) => {
		const { baseUrl, close } = await openRaw({ head, body: 'x'.repeat(length) });
		const client = createClient({ apiKey: KEY, baseUrl, maxRetries: 0 });
		await failure(chat(client, question));
		await sleep(50);
		close();
	});
});
