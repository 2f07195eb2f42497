import { createLimiter } from '../client/limiter';
import { withRetries } from '../client/withRetries';
import { z } from 'zod/v4';
import { TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import { SPENDING_LIMITS, type Ledger, type RequestBody, type SpentLimit } from '../ledger';
import { redactedFetch } from '../redaction/redactedFetch';
import { redactorOf, type Redactor } from '../redaction/redactor';
import { remembered } from '../lib/perObject';
import { type Sleep, type Transport, systemSleep } from '../transport/ports';
import { watchedFetch } from '../transport/watchedFetch';
import { tryJson } from '../json/tryJson';
import { pricesOf } from '../models';
import type { PriceOf } from '../usage';
import { whileBilled } from '../wire/billed';
import { isRedirect, REDIRECT_HINT, redirectMessage, refusalError } from '../wire/refusalError';
import { modelAnswer, refusalBody } from './modelAnswer';
import { openOffer, type Offer, receiveCall } from './modelOffer';
import { type ModelTool, repairBody } from './repair/repairBody';

/** What the fetch of n8n's model needs. */
interface ModelPorts {
	maxRetries: number;
	/** By default the global `fetch`. */
	inner?: Transport;
	sleep?: Sleep;
	/** Decides which tools each request offers. */
	offer?: Offer;
	/** Records what answers cost; once its limit is reached, nothing more is sent. */
	ledger?: Ledger;
	/** By default the price list. */
	priceOf?: PriceOf;
}

/**
 * Sends what n8n's model sends in the form that TokenHub accepts, and retries if that may help. Answers
 * pass the same gate as those of our own client: without the key, and from no other address. A tool
 * that cannot be sent, or that the gateway refuses by its place or name, is left out, and the others
 * work.
 */
export function modelFetch(ports: ModelPorts): Transport {
	const known = remembered<Transport>();
	return async (url, init) => {
		const key = keyIn(new Headers(init?.headers));
		return await known(key, () => gatedFetch(ports, redactorOf(key)))(url, init);
	};
}

/** The key of a request; one that no account has if there is none. */
function keyIn(headers: Headers): string {
	return /^Bearer (th-\S+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? 'th-\0';
}

function gatedFetch(ports: ModelPorts, redactor: Redactor): Transport {
	const { maxRetries, inner = fetch, sleep = systemSleep, offer = openOffer() } = ports;
	const { ledger, priceOf = pricesOf() } = ports;
	const gate = (isStreamed: boolean) =>
		redactedFetch(watchedFetch(inner, { sleep, isStreamed }), redactor);
	const [whole, streamed] = [gate(false), gate(true)];
	const once: Transport = async (url, init) => {
		const given = typeof init?.body === 'string' ? tryJson(init.body) : undefined;
		if (!isRecord(given)) return await plain(await whole(url, init), redactor);
		const isStream = given.stream === true;
		return await offer(given, async (tools) => {
			const body = repairedOrRefusal(given, tools);
			if (body instanceof Response) return body;
			const limit = ledger?.reached();
			if (limit) return spentRefusal(limit);
			const billing = { body: billedBody(body), priceOf, ledger };
			const send = async () => await (isStream ? streamed : whole)(url, withBody(init, body));
			const response = await whileBilled(send, { ...billing, signal: init?.signal });
			// A 304 answer has no body and no address.
			if (isRedirect(response.status) && response.status !== 304) return redirectRefusal(response);
			if (!Array.isArray(given.messages)) return await plain(response, redactor);
			const reading = { redactor, sleep, isStream, receive: receiveCall(tools) };
			return await modelAnswer(response, { ...reading, billing });
		});
	};
	return retryingFetch(once, { maxRetries, sleep, redactor });
}

/** Returns a refusal as a response: a client whose fetch throws would report a connection error. */
function repairedOrRefusal(
	given: Record<string, unknown>,
	tools: readonly ModelTool[],
): Record<string, unknown> | Response {
	try {
		return repairBody(given, tools);
	} catch (error) {
		if (!(error instanceof TokenHubError)) throw error;
		const { hint } = error.details;
		const message = [error.message, hint].filter(Boolean).join(' ');
		return Response.json(refusalBody(message, error.kind), { status: 400 });
	}
}

function withBody(init: RequestInit | undefined, body: object): RequestInit {
	const headers = new Headers(init?.headers);
	// It is the length of the original text.
	headers.delete('content-length');
	return { ...init, headers, body: JSON.stringify(body) };
}

/** The refusal of a request because a limit of the calling loop has been reached. */
function spentRefusal(limit: SpentLimit): Response {
	const message = `${SPENDING_LIMITS[limit]} is reached: the loop that this model works for has spent it.`;
	return Response.json(refusalBody(message, 'budget'), { status: 402 });
}

const records = z.array(z.custom<object>(isRecord)).catch([]);
const billedSchema = z.object({
	model: z.string().catch(''),
	max_tokens: z.number().catch(0),
	messages: records,
	tools: records,
});

/**
 * The parts of a request that its cost depends on: whatever else a client has sent is for the gateway
 * to refuse.
 */
function billedBody(body: object): RequestBody {
	return billedSchema.parse(body);
}

/** A refusal whose message n8n's model shows. */
function redirectRefusal({ status, headers }: Response): Response {
	const message = `${redirectMessage(status, headers)} ${REDIRECT_HINT}`;
	return Response.json(refusalBody(message, 'redirect'), { status });
}

/** An answer to anything other than a chat. */
async function plain(response: Response, redactor: Redactor): Promise<Response> {
	const { status, statusText, headers } = response;
	const text = redactor.text(await response.text());
	return new Response(text || null, { status, statusText, headers });
}

interface Retrying {
	maxRetries: number;
	redactor: Redactor;
	sleep: Sleep;
}

/**
 * A fetch for clients that do not retry, or not well: retries if that may help, as our own client does,
 * and honors `Retry-After`. A permanent failure is returned unchanged.
 */
function retryingFetch(inner: Transport, terms: Retrying): Transport {
	const limiter = createLimiter(Number.MAX_SAFE_INTEGER);
	return async (url, init) => {
		let last: Response | undefined;
		const attempt = async () => {
			last = undefined;
			const response = await inner(url, init);
			if (response.ok) return response;
			last = response;
			const text = await response.clone().text();
			throw refusalError({ status: response.status, headers: response.headers, text });
		};
		const signal = init?.signal ?? undefined;
		try {
			const rules = { ...terms, limiter, signal };
			const { value, release } = await withRetries(attempt, rules);
			release('ok');
			return value;
		} catch (error) {
			if (last) return last;
			throw error instanceof TokenHubError && error.cause ? error.cause : error;
		}
	};
}
