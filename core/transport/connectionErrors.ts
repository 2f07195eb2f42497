import { TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import type { Transport } from './ports';

/**
 * Errors about names, addresses, sockets, certificates and settings, which occur before a request is
 * sent.
 */
const BEFORE_SENDING =
	/^(?:ENOTFOUND|EAI_\w+|ECONNREFUSED|E(?:HOST|NET)(?:UNREACH|DOWN)|EADDR\w+|EMFILE|ENFILE|EACCES|UND_ERR_CONNECT_TIMEOUT|UND_ERR_INVALID_ARG|ERR_INVALID_\w+|ERR_TLS_\w+|ERR_SSL_\w*(?:VERSION|PROTOCOL|HANDSHAKE|CIPHER)\w*|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+)$/;

/** Whether a fetch failed before the request was sent: then nobody can have answered or billed it. */
export function hasNeverLeft(error: unknown): boolean {
	return connectionFacts(error).some(
		({ code, syscall, message }) =>
			(typeof code === 'string' && BEFORE_SENDING.test(code)) ||
			// Of a port that browsers forbid, which has no code.
			(code === undefined && message === 'bad port') ||
			(code === 'ETIMEDOUT' && syscall === 'connect'),
	);
}

const LIMITS: readonly unknown[] = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];

/** What an error of Node's fetch means, if its message misleads; any other error unchanged. */
export function fetchError(error: unknown): unknown {
	const codes = connectionFacts(error).map(({ code }) => code);
	if (codes.some((code) => LIMITS.includes(code))) {
		return new TokenHubError(
			'timeout',
			"The answer stalled: fetch's own limit of silence passed.",
			{
				hint: "Node's fetch waits 300 s: give createClient a fetch with a longer headersTimeout.",
				cause: error,
			},
		);
	}
	return codes.includes('ERR_ASSERTION') ? new Error('its answer is not HTTP') : error;
}

/**
 * The answer that an error hides: fetch itself repeats a request that was answered with 421, and then
 * the length of the body no longer matches.
 */
function hiddenAnswer(error: unknown): Response | undefined {
	const isHidden = connectionFacts(error).some(({ code }) => code === MISFIT);
	return isHidden ? new Response(null, { status: 421 }) : undefined;
}

const MISFIT = 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH';

/** The other end had closed the connection before: it says so as soon as the request arrives. */
const STALE_MS = 2_000;
const CLOSED: readonly unknown[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];

/**
 * A fetch that repeats a request if a kept connection had died: such a failure does not count. A fetch
 * does not say whether a connection was new; before the first answer, all are.
 */
export function secondTry(fetch: Transport): Transport {
	let hasKept = false;
	return async (url, init) => {
		const sentAt = performance.now();
		try {
			const response = await fetch(url, init);
			hasKept = true;
			return response;
		} catch (error) {
			const hidden = hiddenAnswer(error);
			if (hidden) return hidden;
			const isEarly = performance.now() - sentAt < STALE_MS;
			if (!hasKept || !isEarly || !isClosed(error) || init?.signal?.aborted) throw error;
			return await fetch(url, init);
		}
	};
}

function isClosed(error: unknown): boolean {
	return connectionFacts(error).some(({ code, socket }) => {
		// undici says how much a connection has read before.
		const isNew = isRecord(socket) && socket.bytesRead === 0;
		return CLOSED.includes(code) && !isNew;
	});
}

/**
 * Uses the first fetch until it turns out not to fit this runtime, then the other one: a dispatcher and
 * a `fetch` of different versions of undici refuse each other before they send.
 */
export function eitherFetch(first: Transport, other: Transport): Transport {
	let isFit = true;
	return async (url, init) => {
		try {
			if (isFit) return await first(url, init);
		} catch (error) {
			isFit = !connectionFacts(error).some(({ code }) => code === UNFIT);
			if (isFit) throw error;
		}
		return await other(url, init);
	};
}

const UNFIT = 'UND_ERR_INVALID_ARG';

const MOST_CAUSES = 10;

interface ConnectionFacts {
	code?: unknown;
	socket?: unknown;
	syscall?: unknown;
	message?: unknown;
}

/**
 * What an error and its causes say about their connection, the outermost first: fetch itself only says
 * "fetch failed". Recognized by their form, because errors of fetch may come from another realm.
 */
function connectionFacts(error: unknown): ConnectionFacts[] {
	const facts: ConnectionFacts[] = [];
	for (let cause = error; isRecord(cause) && facts.length < MOST_CAUSES; cause = cause.cause) {
		const { code, socket, syscall, message } = cause;
		facts.push({ code, socket, syscall, message });
	}
	return facts;
}
