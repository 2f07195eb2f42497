import {
	request as httpRequest,
	type Agent,
	type ClientRequest,
	type IncomingMessage,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isRecord } from '../../isRecord';
import { causesOf } from '../../messageOf';
import type { ClientConfig } from '../clientConfig';
import { agentFor } from './agents';
import type { Watch } from './deadlines';
import { toResponse, type Send } from './overFetch';

/**
 * Over kept connections of node:http, which takes a third of the CPU time of the global fetch and
 * has no time limits of its own.
 */
export function overHttp(owner: Pick<ClientConfig, 'lookup' | 'apiKey'>): Send {
	const agents = new Map<string, Agent>();
	return async (url, init, watch) => {
		// Reading the environment for each request would cost as much as the request.
		const agent = agents.get(url.origin) ?? agentFor(url, owner);
		agents.set(url.origin, agent);
		const send = () => attempt(url, init, { watch, agent });
		try {
			return await send();
		} catch (error) {
			// The other end had most likely closed it before: no failure to be counted.
			if (error instanceof StaleConnection) return await send();
			throw error;
		}
	};
}

class StaleConnection extends Error {}

interface Means {
	watch: Watch;
	agent: Agent;
}

async function attempt(
	url: URL,
	{ method = 'GET', headers, body, signal }: RequestInit,
	{ watch, agent }: Means,
): Promise<Response> {
	const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
		...{ method, agent, headers: plainHeaders(headers) },
	});
	let answer: IncomingMessage | undefined;
	const unwatch = onAbort([watch.signal, signal], (reason) => {
		answer?.destroy(reason);
		request.destroy(reason);
	});
	try {
		request.end(body);
		answer = await answerTo(request);
		watch.heard();
		answer.once('close', unwatch);
		// Where nobody reads any more, a failure is nobody's.
		answer.on('error', () => undefined);
		return await toResponse(bytesOf(answer), factsOf(answer), watch);
	} catch (error) {
		unwatch();
		const wasClosed = isRecord(error) && error.code === 'ECONNRESET';
		if (wasClosed && request.reusedSocket && !answer) throw new StaleConnection();
		throw error;
	}
}

async function answerTo(request: ClientRequest): Promise<IncomingMessage> {
	// Stays: what fails later ends the answer's body, and is told there.
	return await new Promise((resolve, reject) => {
		request.once('response', resolve).on('error', reject);
		// After neither of them where the other end switches to another protocol.
		request.once('close', () => reject(new Error('the connection was closed without an answer')));
	});
}

/** Calls `end` with the reason of the first signal that aborts; returns how to stop listening. */
function onAbort(
	signals: ReadonlyArray<AbortSignal | null | undefined>,
	end: (reason: Error) => void,
): () => void {
	const stops = signals.flatMap((signal) => {
		if (!signal) return [];
		const listener = () => {
			// What throws in here would end the process.
			end(causesOf(signal.reason)[0] ?? new Error('aborted'));
		};
		if (signal.aborted) listener();
		signal.addEventListener('abort', listener, { once: true });
		return () => signal.removeEventListener('abort', listener);
	});
	return () => {
		for (const stop of stops) stop();
	};
}

/** The SDK's own headers tell of machine and runtime: nobody asked for that. */
function plainHeaders(headers: RequestInit['headers']): Record<string, string> {
	const given = headers instanceof Headers ? headers : new Headers(headers);
	return Object.fromEntries([...given].filter(([name]) => !name.startsWith('x-stainless-')));
}

function factsOf({
	statusCode: status = 0,
	statusMessage = '',
	headers: received,
}: IncomingMessage) {
	if (status < 200 || status > 599) throw new Error(`its answer has the status ${status}`);
	const headers = new Headers();
	for (const [name, value] of Object.entries(received)) headers.set(name, String(value));
	return { status, statusText: statusMessage, headers };
}

/** When a reader has seen enough, the rest is read too: the connection can then be used again. */
async function* bytesOf(message: IncomingMessage): AsyncGenerator<Buffer> {
	try {
		const chunks: AsyncIterable<Buffer> = message.iterator({ destroyOnReturn: false });
		yield* chunks;
	} finally {
		if (!message.closed) await rest(message);
	}
}

async function rest(message: IncomingMessage): Promise<void> {
	await new Promise<void>((resolve) => {
		const end = setTimeout(() => message.destroy(), REST_MS);
		let left = REST_BYTES;
		message
			.once('close', () => {
				clearTimeout(end);
				resolve();
			})
			.on('data', ({ length }: Buffer) => {
				left -= length;
				if (left < 0) message.destroy();
			})
			.resume();
	});
}

/** What comes after the end of an answer is a line at most. */
const REST_MS = 1_000;
const REST_BYTES = 100_000;
