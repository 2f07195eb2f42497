import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../core/messageOf';
import type { Tape } from '../core/recording/tape';
import { recording, replaying, type Answering } from './recorded';
import { checkRequest, type KeyState } from './contract/checkRequest';
import { checkWindow } from './answer/answer';
import { demoModel } from './demoModel/demoModel';
import { openExchange, type Exchange, type SeenRequest } from './exchange';
import { parseJson } from './parseJson';
import type { Reply, Script } from './reply';
import { sendError, sendReply, type Asked } from './sendReply';

export interface GatewayOptions {
	/** 0, the default, uses any free port of 127.0.0.1. */
	port?: number;
	/** Default: `th-demo-key`, active. */
	keys?: Record<string, KeyState>;
	/** Fixed replies; without them, the demo model answers. */
	script?: Script;
	seed?: number;
	/** Waits before every answer. */
	latencyMs?: number;
	/** Tokens that a prompt and its answer may have together; by default any number. */
	windowTokens?: number;
	/** Changes each body before it is checked, for clients that do not follow the contract. */
	repair?: (body: unknown) => unknown;
	/**
	 * A recording that answers, with any key; a request that is not in it is refused with the difference.
	 */
	replay?: Tape;
	/** Passes every request on to `upstream`, and records it and its answer. */
	record?: Tape;
	/** With `record`: a base URL, with `/api/v1`. */
	upstream?: string;
}

export interface Gateway {
	/** The base URL, with `/api/v1`. */
	url: string;
	origin: string;
	/** Every request, in order of arrival. */
	requests: SeenRequest[];
	/** How many sockets were accepted so far. */
	connections(): number;
	close(): Promise<void>;
}

const DEMO_KEYS = { 'th-demo-key': 'active' } as const;

/** Starts the embedded TokenHub endpoint, which follows the documented contract strictly. */
export async function startGateway(options: GatewayOptions = {}): Promise<Gateway> {
	const {
		port = 0,
		keys = DEMO_KEYS,
		script,
		seed = 1,
		latencyMs = 0,
		repair,
		windowTokens,
	} = options;
	const behavior: Behavior = {
		...{ keys, script, seed, latencyMs, repair, windowTokens },
		...{ asked: 0, instead: insteadOf(options) },
	};
	const requests: SeenRequest[] = [];
	let connections = 0;
	const server = createServer((request, response) => {
		void handleRequest(behavior, openExchange(requests, request, response), request);
	});
	server.on('connection', () => (connections += 1));
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	const origin = `http://127.0.0.1:${portOf(server)}`;
	return {
		url: `${origin}/api/v1`,
		origin,
		requests,
		connections: () => connections,
		close: () => close(server),
	};
}

function insteadOf({ replay, record, upstream }: GatewayOptions): Answering | undefined {
	if (replay) return replaying(replay);
	if (!record) return undefined;
	if (upstream === undefined) throw new Error('With "record", "upstream" says who answers.');
	return recording(record, upstream);
}

function portOf(server: Server): number {
	const address = server.address();
	return typeof address === 'object' && address ? address.port : 0;
}

async function close(server: Server): Promise<void> {
	if (!server.listening) return;
	const closed = once(server, 'close');
	server.close();
	// Kept-alive and hanging connections would keep the server open forever.
	server.closeAllConnections();
	await closed;
}

interface Behavior {
	keys: Record<string, KeyState>;
	/** Without one, the demo model answers. */
	script?: Script | undefined;
	seed: number;
	latencyMs: number;
	repair?: ((body: unknown) => unknown) | undefined;
	/** Tokens that the model accepts; any number without it. */
	windowTokens?: number | undefined;
	/** Answers from a recording, or from elsewhere. */
	instead?: Answering | undefined;
	/** How many requests have followed the contract so far. */
	asked: number;
}

async function handleRequest(
	behavior: Behavior,
	exchange: Exchange,
	request: IncomingMessage,
): Promise<void> {
	try {
		await answer(behavior, exchange, request);
	} catch (error) {
		if (exchange.signal.aborted) return;
		const message = messageOf(error);
		if (exchange.response.headersSent) exchange.response.destroy();
		else sendError(exchange, { status: 500, error: { message } });
	}
}

async function answer(behavior: Behavior, exchange: Exchange, request: IncomingMessage) {
	const text = await readText(request);
	exchange.seen.body = parseJson(text) ?? text;
	if (behavior.instead) return await behavior.instead(exchange);
	const { keys, repair } = behavior;
	const seen = repair ? { ...exchange.seen, body: repair(exchange.seen.body) } : exchange.seen;
	const checked = checkRequest(seen, keys);
	if (checked.refusal) return sendError(exchange, checked.refusal);
	const tooLong = checkWindow(checked.body, behavior.windowTokens);
	if (tooLong) return sendError(exchange, tooLong);
	const asked = { body: checked.body, n: behavior.asked++ };
	await sleep(behavior.latencyMs, undefined, { signal: exchange.signal });
	await sendReply(exchange, await nextReply(behavior, asked), asked);
}

function nextReply({ script, seed }: Behavior, { body, n }: Asked): Reply | Promise<Reply> {
	if (!script) return demoModel(body, seed);
	if (typeof script === 'function') return script(body, n);
	const message = `The script is used up: it holds ${script.length} replies, this is request ${n + 1}.`;
	return script[n] ?? { status: 500, error: { message } };
}

async function readText(request: IncomingMessage): Promise<string> {
	const bytes: Uint8Array[] = [];
	for await (const chunk of request) if (chunk instanceof Uint8Array) bytes.push(chunk);
	return Buffer.concat(bytes).toString('utf8');
}
