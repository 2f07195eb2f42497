import { createServer, type Socket } from 'node:net';
import { chat, createClient } from '../../core';
import { failure } from '../support/failure';
import { listen } from '../support/listen';
import { KEY } from '../support/openGateway';

/** What a server may send that speaks HTTP, but gives no answer of HTTP: no call waits for ever. */

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
		/: (bad upgrade|its answer is no HTTP|its answer has the status \d+)$/,
	);
	for (const socket of sockets) socket.destroy();
	server.close();
});
