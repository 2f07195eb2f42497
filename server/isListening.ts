import { once } from 'node:events';
import { connect } from 'node:net';

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
