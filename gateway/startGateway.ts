import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { KeyState } from './contract/checkAccess';
import { openExchange, type SeenRequest } from './exchange';
import { handleRequest, type Behaviour } from './handleRequest';
import type { Script } from './reply';

export interface GatewayOptions {
	/** 0, the default, takes any free port of 127.0.0.1. */
	port?: number;
	/** Default: `th-demo-key`, active. */
	keys?: Record<string, KeyState>;
	/** Fixed replies; without it the demo model answers. */
	script?: Script;
	seed?: number;
	/** Waits before every answer. */
	latencyMs?: number;
	/** Tokens that a prompt and its answer may have together; by default any number. */
	windowTokens?: number;
	/** Changes each body before it is checked: for clients that do not keep the contract. */
	repair?: (body: unknown) => unknown;
}

export interface Gateway {
	/** The base URL, with `/api/v1`. */
	url: string;
	origin: string;
	/** Every request, in order of arrival. */
	requests: SeenRequest[];
	/** Sockets accepted so far. */
	connections(): number;
	close(): Promise<void>;
}

const DEMO_KEYS = { 'th-demo-key': 'active' } as const;

/** Starts the embedded TokenHub endpoint: the documented contract, strictly, and nothing else. */
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
	const behaviour: Behaviour = { keys, script, seed, latencyMs, repair, windowTokens, asked: 0 };
	const requests: SeenRequest[] = [];
	let connections = 0;
	const server = createServer((request, response) => {
		void handleRequest(behaviour, openExchange(requests, request, response), request);
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
