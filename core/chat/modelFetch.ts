import { isRedirect, REDIRECT_HINT, redirectMessage } from '../wire/refusalError';
import type { Sleep, Transport } from '../transport/ports';
import { redactedFetch } from '../redaction/redactedFetch';
import { redactorOf, type Redactor } from '../redaction/redactor';
import { retryingFetch, type Retrying } from './retryingFetch';
import { systemSleep } from '../transport/systemSleep';
import { watchedFetch } from '../transport/watchedFetch';
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
	const { redactor, sleep } = terms;
	const gate = (isStreamed: boolean) =>
		redactedFetch(watchedFetch(inner, { sleep, isStreamed }), redactor);
	const [whole, streamed] = [gate(false), gate(true)];
	const once: Transport = async (url, init) => {
		const asked = typeof init?.body === 'string' ? tryJson(init.body) : undefined;
		const isStream = isRecord(asked) && asked.stream === true;
		const response = await (isStream ? streamed : whole)(url, init);
		// An answer of status 304 has no body, and no address either.
		if (isRedirect(response.status) && response.status !== 304) return redirectRefusal(response);
		if (!isRecord(asked) || !Array.isArray(asked.messages)) return await plain(response, redactor);
		return await modelAnswer(response, { redactor, sleep, isStream });
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
	const { status, statusText, headers } = response;
	const text = redactor.text(await response.text());
	return new Response(text || null, { status, statusText, headers });
}
