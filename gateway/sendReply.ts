import { STATUS_CODES } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { toAnswer, type Answer } from './answer/answer';
import { completionEvents, completionJson } from './answer/completion';
import type { ChatBody } from './contract/chatBody';
import { errorBody } from './contract/refusal';
import type { Exchange } from './exchange';
import type { ErrorReply, FaultReply, RawReply, Reply } from './reply';

const CUT_TEXT = 'This answer breaks off somewhere in the middle, before its end.';

/** The request that a reply answers: its body, and its number among the valid ones. */
export interface Asked {
	body: ChatBody;
	n: number;
}

export async function sendReply(exchange: Exchange, reply: Reply, asked: Asked): Promise<void> {
	await sleep(reply.delayMs ?? 0, undefined, { signal: exchange.signal });
	if ('raw' in reply) return sendRaw(exchange, reply);
	if ('status' in reply) return sendError(exchange, reply);
	if ('fault' in reply) return sendFault(exchange, reply, asked);
	const answer = toAnswer(reply, asked.body, asked.n);
	await sendPieces(exchange, pieces(answer, asked.body), reply);
	exchange.response.end();
}

export function sendError(exchange: Exchange, { status, error, headers }: ErrorReply): void {
	const message = STATUS_CODES[status] ?? 'Error';
	const type = status >= 500 ? 'server_error' : 'invalid_request_error';
	const raw = JSON.stringify(errorBody({ message, type, ...error }));
	sendRaw(exchange, { raw, status, ...(headers ? { headers } : {}) });
}

function sendRaw(exchange: Exchange, { raw, contentType, status, headers }: RawReply): void {
	writeHead(exchange, status ?? 200, { 'content-type': contentType ?? JSON_TYPE, ...headers });
	exchange.response.end(raw);
}

async function sendFault(exchange: Exchange, reply: FaultReply, { body, n }: Asked): Promise<void> {
	if (reply.fault === 'hang') return;
	if (reply.fault === 'reset') return void exchange.response.socket?.resetAndDestroy();
	const whole = pieces(toAnswer({ text: reply.text ?? CUT_TEXT }, body, n), body);
	const parts = whole.parts.length > 1 ? whole.parts : halves(whole.parts.join(''));
	const half = { ...whole, parts: parts.slice(0, Math.ceil(parts.length / 2)) };
	await sendPieces(exchange, half, reply);
	if (reply.fault === 'cutStream') exchange.response.destroy(new Error('cut by the script'));
}

const JSON_TYPE = 'application/json; charset=utf-8';
const SSE_TYPE = 'text/event-stream; charset=utf-8';

interface Pieces {
	parts: string[];
	headers: Record<string, string | number>;
}

function pieces(answer: Answer, { stream, stream_options: options }: ChatBody): Pieces {
	if (stream) {
		const parts = completionEvents(answer, options?.include_usage ?? false);
		return { parts, headers: { 'content-type': SSE_TYPE, 'cache-control': 'no-cache' } };
	}
	const json = JSON.stringify(completionJson(answer));
	// A known length lets the client notice that a body was cut off.
	const headers = { 'content-type': JSON_TYPE, 'content-length': Buffer.byteLength(json) };
	return { parts: [json], headers };
}

function halves(text: string): string[] {
	const middle = Math.ceil(text.length / 2);
	return [text.slice(0, middle), text.slice(middle)];
}

async function sendPieces(
	exchange: Exchange,
	{ parts, headers }: Pieces,
	reply: Pick<Reply, 'headers' | 'chunkDelayMs'>,
): Promise<void> {
	writeHead(exchange, 200, { ...headers, ...reply.headers });
	for (const [index, part] of parts.entries()) {
		const delay = index > 0 ? reply.chunkDelayMs : 0;
		if (delay) await sleep(delay, undefined, { signal: exchange.signal });
		await new Promise<void>((resolve) => exchange.response.write(part, () => resolve()));
		exchange.signal.throwIfAborted();
	}
}

function writeHead(exchange: Exchange, status: number, headers: Pieces['headers']): void {
	exchange.seen.status = status;
	exchange.response.writeHead(status, { 'x-request-id': exchange.requestId, ...headers });
}
