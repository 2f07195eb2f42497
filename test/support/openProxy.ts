import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { listen } from './listen';

/** A forward proxy as companies have it: HTTP by its address, HTTPS through a tunnel. */
export async function openProxy() {
	/** What it was asked for: `POST http://…` and `CONNECT host:port`. */
	const asked: string[] = [];
	const server = createServer((incoming, response) => {
		asked.push(`${incoming.method} ${incoming.url}`);
		const { method, headers } = incoming;
		const outgoing = request(incoming.url ?? '', { method, headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		incoming.pipe(outgoing);
	});
	server.on('connect', ({ url = '' }, client, head) => {
		asked.push(`CONNECT ${url}`);
		const { hostname, port } = new URL(`http://${url}`);
		const target = connect(Number(port), hostname, () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			target.write(head);
			target.pipe(client).pipe(target);
		});
		target.on('error', () => client.destroy());
		client.on('error', () => target.destroy());
	});
	const url = `http://127.0.0.1:${await listen(server)}`;
	const close = () => {
		server.close();
		server.closeAllConnections();
	};
	return { url, asked, close };
}
