import { TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import type { Transport } from './ports';

/** Of names, addresses, sockets, certificates and settings: what fails before a request is written. */
const BEFORE_SENDING =
	/^(?:ENOTFOUND|EAI_\w+|ECONNREFUSED|E(?:HOST|NET)(?:UNREACH|DOWN)|EADDR\w+|EMFILE|ENFILE|EACCES|UND_ERR_CONNECT_TIMEOUT|UND_ERR_INVALID_ARG|ERR_INVALID_\w+|ERR_TLS_\w+|ERR_SSL_\w*(?:VERSION|PROTOCOL|HANDSHAKE|CIPHER)\w*|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+)$/;

/** Whether a fetch failed before the request left: nobody can have answered it, nor billed it. */
export function hasNeverLeft(error: unknown): boolean {
	return connectionFacts(error).some(
		({ code, syscall }) =>
			(typeof code === 'string' && BEFORE_SENDING.test(code)) ||
			(code === 'ETIMEDOUT' && syscall === 'connect'),
	);
}

const LIMITS: readonly unknown[] = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];

/** What an error of Node's fetch means where its own words mislead; any other as it is. */
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
 * The answer that an error hides: fetch sends what was answered by 421 once more by itself, where the
 * body's length no longer fits.
 */
function hiddenAnswer(error: unknown): Response | undefined {
	const isHidden = connectionFacts(error).some(({ code }) => code === MISFIT);
	return isHidden ? new Response(null, { status: 421 }) : undefined;
}

const MISFIT = 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH';

/** The other end had closed it before: it says so as soon as the request arrives. */
const STALE_MS = 2_000;
const CLOSED: readonly unknown[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];

/**
 * A fetch that sends a request once more where a kept connection had died: that is not a failure to be
 * counted. A fetch does not tell whether a connection was new; before the first answer all are.
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
		// undici says what a connection had read before.
		const isNew = isRecord(socket) && socket.bytesRead === 0;
		return CLOSED.includes(code) && !isNew;
	});
}

/**
 * The first fetch, or the other one from where on the first turns out not to fit this runtime: a
 * dispatcher and a `fetch` of different versions of undici refuse each other before they send.
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
}

/**
 * What an error and those beneath it hold of their connection, the outermost first: fetch says only
 * "fetch failed". By their form, because errors of fetch may be those of another realm.
 */
function connectionFacts(error: unknown): ConnectionFacts[] {
	const facts: ConnectionFacts[] = [];
	for (let cause = error; isRecord(cause) && facts.length < MOST_CAUSES; cause = cause.cause) {
		const { code, socket, syscall } = cause;
		facts.push({ code, socket, syscall });
	}
	return facts;
}
