import { isRedirect, REDIRECT_HINT, redirectMessage } from '../wire/refusalError';
import type { Sleep, Transport } from '../transport/ports';
import { redactedFetch } from '../redaction/redactedFetch';
import { redactorOf, type Redactor } from '../redaction/redactor';
import { openOffer, type Offer } from './modelOffer';
import { receiveCall } from './modelTools';
import { retryingFetch } from './retryingFetch';
import { systemSleep } from '../transport/systemSleep';
import { watchedFetch } from '../transport/watchedFetch';
import { isRecord } from '../isRecord';
import { remembered } from '../remembered';
import { tryJson } from '../tryJson';
import { modelAnswer } from './modelAnswer';
import { refusalBody } from './plainAnswer';
import { repairBody } from './repair/repairBody';

/** What the fetch of n8n's model stands on. */
export interface ModelPorts {
	maxRetries: number;
	/** By default the global `fetch`. */
	inner?: Transport;
	sleep?: Sleep;
	/** Decides on the tools of each request. */
	offer?: Offer;
}

/**
 * What n8n's model sends, as TokenHub takes it, and sent again where that may help. What comes back
 * passes the gate of our own client: without the key, and from no other address. A tool that cannot be
 * sent, or that the gateway refuses by its place or name, is left out, and the others work.
 */
export function modelFetch(ports: ModelPorts): Transport {
	const known = remembered<Transport>();
	return async (url, init) => {
		const key = keyIn(new Headers(init?.headers));
		return await known(key, () => gatedFetch(ports, redactorOf(key)))(url, init);
	};
}

/** The key that a request carries; one that no account has, where it carries none. */
function keyIn(headers: Headers): string {
	return /^Bearer (th-\S+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? 'th-\0';
}

function gatedFetch(ports: ModelPorts, redactor: Redactor): Transport {
	const { maxRetries, inner = fetch, sleep = systemSleep, offer = openOffer() } = ports;
	const gate = (isStreamed: boolean) =>
		redactedFetch(watchedFetch(inner, { sleep, isStreamed }), redactor);
	const [whole, streamed] = [gate(false), gate(true)];
	const once: Transport = async (url, init) => {
		const given = typeof init?.body === 'string' ? tryJson(init.body) : undefined;
		if (!isRecord(given)) return await plain(await whole(url, init), redactor);
		const isStream = given.stream === true;
		return await offer(given, async (tools) => {
			const sent = withBody(init, repairBody(given, tools));
			const response = await (isStream ? streamed : whole)(url, sent);
			// An answer of status 304 has no body, and no address either.
			if (isRedirect(response.status) && response.status !== 304) return redirectRefusal(response);
			if (!Array.isArray(given.messages)) return await plain(response, redactor);
			const receive = receiveCall(tools);
			return await modelAnswer(response, { redactor, sleep, isStream, receive });
		});
	};
	return retryingFetch(once, { maxRetries, sleep, redactor });
}

function withBody(init: RequestInit | undefined, body: object): RequestInit {
	const headers = new Headers(init?.headers);
	// The length is that of another text.
	headers.delete('content-length');
	return { ...init, headers, body: JSON.stringify(body) };
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
