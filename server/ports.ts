import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** Below those that systems give to outgoing connections: one of these may take a port before n8n does. */
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

/** Whether anything takes connections there. */
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
