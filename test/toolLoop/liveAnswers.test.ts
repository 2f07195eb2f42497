import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { toolContent } from '../../core/toolLoop/toolContent';
import { listen } from '../support/listen';

/**
 * Tools hand over answers of HTTP that are still coming. Node's fetch ends the whole process, as an
 * error that nobody can catch, where the other end closes while nobody takes its bytes: here, it would
 * fail the test that runs.
 */

const PIECE = `${'x'.repeat(999)}\n`;
/** Around what a socket gives at once. */
const PIECES = [113, 400, 1_000];

type End = (socket: Socket) => void;
const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const finish: End = (socket) => void socket.end();
const reset: End = (socket) => void setTimeout(() => socket.resetAndDestroy(), 20);
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\n';

const ENDS: Array<[how: string, reply: (text: string) => string, end: End]> = [
	['closes', (text) => `${HEAD}\r\n${text}`, finish],
	[
		'closes a chunked one',
		(text) => `${HEAD}transfer-encoding: chunked\r\n\r\n${chunked(text)}0\r\n\r\n`,
		finish,
	],
	[
		'says its length and closes',
		(text) => `${HEAD}content-length: ${text.length}\r\n\r\n${text}`,
		finish,
	],
	[
		'closes within a chunk',
		(text) => `${HEAD}transfer-encoding: chunked\r\n\r\n${chunked(text)}ffff\r\nhal`,
		finish,
	],
	[
		'closes before all was said',
		(text) => `${HEAD}content-length: ${text.length + 9}\r\n\r\n${text}`,
		finish,
	],
	['resets', (text) => `${HEAD}\r\n${text}`, reset],
	[
		'resets within a chunk',
		(text) => `${HEAD}transfer-encoding: chunked\r\n\r\n${chunked(text)}ffff\r\nhal`,
		reset,
	],
];

async function openEnding(reply: string, end: End) {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket
			.on('error', () => undefined)
			.once('data', () => {
				socket.write(reply);
				end(socket);
			});
	});
	const url = `http://127.0.0.1:${await listen(server)}/`;
	const close = () => {
		for (const socket of sockets) socket.destroy();
		server.close();
	};
	return { url, close };
}

const SHAPES: Array<[string, (response: Response) => unknown]> = [
	['alone', (response) => response],
	['its stream', (response) => response.body],
	['in a row', (response) => ({ rows: Array.from({ length: 500 }, (_, n) => ({ n })), response })],
	['in an error', (response) => Object.assign(new Error('no'), { response })],
];

describe.each(ENDS)('the other end %s', (_how, reply, end) => {
	test.each(SHAPES)('%s', async (_shape, of) => {
		let now = performance.now();
		const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 30));
		for (const pieces of PIECES) {
			for (let time = 0; time < 2; time += 1) {
				const { url, close } = await openEnding(reply(PIECE.repeat(pieces)), end);
				const response = await fetch(url);
				const { content } = await toolContent(of(response), { limit: 3_000_000 });
				const text = JSON.stringify(content);
				const count = text.split('x'.repeat(999)).length - 1;
				// What a reset takes away is gone, and the model is told.
				if (end === finish || count > pieces) expect(count).toBe(pieces);
				const isCut = count < pieces && /chunked/.test(reply(''));
				if (isCut) expect(text).toMatch(/could not be read/);
				close();
			}
		}
		clock.mockRestore();
		await sleep(20);
	});
});
