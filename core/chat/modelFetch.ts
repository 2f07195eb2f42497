import { isRedirect, REDIRECT_HINT, redirectMessage } from '../wire/refusalError';
import { sizedResponse } from '../wire/answerSize';
import type { Sleep, Transport } from '../transport/ports';
import { redactedFetch } from '../redaction/redactedFetch';
import { redactorOf, type Redactor } from '../redaction/redactor';
import { retryingFetch, type Retrying } from './retryingFetch';
import { systemSleep } from '../transport/systemSleep';
import { leavingLater } from '../client/leavingLater';
import { isRecord } from '../isRecord';
import { remembered } from '../remembered';
import { tryJson } from '../tryJson';
import { modelAnswer } from './modelAnswer';
import { refusalBody } from './plainAnswer';
import { repairBody } from './repair/repairBody';

/**
 * What n8n's model sends, as TokenHub takes it, and sent again where that may help. What comes back
 * passes the gate of our own client: without the key, and from no other address.
 */
export function modelFetch(
	maxRetries: number,
	inner: Transport = fetch,
	sleep: Sleep = systemSleep,
): Transport {
	const known = remembered<Transport>();
	return async (url, init) => {
		const headers = new Headers(init?.headers);
		const key = keyIn(headers);
		const send = known(key, () =>
			gatedFetch(inner, { maxRetries, sleep, redactor: redactorOf(key) }),
		);
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

function gatedFetch(inner: Transport, terms: Retrying): Transport {
	const { redactor } = terms;
	const stay: Transport = async (url, init) =>
		sizedResponse(await inner(url, { ...init, redirect: 'manual' }));
	const gate = redactedFetch(stay, redactor);
	const once: Transport = async (url, init = {}) => {
		const stop = new AbortController();
		const signal = AbortSignal.any([stop.signal, ...(init.signal ? [init.signal] : [])]);
		const response = await gate(url, { ...init, signal });
		// An answer of status 304 has no body, and no address either.
		if (isRedirect(response.status) && response.status !== 304) return redirectRefusal(response);
		const asked = typeof init.body === 'string' ? tryJson(init.body) : undefined;
		if (!isRecord(asked) || !Array.isArray(asked.messages)) return await plain(response, redactor);
		const isStream = asked.stream === true;
		return await modelAnswer(response, {
			redactor,
			isStream,
			startAlarm: leavingLater(terms.sleep, stop),
		});
	};
	return retryingFetch(once, terms);
}

/** A refusal whose words n8n's model shows. */
function redirectRefusal({ status, headers }: Response): Response {
	const message = `${redirectMessage(status, headers)} ${REDIRECT_HINT}`;
	return Response.json(refusalBody(message, 'redirect'), { status });
}

/** An answer to something else than a chat. */
async function plain(response: Response, redactor: Redactor): Promise<Response> {
	const { ok, status, statusText, headers, body } = response;
	// The gate has read JSON.
	if (!ok || !body || headers.get('content-type')?.includes('json')) return response;
	return new Response(redactor.text(await response.text()), { status, statusText, headers });
}
