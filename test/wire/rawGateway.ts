import { createServer, type Socket } from 'node:net';
import { chat, createClient, streamChat, type ChatResult, type ClientOptions } from '../../core';
import { collectStream } from '../../core/chat/streamChat';
import { TokenHubError } from '../../core/errors';
import { listen } from '../support/listen';

/** What a gateway writes on its socket, byte by byte. */
export interface RawReply {
	head?: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
	/** Leaves the connection open, as if there were more to say. */
	staysOpen?: boolean;
}

export const json = (value: unknown, more: RawReply = {}): RawReply => ({
	headers: { 'content-type': 'application/json', ...more.headers },
	...{ ...more, body: typeof value === 'string' ? value : JSON.stringify(value) },
});

export const event = (value: unknown) =>
	`data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;

/** Events as they are, and `[DONE]`. */
export const sse = (values: readonly unknown[], more: RawReply = {}): RawReply => ({
	headers: { 'content-type': 'text/event-stream', ...more.headers },
	...{ ...more, body: [...values, '[DONE]'].map(event).join('') },
});

/** The same without an end. */
export const brokenOff = (values: readonly unknown[], more: RawReply = {}): RawReply => ({
	headers: { 'content-type': 'text/event-stream', ...more.headers },
	...{ ...more, body: values.map(event).join('') },
});

export const completion = (message: object, more: object = {}) => ({
	...{ id: 'c1', object: 'chat.completion', model: 'anthropic/claude-haiku-4-5' },
	choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }],
	usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
	...more,
});

export const chunk = (delta: unknown, finish: unknown = null, more: object = {}) => ({
	...{ id: 'c1', object: 'chat.completion.chunk', model: 'anthropic/claude-haiku-4-5' },
	choices: [{ index: 0, delta, finish_reason: finish }],
	...more,
});

function bytesOf({ head = 'HTTP/1.1 200 OK', headers = {}, body = '' }: RawReply): Buffer {
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	const open = `${head}\r\n${lines.join('')}connection: close\r\n\r\n`;
	return Buffer.concat([Buffer.from(open), Buffer.from(body)]);
}

/** A server on a bare socket, which answers each request with the next reply, the last one forever. */
export async function openRaw(...replies: RawReply[]) {
	const sockets = new Set<Socket>();
	const seen = { requests: 0 };
	const server = createServer((socket) => {
		sockets.add(socket);
		let received = '';
		socket
			.on('error', () => undefined)
			.on('data', (bytes) => {
				received += bytes.toString('latin1');
				const [head = '', ...rest] = received.split('\r\n\r\n');
				const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Infinity);
				if (rest.join('\r\n\r\n').length < length) return;
				received = '';
				const reply = replies[Math.min(seen.requests, replies.length - 1)];
				seen.requests += 1;
				if (!reply) return void socket.destroy();
				socket.write(bytesOf(reply));
				if (!reply.staysOpen) socket.end();
			});
	});
	const baseUrl = `http://127.0.0.1:${await listen(server)}/api/v1`;
	const close = () => {
		for (const socket of sockets) socket.destroy();
		server.close();
	};
	return { baseUrl, seen, close };
}

export type Way = 'whole' | 'stream';

/** What came of asking, with one more try. */
export interface Outcome {
	result?: ChatResult;
	error?: TokenHubError;
	requests: number;
}

export async function ask(
	way: Way,
	replies: RawReply[],
	options: Partial<ClientOptions> = {},
): Promise<Outcome> {
	const { baseUrl, seen, close } = await openRaw(...replies);
	const client = createClient({
		...{ apiKey: 'th-demo-key', baseUrl, maxRetries: 1, timeoutMs: 20_000 },
		...{ fetch: globalThis.fetch, ...options },
	});
	const request = { messages: [{ role: 'user' as const, content: 'Go' }] };
	try {
		const asked =
			way === 'whole' ? chat(client, request) : collectStream(streamChat(client, request));
		return { result: await asked, requests: seen.requests };
	} catch (error) {
		if (!(error instanceof TokenHubError)) throw error;
		return { error, requests: seen.requests };
	} finally {
		close();
	}
}
