import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/**
 * Below the range that systems use for outgoing connections: one of those might take a port before n8n
 * does.
 */
const [FIRST, LAST] = [20_000, 32_000];

/** A loopback port that nobody listens on. */
export async function freePort(): Promise<number> {
	const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
	return (await isFree(port)) ? port : await freePort();
}

function isFree(port: number): Promise<boolean> {
	const server = createServer();
	return new Promise((resolve) => {
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/** Whether anything accepts connections there. */
export async function isListening(host: string, port: number): Promise<boolean> {
	const socket = connect({ host, port });
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
