import { isRedirect, REDIRECT_HINT, redirectMessage } from '../wire/refusalError';
import { sizedResponse } from '../wire/answerSize';
import type { Fetch } from '../client/http/overFetch';
import { redactedFetch } from '../redaction/redactedFetch';
import { redactedStream } from '../redaction/redactedStream';
import { redactorOf, type Redactor } from '../redaction/redactor';
import { retryingFetch } from '../client/retryingFetch';
import { isRecord } from '../isRecord';
import { remembered } from '../remembered';
import { tryJson } from '../tryJson';
import { repairBody } from './repair/repairBody';

/**
 * What n8n's model sends, as TokenHub takes it, and sent again where that may help. What comes back
 * passes the gate of our own client: without the key, and from no other address.
 */
export function modelFetch(maxRetries: number, inner: Fetch = fetch): Fetch {
	const known = remembered<Fetch>();
	return async (url, init) => {
		const headers = new Headers(init?.headers);
		const key = keyIn(headers);
		const send = known(key, () => gatedFetch(inner, maxRetries, redactorOf(key)));
		const body = typeof init?.body === 'string' ? tryJson(init.body) : undefined;
		if (!isRecord(body)) return await send(url, init);
		// The length is that of another text.
		headers.delete('content-length');
		return await send(url, { ...init, headers, body: JSON.stringify(repairBody(body)) });
	};
}

/** The key that a request carries; one that no account has, where it carries none. */
function keyIn(headers: Headers): string {
	return /^Bearer (th-\S+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? 'th-\0';
}

function gatedFetch(inner: Fetch, maxRetries: number, redactor: Redactor): Fetch {
	const stay: Fetch = async (url, init) =>
		sizedResponse(await inner(url, { ...init, redirect: 'manual' }));
	const gate = redactedFetch(stay, redactor);
	const once: Fetch = async (url, init) => {
		const response = await gate(url, init);
		// An answer of status 304 has no body, and no address either.
		if (isRedirect(response.status) && response.status !== 304) return redirectRefusal(response);
		return response.ok ? await withoutKey(response, { redactor, init }) : response;
	};
	return retryingFetch(once, maxRetries, redactor);
}

/** A refusal whose words n8n's model shows. */
function redirectRefusal({ status, headers }: Response): Response {
	const message = `${redirectMessage(status, headers)} ${REDIRECT_HINT}`;
	return Response.json({ error: { message, type: 'redirect', code: null } }, { status });
}

async function withoutKey(
	response: Response,
	{ redactor, init }: { redactor: Redactor; init?: RequestInit },
): Promise<Response> {
	const { status, statusText, headers, body } = response;
	const type = headers.get('content-type') ?? '';
	const isStream = type.startsWith('text/event-stream') || asksForStream(init?.body);
	if (isStream && body) {
		return new Response(redactedStream(body, redactor), { status, statusText, headers });
	}
	// The gate has read JSON.
	if (!body || type.includes('json')) return response;
	return new Response(redactor.text(await response.text()), { status, statusText, headers });
}

function asksForStream(body: unknown): boolean {
	const read = typeof body === 'string' ? tryJson(body) : undefined;
	return isRecord(read) && read.stream === true;
}
