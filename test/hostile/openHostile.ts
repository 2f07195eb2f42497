import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '../support/listen';
import { FREE, UNANSWERED, written, type Bill, type HostileReply } from './hostileReply';

export interface Hostile {
	/** Answers in order, the last one again and again, at an address of their own. */
	play(replies: readonly HostileReply[]): Played;
	close(): Promise<void>;
}

export interface Played {
	url: string;
	/** What was answered so far: of some answers nobody can say whether they count. */
	account(): { tokens: number; usd: number | null; isKnown: boolean };
}

interface Play {
	replies: readonly HostileReply[];
	bills: Bill[];
}

/** A server that answers as it likes. */
export async function openHostile(): Promise<Hostile> {
	const plays: Play[] = [];
	const server = createServer((request, response) => {
		let sent = '';
		request.setEncoding('utf8').on('data', (piece: string) => (sent += piece));
		request.on('end', () => {
			const play = plays[Number(request.url?.split('/')[1])];
			const reply = play?.replies[Math.min(play.bills.length, play.replies.length - 1)];
			if (!play || !reply) return void response.destroy();
			const mine = play.bills.push(undefined) - 1;
			answer(response, reply, sent.includes('"stream":true')).then(
				(bill) => (play.bills[mine] = bill),
				() => response.destroy(),
			);
		});
	});
	server.on('clientError', (_error, socket) => socket.destroy());
	const port = await listen(server);
	return {
		play(replies) {
			const play: Play = { replies, bills: [] };
			const n = plays.push(play) - 1;
			return { url: `http://127.0.0.1:${port}/${n}/api/v1`, account: () => sumOf(play) };
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function sumOf({ bills }: Play): ReturnType<Played['account']> {
	return {
		tokens: bills.reduce((sum, bill) => sum + (bill?.tokens ?? 0), 0),
		usd: bills.some((bill) => bill?.usd === null)
			? null
			: bills.reduce((sum, bill) => sum + (bill?.usd ?? 0), 0),
		isKnown: bills.every((bill) => bill !== undefined),
	};
}

/** Resolves to the bill of what was sent. */
async function answer(
	response: ServerResponse,
	reply: HostileReply,
	isStream: boolean,
): Promise<Bill> {
	const { body, bill } = written(reply, isStream);
	const type = isStream ? 'text/event-stream' : 'application/json';
	const plain = { 'content-type': type };
	const common = { 'retry-after-ms': '1', connection: 'close' };
	const send = (status: number, headers: Record<string, string>, text: string) => {
		response.writeHead(status, { ...common, ...headers }).end(text);
	};
	switch (reply.fault) {
		case 'none':
		case 'error inside':
			send(200, plain, body);
			return bill;
		case 'wrongType':
			send(200, { 'content-type': 'text/html; charset=x-unknown' }, body);
			return undefined;
		case 'noType':
			send(200, {}, body);
			return undefined;
		case 'tooShort':
			response.socket?.end(
				`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${Math.floor(body.length / 2)}\r\n\r\n${body}`,
			);
			return undefined;
		case 'tooLong':
			response.socket?.end(
				`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: 9999999\r\n\r\n${body}`,
			);
			return undefined;
		case 'truncated':
			response
				.writeHead(200, { ...common, ...plain })
				.write(body.slice(0, Math.floor(body.length / 2)));
			await sleep(5);
			response.destroy();
			return undefined;
		case 'reset':
			response.socket?.resetAndDestroy();
			return UNANSWERED;
		case 'drip':
			await drip(response.writeHead(200, { ...common, ...plain }), body);
			return undefined;
		case 'garbage':
			send(200, plain, '\u0000\ufffd<html>{[}"\r\n\r\ndata: {"choices":\n\n: \n\ndata: nul\n\n');
			return UNANSWERED;
		case 'empty':
			send(200, plain, '');
			return UNANSWERED;
		case 'redirect':
			send(307, { location: 'http://127.0.0.1:9/elsewhere' }, '');
			return FREE;
		case 'headers':
			send(200, { ...plain, ...HOSTILE_HEADERS }, body);
			return undefined;
		case 'odd status':
			response.socket?.end(`HTTP/1.1 ${reply.status === 599 ? 999 : 199} \u0007\r\n\r\n${body}`);
			return undefined;
		case 'error status':
			send(reply.status, plain, body);
			return reply.status < 300 ? undefined : FREE;
		case 'not asked for': {
			const other = written({ ...reply, fault: 'none' }, !isStream);
			send(
				200,
				{ 'content-type': isStream ? 'application/json' : 'text/event-stream' },
				other.body,
			);
			return undefined;
		}
	}
}

const HOSTILE_HEADERS = {
	'x-request-id': '\u00e9'.repeat(5_000),
	'x-should-retry': 'toString',
	'retry-after': '1e999',
	constructor: 'x',
	['__proto__']: 'x',
	tostring: 'x',
};

async function drip(response: ServerResponse, body: string): Promise<void> {
	const size = Math.ceil(body.length / 20);
	for (let at = 0; at < body.length; at += size) {
		response.write(body.slice(at, at + size));
		await sleep(2);
	}
	response.end();
}
