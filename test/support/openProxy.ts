import { createServer, request, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { listen } from './listen';

/** Hands each request on to an origin, and ends it there when its sender leaves. */
export function forwardTo(origin: string): RequestListener {
	return (incoming, response) => {
		const { method, headers, url = '' } = incoming;
		const outgoing = request(origin + url, { method, headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		outgoing.on('error', () => response.destroy());
		response.on('close', () => outgoing.destroy());
		incoming.pipe(outgoing);
	};
}

/** A forward proxy as companies have it: HTTP by its address, HTTPS through a tunnel. */
export async function openProxy() {
	/** What it was asked for: `POST http://…` and `CONNECT host:port`. */
	const asked: string[] = [];
	const server = createServer((incoming, response) => {
		asked.push(`${incoming.method} ${incoming.url}`);
		forwardTo('')(incoming, response);
	});
	server.on('connect', ({ url = '' }, client, head) => {
		asked.push(`CONNECT ${url}`);
		const { hostname, port } = new URL(`http://${url}`);
		const target = connect(Number(port), hostname, () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			target.write(head);
			target.pipe(client).pipe(target);
		});
		for (const [one, other] of [
			[client, target],
			[target, client],
		] as const) {
			one.on('error', () => undefined).on('close', () => other.destroy());
		}
	});
	const url = `http://127.0.0.1:${await listen(server)}`;
	const close = () => {
		server.close();
		server.closeAllConnections();
	};
	return { url, asked, close };
}
